import { HubError } from '../../model/error.ts'
import { parseInstant } from '../../model/time.ts'
import { decodeBase64 } from '../../pki/base64.ts'
import type { Resolvers } from '../../runtime/local-subgraph.ts'
import { broughtCertificates } from './brought-certificates.ts'
import { certificateFields } from './certificate-fields.ts'
import { crlImportFields } from './crl-import-fields.ts'
import { type DecodedCertificate, decodedCertificate } from './decoded-certificate.ts'
import { sealedPathFacts } from './facts.ts'
import { importCertificates } from './import-certificates.ts'
import { importCrls } from './import-crls.ts'
import { pathStatus } from './path-status.ts'
import { refusalOf } from './refusal.ts'
import { revocationStatus } from './revocation/revocation-status.ts'
import type { CertificatesRoom } from './room.ts'

interface AsOf {
  readonly at?: string | null
  readonly knownAt?: string | null
}

/** An entity of `seals` as the gateway brings it here: its key, and the certificates that came with it. */
interface Bearer {
  readonly code?: string
  readonly id?: string
  readonly certificates?: readonly string[] | null
  readonly makerFingerprint?: string | null
  readonly signerFingerprint?: string | null
}

/** Everything the SDL promises, over one room. */
export function certificatesResolvers(room: CertificatesRoom): Resolvers {
  return {
    Query: {
      certificate: (_: unknown, { fingerprint }: { fingerprint: string }) => room.known.find(fingerprint),
      inspectCertificate: (_: unknown, { der }: { der: string }) => inspect(der, room),
    },
    Mutation: {
      importCertificates: async (_: unknown, { certificates }: { certificates: readonly string[] }) => ({
        rows: await importCertificates(certificates, room),
      }),
      importCrls: async (_: unknown, { crls }: { crls: readonly string[] }) => ({ rows: await importCrls(crls, room) }),
    },
    Certificate: {
      __resolveReference: ({ fingerprint }: { fingerprint: string }) => room.known.find(fingerprint),
      ...certificateFields,
      path: (certificate: DecodedCertificate, { at }: AsOf) => pathStatus(certificate, instantOf(at, room.now()), room),
      revocation: (certificate: DecodedCertificate, { at, knownAt }: AsOf) =>
        revocationStatus(certificate, instantOf(at, room.now()), instantOf(knownAt, EVER), room),
      pathFacts: (certificate: DecodedCertificate) => sealedPathFacts([certificate], certificate.fingerprint, room),
    },
    CrlImportRow: crlImportFields,
    Seal: bearerFields('certificate', room),
    SealInspection: bearerFields('certificate', room),
    SignatureVerification: bearerFields('signerCertificate', room),
  }
}

/** Left out, `knownAt` means everything known: what was recorded a moment ago may be dated a moment ahead of the clock. */
const EVER = Number.MAX_SAFE_INTEGER

function instantOf(text: string | null | undefined, otherwise: number): number {
  return typeof text === 'string' ? parseInstant(text) : otherwise
}

/** @throws HubError UNREADABLE for bytes that are no certificate. */
function inspect(der: string, { known }: CertificatesRoom): DecodedCertificate {
  try {
    const certificate = decodedCertificate(decodeBase64(der))
    known.see(certificate)
    return certificate
  } catch (error) {
    const { code, reason } = refusalOf(error)
    throw new HubError('UNREADABLE', `无法读取证书：${reason.zh}`, `not a readable certificate (${code}): ${reason.en}`, {
      cause: error,
    })
  }
}

/**
 * The fields this room adds to what bears certificates. Nothing handed in ends a request: what is missing, garbage or too much
 * gives null, and without facts the judge says INDETERMINATE.
 */
function bearerFields(signerField: string, room: CertificatesRoom): object {
  const find = (bearer: Bearer, fingerprint: string | null | undefined) =>
    broughtCertificates(bearer.certificates, room).find((certificate) => certificate.fingerprint === fingerprint) ?? null
  return {
    __resolveReference: (bearer: Bearer) => bearer,
    [signerField]: (bearer: Bearer) => find(bearer, bearer.signerFingerprint),
    makerCertificate: (bearer: Bearer) => find(bearer, bearer.makerFingerprint),
    pathFacts: (bearer: Bearer) => bearerFacts(bearer, room),
  }
}

async function bearerFacts(bearer: Bearer, room: CertificatesRoom): Promise<string | null> {
  const brought = broughtCertificates(bearer.certificates, room)
  const entityId = bearer.code ?? bearer.id
  if (brought.length === 0 || entityId === undefined) return null
  return sealedPathFacts(brought, entityId, room)
}
