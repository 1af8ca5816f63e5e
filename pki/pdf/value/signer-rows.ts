import type { SignedData } from '../../cms/signed-data.ts'
import { candidateCertificates } from '../../cms/signer-certificate.ts'
import { SIGNER_OUTCOMES, SIGNER_QUIRKS } from '../../cms/signer-findings.ts'
import type { SignerFailure, SignerVerification } from '../../cms/signer-verification.ts'
import { type Finding, judgeRemarks, PASSED, type Remark } from '../../ses/check-row.ts'
import type { PdfRow } from '../check-row.ts'
import { RANGE_REFUSED, type SignatureCheck, valueRow } from './reading.ts'

/** What is known of the content beside the value. */
export interface ContentBinding {
  /** Whether the signed bytes of the file could be told. */
  readonly isContentKnown: boolean
  readonly isBer: boolean
  /** How the content is bound where the value does not bind it by itself; null where it does. */
  readonly bound: Finding | null
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

const BER = { zh: '外层为不定长编码（BER）', en: 'the outer layers have indefinite lengths (BER)' }

/** The rows on one signer of SignedData: structure, content, algorithm, value, certificate. */
export function signerRows(signed: SignedData, verification: SignerVerification, content: ContentBinding): readonly PdfRow[] {
  const { failure, quirks, signer, certificate } = verification
  const outcomes = SIGNER_OUTCOMES[failure ?? 'NONE']
  const reason = failure === null ? undefined : REASONS[failure]
  const rows = Object.entries(outcomes).map(([check, outcome]) =>
    valueRow(check as SignatureCheck, { outcome, ...(outcome !== 'PASSED' && reason && { detail: reason }) }),
  )
  const remarks = [...quirks.map((quirk) => SIGNER_QUIRKS[quirk]), ...severalSigners(signed), ...(content.isBer ? [BER] : [])]
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
