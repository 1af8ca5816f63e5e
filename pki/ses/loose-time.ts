import { PkiError } from '../error.ts'

/** A time as it was written. */
export interface LooseTime {
  /** UTC milliseconds. */
  readonly time: number
  /** Without `Z` or an offset: read as Beijing time. */
  readonly isZoneless: boolean
}

const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{4})?$/
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{4})?$/

/** National standard time of China has no other offset and, since 1991, no summer time. */
const BEIJING = '+0800'

/** UTCTime as BER lets it be written (X.680 §47), and without a zone; years below 50 are 20xx. @throws PkiError DER for all else */
export function parseLooseUtcTime(text: string): LooseTime {
  const century = Number(text.slice(0, 2)) < 50 ? '20' : '19'
  return timeOf(UTC_TIME.exec(text), century, text)
}

/** GeneralizedTime as BER lets it be written (X.680 §46), and without a zone. @throws PkiError DER for all else */
export function parseLooseGeneralizedTime(text: string): LooseTime {
  return timeOf(GENERALIZED_TIME.exec(text), '', text)
}

function timeOf(match: RegExpExecArray | null, century: string, text: string): LooseTime {
  const [, year, month, day, hour, minute, second = '00', fraction = '0', zone] = match ?? []
  const local = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}`
  const clock = Date.parse(`${local}Z`)
  const offset = offsetOf(zone ?? BEIJING)
  const isReal = match !== null && !Number.isNaN(clock) && new Date(clock).toISOString().startsWith(local)
  if (!isReal || offset === null) throw new PkiError('DER', `no such time: ${text.slice(0, 24)}`)
  return { time: clock + Math.floor(Number(`0.${fraction}`) * 1000) - offset, isZoneless: zone === undefined }
}

/** Milliseconds by which a zone is ahead of UTC; null for one that is nowhere. */
function offsetOf(zone: string): number | null {
  if (zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3, 5))
  if (hours > 14 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
