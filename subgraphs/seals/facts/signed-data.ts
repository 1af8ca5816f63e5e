import { HubError } from '../../../model/error.ts'
import type { FactCheck } from '../../../model/facts.ts'
import type { Bilingual } from '../../../model/text.ts'
import type { SignedData } from '../../../pki/cms/signed-data.ts'
import { decodeSignedDataAsMet } from '../../../pki/cms/signed-data-as-met.ts'
import { verifySignedData } from '../../../pki/cms/signed-data-verification.ts'
import { candidateCertificates } from '../../../pki/cms/signer-certificate.ts'
import { SIGNER_OUTCOMES, SIGNER_QUIRKS } from '../../../pki/cms/signer-findings.ts'
import type { SignerFailure, SignerQuirk, SignerVerification } from '../../../pki/cms/signer-verification.ts'
import { united, validationMaterialOf } from '../../../pki/cms/validation-material.ts'
import { fingerprintOf } from '../../../pki/x509/certificate.ts'
import type { SignatureReading } from '../facts.ts'
import { unreadMaterial } from './brought-evidence.ts'
import { decodeBytes } from './bytes.ts'
import { readable } from './seal.ts'
import { brokenSignature, emptyReading } from './signature-shape.ts'
import { certificatesOfStamp, describeStamp, materialOfStamp, signerStamp } from './time-stamp.ts'

const FORMAT = 'GBT_35275'
const MAXIMUM_BYTES = 50 * 1024 * 1024

/**
 * Reads and checks SignedData (GB/T 35275-2017 clause 8, RFC 5652): a signature without a seal. With several signers the checks
 * of all stand there, and the first is the one described.
 * @param content what is signed where the value does not carry it; where it does, the two must agree (the value may carry the SM3
 *   digest of the content, as signatures in OFD do).
 */
export function inspectSignedData(value: Uint8Array, content: Uint8Array | null): SignatureReading {
  if (value.length > MAXIMUM_BYTES) throw new HubError('TOO_LARGE', '签名数据过大', 'signed data over 50 MiB')
  const { value: met, fault } = decodeBytes(() => decodeSignedDataAsMet(value))
  if (met === null) return brokenSignature(value, content, fault)
  const { signed } = met
  const verified = verifySignedData(signed, content ?? undefined, { contentMayBeDigest: true })
  const verifications = verified.map((one) => ({ ...one, quirks: [...met.quirks, ...one.quirks] }))
  const [first] = verifications
  const signer = first ? signerCertificate(signed, first) : null
  const signerFingerprint = signer && fingerprintOf(signer)
  const timeStamp = first ? signerStamp(first.signer) : null
  const material = united([validationMaterialOf(signed), materialOfStamp(timeStamp)])
  const isContentAtHand = content !== null || carriesContent(signed)
  return {
    ...emptyReading(value, content),
    format: FORMAT,
    checks: [
      ...verifications.flatMap((verification, i) => signerChecks(signed, verification, i)).map(withContent(isContentAtHand)),
      ...unreadMaterial(material),
    ],
    signature: {
      claimedAt: first?.signingTime ?? null,
      signerCertificate: signerFingerprint,
      contentGiven: isContentAtHand,
      timeStamp: describeStamp(timeStamp),
    },
    certificates: readable([
      ...(signer ? [signer] : []),
      ...signed.certificates,
      ...certificatesOfStamp(timeStamp),
      ...material.certificates,
    ]),
    revocationEvidence: material.revocations,
    signerFingerprint,
  }
}

/** Whether the value carries what is signed; a digest in its place, raw or in base64, is the digest of something not at hand. */
function carriesContent({ content }: SignedData): boolean {
  return content !== null && !DIGEST_LENGTHS.includes(content.length)
}

function withContent(isAtHand: boolean): (row: FactCheck) => FactCheck {
  return (row) =>
    isAtHand || row.check !== 'DATA_HASH' || row.outcome !== 'PASSED' ? row : { ...row, outcome: 'UNKNOWN', ...NOT_GIVEN }
}

/** The certificate it was checked with, or the one it names where it never came to that. */
function signerCertificate(signed: SignedData, { certificate, signer }: SignerVerification): Uint8Array | null {
  return certificate ?? candidateCertificates(signer.identifier, signed.certificates)[0]?.encoded ?? null
}

/** SM3 and SHA-256, raw and in base64. */
const DIGEST_LENGTHS: readonly number[] = [32, 44]
const NOT_GIVEN = { detail: { zh: '未提供原文', en: 'the content was not given' } }

const REASONS: Readonly<Partial<Record<SignerFailure, Bilingual>>> = {
  CONTENT_MISSING: NOT_GIVEN.detail,
  CONTENT_DIFFERS: { zh: '所提供的原文与签名内所含的不同', en: 'the content given is not the one inside the signature' },
  ATTRIBUTES: { zh: '签名属性缺失或有误', en: 'signed attributes are missing or wrong' },
  CERTIFICATE_MISSING: { zh: '没有签名人证书', en: "the signer's certificate is not there" },
  KEY: { zh: '证书公钥无效', en: 'the certificate holds no valid key' },
}

function signerChecks(signed: SignedData, verification: SignerVerification, index: number): FactCheck[] {
  const { failure, quirks } = verification
  const object = signed.signers.length === 1 ? 'signature' : `signature of signer ${index + 1}`
  const rows = Object.entries(SIGNER_OUTCOMES[failure ?? 'NONE']).map(([check, outcome]): FactCheck => {
    const reason = outcome === 'PASSED' || failure === null ? undefined : REASONS[failure]
    return { check, object, outcome, format: FORMAT, ...(reason && { detail: reason }) }
  })
  const hasCertificate = signerCertificate(signed, verification) !== null
  const certificate: FactCheck = {
    check: 'SIGNER_CERTIFICATE',
    object,
    outcome: hasCertificate ? 'PASSED' : 'UNKNOWN',
    format: FORMAT,
  }
  return [...noteRemarks(rows, remarksOn(signed, quirks)), certificate]
}

function remarksOn(signed: SignedData, quirks: readonly SignerQuirk[]): readonly Bilingual[] {
  const count = signed.signers.length
  const several = { zh: `共 ${count} 个签名人，以第一个为准`, en: `${count} signers; the first one is described` }
  return [...quirks.map((quirk) => SIGNER_QUIRKS[quirk]), ...(count > 1 ? [several] : [])]
}

/** Remarks turn a SIGNATURE_FORMAT that passed into a NOTE. */
function noteRemarks(rows: readonly FactCheck[], remarks: readonly Bilingual[]): readonly FactCheck[] {
  if (remarks.length === 0) return rows
  const detail = { zh: remarks.map(({ zh }) => zh).join('；'), en: remarks.map(({ en }) => en).join('; ') }
  return rows.map((row) =>
    row.check === 'SIGNATURE_FORMAT' && row.outcome === 'PASSED' ? { ...row, outcome: 'NOTE', detail } : row,
  )
}
