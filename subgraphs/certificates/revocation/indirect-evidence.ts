import { isListing, type RevocationEvidence } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import type { Certificate } from '../../../pki/x509/certificate.ts'
import type { Name } from '../../../pki/x509/name.ts'
import { nameKey } from '../../../pki/x509/name-matching.ts'
import { subjectKeyOf } from '../../../pki/x509/subject-key.ts'
import { type DecodedCertificate, decodedCertificate, spanOf } from '../decoded-certificate.ts'
import type { CandidatePaths } from '../path-cache.ts'
import type { CertificateReader } from '../store/certificate-store.ts'
import { crlEvidence } from './crl-evidence.ts'
import { signerStanding, vouchedFor } from './signer-standing.ts'

const MAXIMUM_NAMES = 8

export interface IndirectPorts {
  readonly store: CertificateReader
  readonly paths: CandidatePaths
  /** What is known of a certificate under every issuer of it that is held; asked about the signers themselves. */
  readonly evidenceOn: (certificate: DecodedCertificate) => Promise<readonly RevocationEvidence[]>
}

/**
 * What indirect CRLs say of a certificate: those of the CRL issuers its own distribution points name (RFC 5280 §4.2.1.13), signed by
 * a certificate held of that name with paths to the roots the certificate itself has paths to (§6.3.3 f), valid when it signed and
 * shown not to be revoked. One that shares only some of the roots can revoke, but clears nothing.
 * @param roots fingerprints of every root the certificate has a path to.
 */
export async function indirectEvidence(
  { certificate }: DecodedCertificate,
  roots: ReadonlySet<string>,
  knownAt: Instant,
  ports: IndirectPorts,
): Promise<readonly RevocationEvidence[]> {
  const signers = await Promise.all(crlIssuersOf(certificate).map((name) => ports.store.bySubject(subjectKeyOf(name))))
  const evidence = signers.flat().map(({ der }) => evidenceBy(decodedCertificate(der), certificate, roots, knownAt, ports))
  return (await Promise.all(evidence)).flat()
}

/** The names its distribution points give for CRL issuers other than its own issuer. */
function crlIssuersOf({ extensions, issuer }: Certificate): readonly Name[] {
  const named = (extensions.crlDistributionPoints ?? []).flatMap(({ crlIssuer }) => crlIssuer ?? [])
  const names = named.flatMap((name) => (name.kind === 'directoryName' ? [name.name] : []))
  const byKey = new Map(names.map((name) => [nameKey(name), name]))
  byKey.delete(nameKey(issuer))
  return [...byKey.values()].slice(0, MAXIMUM_NAMES)
}

async function evidenceBy(
  signer: DecodedCertificate,
  certificate: Certificate,
  roots: ReadonlySet<string>,
  knownAt: Instant,
  { store, paths, evidenceOn }: IndirectPorts,
): Promise<readonly RevocationEvidence[]> {
  const own = await crlEvidence(certificate, signer.certificate, knownAt, store)
  if (own.length === 0 || !(signer.certificate.extensions.keyUsage?.has('cRLSign') ?? true)) return []
  const reached = new Set((await paths.of(signer)).paths.map(({ chain }) => chain.at(-1)?.fingerprint))
  const shared = [...roots].filter((root) => reached.has(root)).length
  if (shared === 0) return []
  const onSigner = await evidenceOn(signer)
  const vouched = own.flatMap((item) => vouchedFor(item, signerStanding(onSigner, spanOf(signer), item.thisUpdate)) ?? [])
  return shared === roots.size ? vouched : vouched.filter(isListing)
}
