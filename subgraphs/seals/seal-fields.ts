import { assertDisclosed, mayReadNames, nameFor } from './disclosure.ts'
import type { RegisteredSeal } from './ports.ts'
import type { Asking, SealsRoom } from './room.ts'
import { sealedSealFacts } from './sealed-seal-facts.ts'
import { type AsOf, statusOf } from './status.ts'

/** Fields of `Seal`, whose parent is a registered seal. */
export function sealFields(room: SealsRoom) {
  const reading = ({ record }: RegisteredSeal) => room.readings(record.sealDigest)
  return {
    __resolveReference: async ({ code }: { readonly code: string }, { load }: Asking) => load(code),
    code: ({ record }: RegisteredSeal) => record.code,
    name: ({ record }: RegisteredSeal, _: unknown, { caller }: Asking) => nameFor(record, caller),
    class: ({ record }: RegisteredSeal) => record.class,
    kind: ({ record }: RegisteredSeal) => record.kind,
    typeCode: ({ record }: RegisteredSeal) => record.typeCode,
    owner: ({ record }: RegisteredSeal, _: unknown, { caller }: Asking) => (mayReadNames(record, caller) ? record.owner : null),
    jurisdiction: ({ record }: RegisteredSeal) => record.division,
    issuer: ({ record }: RegisteredSeal) => record.platform,
    format: ({ record }: RegisteredSeal) => record.format,
    revision: ({ record }: RegisteredSeal) => record.revision,
    notBefore: ({ record }: RegisteredSeal) => record.validity.from,
    notAfter: ({ record }: RegisteredSeal) => record.validity.until,
    registeredAt: ({ record }: RegisteredSeal) => record.registeredAt,
    status: (seal: RegisteredSeal, asOf: AsOf, { caller }: Asking) => {
      assertDisclosed(seal, caller, room)
      return statusOf(seal, asOf, room)
    },
    timeline: (seal: RegisteredSeal, _: unknown, { caller }: Asking) => {
      assertDisclosed(seal, caller, room)
      return seal.timeline
    },
    certificates: async (seal: RegisteredSeal) => (await reading(seal)).certificates,
    makerFingerprint: ({ record }: RegisteredSeal) => record.makerFingerprint,
    signerFingerprint: ({ record }: RegisteredSeal) => record.signerFingerprint,
    sealFacts: async (seal: RegisteredSeal) => {
      const { code, sealDigest } = seal.record
      const seen = await room.store.firstSeen(sealDigest)
      const circumstances = { firstSeenAt: seen, registered: seal }
      return sealedSealFacts(code, await reading(seal), circumstances, room)
    },
  }
}
