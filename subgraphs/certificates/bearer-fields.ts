import type { Caller } from '../../model/caller.ts'
import { broughtCertificates } from './brought-certificates.ts'
import { sealedPathFacts } from './facts.ts'
import { broughtPieces } from './revocation/brought-pieces.ts'
import type { CertificatesRoom } from './room.ts'

/** An entity of `seals` as the gateway brings it here: its key, and the certificates and revocation evidence that came with it. */
export interface Bearer {
  readonly code?: string
  readonly id?: string
  readonly certificates?: readonly string[] | null
  /** CRLs and OCSP responses. */
  readonly revocationEvidence?: readonly string[] | null
  readonly makerFingerprint?: string | null
  readonly signerFingerprint?: string | null
}

/**
 * The fields this room adds to what bears certificates. Nothing handed in ends a request: what is missing, garbage or too much
 * gives null, and without facts the judge says INDETERMINATE.
 */
export function bearerFields(signerField: string, room: CertificatesRoom): object {
  const find = (bearer: Bearer, fingerprint: string | null | undefined) =>
    broughtCertificates(bearer.certificates, room).find((certificate) => certificate.fingerprint === fingerprint) ?? null
  return {
    [signerField]: (bearer: Bearer) => find(bearer, bearer.signerFingerprint),
    makerCertificate: (bearer: Bearer) => find(bearer, bearer.makerFingerprint),
    pathFacts: (bearer: Bearer, _: unknown, { caller }: { readonly caller: Caller }) => bearerFacts(bearer, caller, room),
  }
}

async function bearerFacts(bearer: Bearer, caller: Caller, room: CertificatesRoom): Promise<string | null> {
  const brought = broughtCertificates(bearer.certificates, room)
  const entityId = bearer.code ?? bearer.id
  if (brought.length === 0 || entityId === undefined) return null
  const pieces = broughtPieces(bearer.revocationEvidence, room)
  return sealedPathFacts(brought, entityId, room, { pieces, isPublic: !caller.scopes.includes('member') })
}
