import { finding } from './check-row.ts'
import type { Seal } from './seal.ts'
import type { SealSignature } from './signature.ts'
import { readStamp, readStampOverAnything, type StampReading } from './time-stamp-check.ts'

/** The time-stamp of a seal: over the maker's signature, not older than the seal (GM/T 0031-2025, 验证电子印章 f). */
export function sealStamp({ timeStamp, signedValue, eSealInfo }: Seal): StampReading {
  return readStamp(timeStamp?.token ?? null, signedValue, eSealInfo.property.createDate)
}

/**
 * The time-stamp of a signature. The later standards have it over the signature. GM/T 0031-2014 has it in timeInfo and does not say
 * over which bytes; over the digest of the content it speaks of the content only, so it never proves when the signature was made.
 */
export function signatureStamp({ toSign, timeStamp, signature }: SealSignature): StampReading {
  const { token } = toSign.timeInfo
  if (token === null) return readStamp(timeStamp?.token ?? null, signature, null)
  const overContent = readStamp(token, { digest: toSign.dataHash }, null)
  if (overContent.timeStamp !== null) return { ...overContent, timeStamp: null }
  const any = readStampOverAnything(token)
  if (any.timeStamp === null) return any
  return { finding: finding('UNKNOWN', '不知时间戳所盖何物', 'what the time-stamp is over is not told'), timeStamp: null }
}
