import type { SignerFailure, SignerQuirk } from './signer-verification.ts'

/** The checks on one signer of SignedData, by their names in the catalogue. */
export type SignerCheck = 'SIGNATURE_FORMAT' | 'DATA_HASH' | 'SIGNATURE_ALGORITHM' | 'SIGNATURE_VALUE'

type Outcome = 'PASSED' | 'FAILED' | 'UNKNOWN'

/** What each failure says of each check; nothing that was not come to is passed over in silence. */
// biome-ignore format: a table
export const SIGNER_OUTCOMES: Readonly<Record<SignerFailure | 'NONE', Readonly<Record<SignerCheck, Outcome>>>> = {
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

/** How a signature that holds departs from the standard, in words. */
export const SIGNER_QUIRKS: Readonly<Record<SignerQuirk, { readonly zh: string; readonly en: string }>> = {
  CONTENT_TYPE_OF_OTHER_STANDARD: { zh: '内容类型混用两个标准的标识', en: 'content types of two standards are mixed' },
  ATTRIBUTES_NOT_IN_DER_ORDER: { zh: '签名属性未按 DER 排序', en: 'signed attributes are not in DER order' },
  CONTENT_IS_DIGEST: { zh: '所签内容是原文的 SM3 杂凑值', en: 'what is signed is the SM3 digest of the content' },
  CONTENT_IS_DIGEST_IN_BASE64: {
    zh: '所签内容是原文 SM3 杂凑值的 base64',
    en: 'what is signed is the SM3 digest of the content in base64',
  },
  ATTRIBUTE_IS_DIGEST_OF_ORIGINAL: {
    zh: '签名属性中是原文的杂凑值，而非内含数据的杂凑值',
    en: 'the signed attribute holds the digest of the original, not of the digest inside',
  },
  SIGNATURE_IS_RAW: { zh: '签名值为 64 字节 r‖s，非 DER 编码', en: 'the value is 64 raw bytes r‖s, not DER' },
  SIGNER_NAMED_OTHERWISE: {
    zh: '签名人标识中颁发者名称的编码与证书不同',
    en: 'the issuer is encoded differently in the certificate and where the signer is named',
  },
  INDEFINITE_LENGTHS: { zh: '外层为不定长编码（BER）', en: 'the outer layers have indefinite lengths (BER)' },
  WITHOUT_CONTENT_INFO: { zh: '缺少外层 ContentInfo', en: 'the ContentInfo around it is missing' },
}
