import type { SignedData } from '../cms/signed-data.ts'
import { candidateCertificates } from '../cms/signer-certificate.ts'
import type { SignerFailure, SignerQuirk, SignerVerification } from '../cms/signer-verification.ts'
import { type CheckRow, type Finding, judgeRemarks, PASSED, type Remark } from '../ses/check-row.ts'
import type { PdfRow } from './check-row.ts'
import { RANGE_REFUSED, type SignatureCheck, valueRow } from './value-reading.ts'

/** What is known of the content beside the value. */
export interface ContentBinding {
  /** Whether the signed bytes of the file could be told. */
  readonly isContentKnown: boolean
  readonly isBer: boolean
  /** How the content is bound where the value does not bind it by itself; null where it does. */
  readonly bound: Finding | null
}

type Outcome = CheckRow['outcome']
type Outcomes = Readonly<Partial<Record<SignatureCheck, Outcome>>>

/** What each failure says of each check; nothing that was not come to is passed over in silence. */
// biome-ignore format: a table
const OUTCOMES: Readonly<Record<SignerFailure | 'NONE', Outcomes>> = {
  NONE:                { SIGNATURE_FORMAT: 'PASSED', DATA_HASH: 'PASSED',  SIGNATURE_ALGORITHM: 'PASSED',  SIGNATURE_VALUE: 'PASSED' },
  CONTENT_MISSING:     { SIGNATURE_FORMAT: 'PASSED', DATA_HASH: 'UNKNOWN', SIGNATURE_ALGORITHM: 'UNKNOWN', SIGNATURE_VALUE: 'UNKNOWN' },
  CONTENT_DIFFERS:     { SIGNATURE_FORMAT: 'PASSED', DATA_HASH: 'FAILED',  SIGNATURE_ALGORITHM: 'UNKNOWN', SIGNATURE_VALUE: 'UNKNOWN' },
  DIGEST_MISMATCH:     { SIGNATURE_FORMAT: 'PASSED', DATA_HASH: 'FAILED',  SIGNATURE_ALGORITHM: 'UNKNOWN', SIGNATURE_VALUE: 'UNKNOWN' },
  CERTIFICATE_MISSING: { SIGNATURE_FORMAT: 'PASSED', DATA_HASH: 'PASSED',  SIGNATURE_ALGORITHM: 'UNKNOWN', SIGNATURE_VALUE: 'UNKNOWN' },
  ATTRIBUTES:          { SIGNATURE_FORMAT: 'FAILED', DATA_HASH: 'UNKNOWN', SIGNATURE_ALGORITHM: 'UNKNOWN', SIGNATURE_VALUE: 'UNKNOWN' },
  SIGNATURE:           { SIGNATURE_FORMAT: 'PASSED', DATA_HASH: 'PASSED',  SIGNATURE_ALGORITHM: 'PASSED',  SIGNATURE_VALUE: 'FAILED' },
  ALGORITHM:           { SIGNATURE_FORMAT: 'PASSED', DATA_HASH: 'UNKNOWN', SIGNATURE_ALGORITHM: 'UNKNOWN', SIGNATURE_VALUE: 'UNKNOWN' },
  KEY:                 { SIGNATURE_FORMAT: 'PASSED', DATA_HASH: 'PASSED',  SIGNATURE_ALGORITHM: 'FAILED',  SIGNATURE_VALUE: 'UNKNOWN' },
}

const REASONS: Readonly<Partial<Record<SignerFailure, Remark>>> = {
  CONTENT_DIFFERS: { zh: '签名数据内所含的原文不是此文件', en: 'the content inside the value is not this file' },
  ATTRIBUTES: { zh: '签名属性缺失或有误', en: 'signed attributes are missing or wrong' },
  CERTIFICATE_MISSING: { zh: '没有签名人证书', en: "the signer's certificate is not there" },
  ALGORITHM: {
    zh: '摘要或签名算法不被接受，或与密钥不符',
    en: 'digest or signature algorithm is not accepted, or disagrees with the key',
  },
  KEY: { zh: '证书公钥无效', en: 'the certificate holds no valid key' },
}

const QUIRKS: Readonly<Record<SignerQuirk, Remark>> = {
  CONTENT_TYPE_OF_OTHER_STANDARD: { zh: '内容类型混用两个标准的标识', en: 'content types of two standards are mixed' },
  ATTRIBUTES_NOT_IN_DER_ORDER: { zh: '签名属性未按 DER 排序', en: 'signed attributes are not in DER order' },
  CONTENT_IS_DIGEST: { zh: '所签内容是原文的 SM3 杂凑值', en: 'what is signed is the SM3 digest of the content' },
  CONTENT_IS_DIGEST_IN_BASE64: {
    zh: '所签内容是原文 SM3 杂凑值的 base64',
    en: 'what is signed is the SM3 digest of the content in base64',
  },
}
const BER = { zh: '外层为不定长编码（BER）', en: 'the outer layers have indefinite lengths (BER)' }

/** The rows on one signer of SignedData: structure, content, algorithm, value, certificate. */
export function signerRows(signed: SignedData, verification: SignerVerification, content: ContentBinding): readonly PdfRow[] {
  const { failure, quirks, signer, certificate } = verification
  const outcomes = OUTCOMES[failure ?? 'NONE']
  const reason = failure === null ? undefined : REASONS[failure]
  const rows = Object.entries(outcomes).map(([check, outcome]) =>
    valueRow(check as SignatureCheck, { outcome, ...(outcome !== 'PASSED' && reason && { detail: reason }) }),
  )
  const remarks = [...quirks.map((quirk) => QUIRKS[quirk]), ...severalSigners(signed), ...(content.isBer ? [BER] : [])]
  const isNamed = certificate !== null || candidateCertificates(signer.identifier, signed.certificates).length > 0
  return [
    ...rows.map((row) => adjusted(row, remarks, content)),
    valueRow('SIGNER_CERTIFICATE', isNamed ? PASSED : { outcome: 'UNKNOWN' }),
  ]
}

function severalSigners({ signers }: SignedData): readonly Remark[] {
  return signers.length === 1 ? [] : [{ zh: `共 ${signers.length} 个签名人`, en: `${signers.length} signers` }]
}

/** Remarks turn a format that passed into a NOTE; content that nobody could tell, or that is bound elsewhere, passes nothing. */
function adjusted(row: PdfRow, remarks: readonly Remark[], { isContentKnown, bound }: ContentBinding): PdfRow {
  if (row.check === 'SIGNATURE_FORMAT' && row.outcome === 'PASSED') return { ...row, ...judgeRemarks([], remarks) }
  if (row.check !== 'DATA_HASH' || row.outcome === 'FAILED') return row
  return isContentKnown ? { ...row, ...bound } : { ...row, ...RANGE_REFUSED }
}
