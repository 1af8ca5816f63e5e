import { describe } from '../../model/checks/catalogue.ts'
import type { FactCheck } from '../../model/facts.ts'
import type { Instant } from '../../model/time.ts'
import { integrityHolds } from './facts/integrity.ts'
import type { SealReading, SignatureReading } from './facts.ts'
import type { Asking, SealsRoom } from './room.ts'
import { sealedSealFacts } from './sealed-seal-facts.ts'

/** A reading with the hub's proof of existence: the parent of the fields below. */
export interface Inspected<Reading> {
  readonly reading: Reading
  readonly firstSeenAt: Instant | null
}

type InspectedSeal = Inspected<SealReading>
type InspectedSignature = Inspected<SignatureReading>

/** Fields of `SealInspection`. */
export function sealInspectionFields(room: SealsRoom) {
  const registered = ({ reading }: InspectedSeal, { load }: Asking) => (reading.seal === null ? null : load(reading.seal.code))
  return {
    // The bytes are not kept: nothing can be told of an inspection by its id alone.
    __resolveReference: () => null,
    id: ({ reading }: InspectedSeal) => reading.digest,
    format: ({ reading }: InspectedSeal) => reading.format,
    code: ({ reading }: InspectedSeal) => reading.seal?.code,
    name: ({ reading }: InspectedSeal) => reading.seal?.name,
    class: ({ reading }: InspectedSeal) => reading.seal?.class,
    kind: ({ reading }: InspectedSeal) => reading.seal?.kind,
    typeCode: ({ reading }: InspectedSeal) => reading.seal?.typeCode,
    vendor: ({ reading }: InspectedSeal) => reading.vendor,
    createdAt: ({ reading }: InspectedSeal) => reading.seal?.createdAt,
    notBefore: ({ reading }: InspectedSeal) => reading.seal?.validity.from,
    notAfter: ({ reading }: InspectedSeal) => reading.seal?.validity.until,
    picture: ({ reading }: InspectedSeal) => reading.picture,
    integrity: ({ reading }: InspectedSeal) => integrityOf(reading.checks),
    registered: (seal: InspectedSeal, _: unknown, asking: Asking) => registered(seal, asking),
    ...certificateFields,
    sealFacts: async (seal: InspectedSeal, _: unknown, asking: Asking) => {
      const circumstances = { firstSeenAt: seal.firstSeenAt, registered: await registered(seal, asking) }
      return sealedSealFacts(seal.reading.digest, seal.reading, circumstances, room)
    },
  }
}

/** Fields of `SignatureVerification`. */
export function signatureFields(room: SealsRoom) {
  return {
    __resolveReference: () => null,
    id: ({ reading }: InspectedSignature) => reading.id,
    label: ({ reading }: InspectedSignature) => reading.label,
    isTimeStamp: ({ reading }: InspectedSignature) => reading.isTimeStamp,
    addedLater: ({ reading }: InspectedSignature) => reading.addedLater,
    format: ({ reading }: InspectedSignature) => reading.format,
    signedAt: ({ reading }: InspectedSignature) => reading.signature.claimedAt,
    protects: ({ reading }: InspectedSignature) => reading.protects,
    integrity: ({ reading }: InspectedSignature) => integrityOf(reading.checks),
    seal: async ({ reading: { seal } }: InspectedSignature): Promise<InspectedSeal | null> =>
      seal && { reading: seal, firstSeenAt: await room.store.firstSeen(seal.digest) },
    ...certificateFields,
    revocationEvidence: ({ reading }: InspectedSignature) => reading.revocationEvidence,
    sealFacts: async ({ reading, firstSeenAt }: InspectedSignature, _: unknown, { load }: Asking) => {
      const code = reading.seal?.seal?.code
      const registered = code === undefined ? null : await load(code)
      return sealedSealFacts(reading.id, reading, { firstSeenAt, registered }, room)
    },
  }
}

type Either = Inspected<SealReading | SignatureReading>

const certificateFields = {
  certificates: ({ reading }: Either) => reading.certificates,
  makerFingerprint: ({ reading }: Either) => reading.makerFingerprint,
  signerFingerprint: ({ reading }: Either) => reading.signerFingerprint,
}

/** `Integrity` from checks. */
export function integrityOf(checks: readonly FactCheck[]) {
  return { holds: integrityHolds(checks), checks: checks.map(describe) }
}
