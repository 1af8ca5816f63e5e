import { candidateCertificates } from '../../cms/signer-certificate.ts'
import { validationMaterialOf } from '../../cms/validation-material.ts'
import { PkiError } from '../../error.ts'
import { type CheckRow, type Finding, PASSED } from '../../ses/check-row.ts'
import { decodeTimeStampToken, type TimeStampToken } from '../../timestamp/token.ts'
import { type TimeStampFaultCode, verifyTimeStampToken } from '../../timestamp/verify-token.ts'
import { isRefusedForSize, type PdfBudget } from '../limits.ts'
import { brokenValue, RANGE_REFUSED, type SignatureCheck, type ValueReading, valueRow } from './reading.ts'

type Outcomes = Readonly<Partial<Record<SignatureCheck, CheckRow['outcome']>>>

/** What each fault says of each check; the one that it is about carries its words. */
// biome-ignore format: a table
const FAULTS: Readonly<Record<TimeStampFaultCode, Outcomes>> = {
  IMPRINT:             { DATA_HASH: 'FAILED',  SIGNATURE_VALUE: 'UNKNOWN' },
  ALGORITHM:           { DATA_HASH: 'UNKNOWN', SIGNATURE_ALGORITHM: 'UNKNOWN', SIGNATURE_VALUE: 'UNKNOWN' },
  SIGNATURE:           { DATA_HASH: 'PASSED',  SIGNATURE_VALUE: 'FAILED' },
  CERTIFICATE_MISSING: { DATA_HASH: 'PASSED',  SIGNATURE_VALUE: 'UNKNOWN', SIGNER_CERTIFICATE: 'UNKNOWN' },
  SIGNING_CERTIFICATE: { DATA_HASH: 'PASSED',  SIGNATURE_VALUE: 'UNKNOWN', SIGNATURE_TIME_STAMP: 'FAILED' },
  PURPOSE:             { DATA_HASH: 'PASSED',  SIGNATURE_VALUE: 'UNKNOWN', SIGNATURE_TIME_STAMP: 'FAILED' },
  CRITICAL_EXTENSION:  { DATA_HASH: 'PASSED',  SIGNATURE_VALUE: 'UNKNOWN', SIGNATURE_TIME_STAMP: 'FAILED' },
  MALFORMED:           { DATA_HASH: 'UNKNOWN', SIGNATURE_VALUE: 'UNKNOWN', SIGNATURE_TIME_STAMP: 'FAILED' },
}

const HOLDS: readonly SignatureCheck[] = [
  'DATA_HASH',
  'SIGNATURE_ALGORITHM',
  'SIGNATURE_VALUE',
  'SIGNER_CERTIFICATE',
  'SIGNATURE_TIME_STAMP',
]

/**
 * Reads and checks a document time-stamp (ISO 32000-2 12.8.5): a token whose imprint is the digest of the byte range.
 * @throws PkiError TOO_LARGE over the budget or 256 KiB.
 */
export function readTimeStampValue(value: Uint8Array, content: Uint8Array | null, budget: PdfBudget): ValueReading {
  const token = decodeOrReason(value)
  if (typeof token === 'string') return brokenValue('不是时间戳', token)
  const { signed, signer, info } = token
  const named = candidateCertificates(signer.identifier, signed.certificates)[0]?.encoded ?? null
  const { certificates } = signed
  const base = { kind: 'TIME_STAMP', certificates, material: validationMaterialOf(signed), claimedAt: info.genTime } as const
  const format = valueRow('SIGNATURE_FORMAT', PASSED)
  if (content === null) {
    const rows = [format, valueRow('DATA_HASH', RANGE_REFUSED), valueRow('SIGNATURE_VALUE', { outcome: 'UNKNOWN' })]
    return { ...base, rows, signerCertificate: named }
  }
  budget.spend('digested', content.length)
  const verdict = verifyTimeStampToken(token, content)
  if ('timeStamp' in verdict) {
    const rows = HOLDS.map((check) => valueRow(check, PASSED))
    return { ...base, rows: [format, ...rows], signerCertificate: verdict.timeStamp.authority.encoded }
  }
  const { code, detail } = verdict.fault
  const rows = Object.entries(FAULTS[code]).map(([check, outcome]) => {
    const found: Finding = outcome === 'PASSED' ? PASSED : { outcome, detail }
    return valueRow(check as SignatureCheck, found)
  })
  return { ...base, rows: [format, ...rows], signerCertificate: named }
}

function decodeOrReason(value: Uint8Array): TimeStampToken | string {
  try {
    return decodeTimeStampToken(value)
  } catch (cause) {
    if (!(cause instanceof PkiError) || isRefusedForSize(cause)) throw cause
    return cause.message
  }
}
