import { createHash } from 'node:crypto'
import { decodeSignedData, type SignedData } from '../../cms/signed-data.ts'
import { verifySignedData } from '../../cms/signed-data-verification.ts'
import { candidateCertificates } from '../../cms/signer-certificate.ts'
import type { SignerVerification } from '../../cms/signer-verification.ts'
import { validationMaterialOf } from '../../cms/validation-material.ts'
import { PkiError } from '../../error.ts'
import { type Finding, finding } from '../../ses/check-row.ts'
import { TST_INFO } from '../../timestamp/tst-info.ts'
import type { PdfRow } from '../check-row.ts'
import { isRefusedForSize, type PdfBudget } from '../limits.ts'
import { profileOf, type SubFilter } from '../signature/sub-filter.ts'
import { brokenValue, type ValueReading, valueRow } from './reading.ts'
import { checkSignatureTimeStamp } from './signature-time-stamp.ts'
import { signerRows } from './signer-rows.ts'
import { checkSigningCertificate } from './signing-certificate.ts'
import { readTimeStampValue } from './time-stamp-value.ts'

const MOST_SIGNERS = 4

/**
 * Reads and checks SignedData (ISO 32000-2 12.8.3.3, ETSI EN 319 142-1, GB/T 35275-2017 clause 8), a time-stamp token among them.
 * @param content the signed bytes of the file; null where they cannot be told.
 * @param isBer whether the outer layers had to be written anew.
 * @throws PkiError TOO_LARGE over the budget or a limit of the structure.
 */
export function readSignedDataValue(
  value: Uint8Array,
  content: Uint8Array | null,
  subFilter: SubFilter,
  isBer: boolean,
  budget: PdfBudget,
): ValueReading {
  const signed = decodeOrReason(value)
  if (typeof signed === 'string') return brokenValue('不是严格的 CMS 签名数据', signed)
  if (signed.contentType === TST_INFO) return readTimeStampValue(value, content, budget)
  budget.spend('digested', costOf(signed, content))
  if (signed.signers.length > MOST_SIGNERS) throw new PkiError('TOO_LARGE', `over ${MOST_SIGNERS} signers of one value`)
  const isSha1 = subFilter === 'PKCS7_SHA1'
  const verifications = verifyContent(signed, content, isSha1)
  const [first] = verifications
  const signer = first ? signerCertificateOf(signed, first) : null
  return {
    kind: 'SIGNED_DATA',
    rows: verifications.flatMap((verification) => rowsFor(signed, verification, { content, subFilter, isBer })),
    signerCertificate: signer,
    certificates: signed.certificates,
    material: validationMaterialOf(signed),
    claimedAt: first?.signingTime ?? null,
  }
}

function decodeOrReason(value: Uint8Array): SignedData | string {
  try {
    return decodeSignedData(value)
  } catch (cause) {
    if (!(cause instanceof PkiError) || isRefusedForSize(cause)) throw cause
    return cause.message
  }
}

/** Each signer digests the content; one without attributes does so again for every certificate it may mean. */
function costOf(signed: SignedData, content: Uint8Array | null): number {
  const times = signed.signers.map(({ signedAttributes }) => (signedAttributes ? 1 : 1 + signed.certificates.length))
  return (
    (content ?? signed.content ?? new Uint8Array()).length *
    times.reduce((sum, count) => sum + count, signed.content === null ? 0 : 1)
  )
}

/**
 * The content of adbe.pkcs7.sha1 is a digest by which the file is bound separately. GB/T 35275 values may carry the SM3 digest of the
 * content in its place, as signing servers in China produce it.
 */
function verifyContent(signed: SignedData, content: Uint8Array | null, isSha1: boolean): readonly SignerVerification[] {
  if (isSha1 || content === null) return verifySignedData(signed)
  return verifySignedData(signed, content, { contentMayBeDigest: signed.standard === 'GB/T 35275' })
}

/** The certificate it was checked with, or the one it names where it never came to that. */
function signerCertificateOf(signed: SignedData, { certificate, signer }: SignerVerification): Uint8Array | null {
  return certificate ?? candidateCertificates(signer.identifier, signed.certificates)[0]?.encoded ?? null
}

interface Circumstances {
  readonly content: Uint8Array | null
  readonly subFilter: SubFilter
  readonly isBer: boolean
}

function rowsFor(signed: SignedData, verification: SignerVerification, { content, subFilter, isBer }: Circumstances): PdfRow[] {
  const certificate = signerCertificateOf(signed, verification)
  const { signer } = verification
  const bound = subFilter === 'PKCS7_SHA1' ? sha1Bound(signed, content) : null
  const profile = profileOf(subFilter)
  return [
    ...signerRows(signed, verification, { isContentKnown: content !== null, isBer, bound }),
    valueRow('PDF_SIGNING_CERTIFICATE', checkSigningCertificate(signer, certificate, profile.needsSigningCertificate)),
    valueRow('SIGNATURE_TIME_STAMP', checkSignatureTimeStamp(signer)),
  ]
}

/** ISO 32000-2 12.8.3.3.1: the content is the SHA-1 digest of the byte range. SHA-1 vouches for nothing any more. */
function sha1Bound({ content: digest }: SignedData, content: Uint8Array | null): Finding | null {
  if (content === null) return null
  const expected = createHash('sha1').update(content).digest()
  if (digest === null || Buffer.compare(expected, digest) !== 0) return { outcome: 'FAILED' }
  return finding('UNKNOWN', '仅由过弱的 SHA-1 绑定', 'bound by SHA-1 only, which is too weak')
}
