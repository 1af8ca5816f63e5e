import type { RevocationEvidence } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import type { Certificate } from '../../../pki/x509/certificate.ts'
import { formatName } from '../../../pki/x509/name.ts'
import { decodedCertificate, spanOf } from '../decoded-certificate.ts'
import type { CertificateReader } from '../store/certificate-store.ts'
import type { OcspWord } from '../store/ocsp-store.ts'
import { crlEvidence } from './crl-evidence.ts'
import { crlAuthorityOf } from './crl-series.ts'
import { signerStanding, vouchedFor } from './signer-standing.ts'

/**
 * What OCSP responses say of a certificate, as far as recorded by `knownAt`. All responders of an issuer are one source: the newest
 * word of any of them replaces the older ones. "Unknown" is no evidence, and takes back every "good" that is not newer.
 * A delegate that is to be looked at himself (no id-pkix-ocsp-nocheck) speaks only once CRLs of the issuer clear him.
 * @param issuer the certificate whose key verifies `certificate`.
 */
export async function ocspEvidence(
  certificate: Certificate,
  issuer: Certificate,
  knownAt: Instant,
  store: Pick<CertificateReader, 'ocspWords' | 'words' | 'seriesOf'>,
): Promise<readonly RevocationEvidence[]> {
  const { serialNumber, validity } = certificate
  const authority = crlAuthorityOf(certificate.issuer, issuer.spki)
  const words = await store.ocspWords({ authority, serialNumber, notAfter: validity.notAfter, knownAt })
  const unknown = words.filter(({ status }) => status === 'UNKNOWN')
  const source = formatName(certificate.issuer)
  const evidence = words
    .filter(({ status }) => status !== 'UNKNOWN')
    .map(async (word) => standing(word, takenBack(evidenceOf(word, source), unknown), issuer, knownAt, store))
  return (await Promise.all(evidence)).filter((item) => item !== null)
}

function evidenceOf(word: OcspWord, source: string): RevocationEvidence {
  const { digest, thisUpdate, nextUpdate, recordedAt, entry, brought } = word
  return { kind: 'OCSP', source, digest, thisUpdate, nextUpdate, recordedAt, entry, ...(brought && { brought }) }
}

function takenBack(item: RevocationEvidence, unknown: readonly OcspWord[]): RevocationEvidence {
  const later = unknown.filter(({ thisUpdate }) => thisUpdate >= item.thisUpdate)
  if (later.length === 0) return item
  return { ...item, doubtedFrom: Math.min(...later.map(({ recordedAt }) => recordedAt)) }
}

async function standing(
  { delegate, thisUpdate }: OcspWord,
  item: RevocationEvidence,
  issuer: Certificate,
  knownAt: Instant,
  store: Pick<CertificateReader, 'words' | 'seriesOf'>,
): Promise<RevocationEvidence | null> {
  if (delegate === null) return item
  const responder = decodedCertificate(delegate)
  const onResponder = await crlEvidence(responder.certificate, issuer, knownAt, store)
  const vouched = vouchedFor(item, signerStanding(onResponder, spanOf(responder), thisUpdate))
  const doubts = [item.doubtedFrom, vouched?.doubtedFrom].filter((moment) => moment !== undefined)
  return vouched && doubts.length > 0 ? { ...vouched, doubtedFrom: Math.min(...doubts) } : vouched
}
