import { PkiError } from '../error.ts'

const Z = 0x5a
const FRACTION = /^\.\d{0,8}[1-9]Z$/
/** The calendar repeats after 146,097 days. */
const FOUR_CENTURIES_MS = 146_097 * 86_400_000
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** UTCTime of DER and RFC 5280 §4.1.2.5.1, its content octets: seconds present, `Z`; 50–99 are 19xx. Returns UTC milliseconds. */
export function decodeUtcTime(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const year = digits(bytes, start, 2)
  const instant = end - start === 13 && bytes[start + 12] === Z ? instantOf(year + (year >= 50 ? 1900 : 2000), bytes, start + 2) : Number.NaN // biome-ignore format: a sentence
  if (Number.isNaN(instant)) throw new PkiError('DER', `not a DER UTCTime: ${quoted(bytes, start, end)}`)
  return instant
}

/** GeneralizedTime of DER, its content octets: seconds present, `Z`, a fraction only without trailing zeros. Returns UTC milliseconds. */
export function decodeGeneralizedTime(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const instant = end - start >= 15 ? instantOf(digits(bytes, start, 4), bytes, start + 4) : Number.NaN
  const isWhole = end - start === 15 && bytes[start + 14] === Z
  const ending = isWhole ? '' : latin1(bytes, start + 14, end)
  if (Number.isNaN(instant) || !(isWhole || FRACTION.test(ending)))
    throw new PkiError('DER', `not a DER GeneralizedTime: ${quoted(bytes, start, end)}`)
  return isWhole ? instant : instant + Math.floor(Number(`0${ending.slice(0, -1)}`) * 1000)
}

/** Month, day, hour, minute and second from `start` on; NaN when they are no digits or no such moment exists. */
function instantOf(year: number, bytes: Uint8Array, start: number): number {
  const month = digits(bytes, start, 2)
  const day = digits(bytes, start + 2, 2)
  const hour = digits(bytes, start + 4, 2)
  const minute = digits(bytes, start + 6, 2)
  const second = digits(bytes, start + 8, 2)
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = (DAYS[month - 1] ?? 0) + (month === 2 && leap ? 1 : 0)
  if (!(day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60)) return Number.NaN
  if (year >= 100) return Date.UTC(year, month - 1, day, hour, minute, second)
  return Date.UTC(year + 400, month - 1, day, hour, minute, second) - FOUR_CENTURIES_MS // Date.UTC takes 0–99 for 1900–1999
}

/** The number that digits give; NaN when one of them is none. */
function digits(bytes: Uint8Array, start: number, count: number): number {
  let number = 0
  for (let i = start; i < start + count; i++) {
    const digit = (bytes[i] ?? 0) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    number = number * 10 + digit
  }
  return number
}

/** What stands there, for an error. */
function quoted(bytes: Uint8Array, start: number, end: number): string {
  return latin1(bytes, start, Math.min(end, start + 24))
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, end)).toString('latin1')
}

/** RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on. */
export function isUtcTimeYear(instant: number): boolean {
  const year = new Date(instant).getUTCFullYear()
  return year >= 1950 && year < 2050
}

/** Formats as UTCTime `YYMMDDHHMMSSZ`. */
export function formatUtcTime(instant: number): string {
  return formatGeneralizedTime(instant).slice(2)
}

/** Formats as GeneralizedTime `YYYYMMDDHHMMSSZ`, whole seconds. */
export function formatGeneralizedTime(instant: number): string {
  return `${new Date(instant).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
}
