import { PkiError } from '../error.ts'

const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{1,9}))?Z$/

/** UTCTime of DER and RFC 5280 §4.1.2.5.1: seconds present, `Z`; 50–99 are 19xx. Returns UTC milliseconds. */
export function parseUtcTime(text: string): number {
  const [, year, ...rest] = UTC_TIME.exec(text) ?? []
  if (year === undefined) throw new PkiError('DER', `not a DER UTCTime: ${text.slice(0, 24)}`)
  return instantOf(Number(year) + (Number(year) >= 50 ? 1900 : 2000), rest, text)
}

/** GeneralizedTime of DER: seconds present, `Z`, a fraction only without trailing zeros. Returns UTC milliseconds. */
export function parseGeneralizedTime(text: string): number {
  const [, year, ...rest] = GENERALIZED_TIME.exec(text) ?? []
  if (year === undefined || rest[5]?.endsWith('0')) throw new PkiError('DER', `not a DER GeneralizedTime: ${text.slice(0, 24)}`)
  const milliseconds = Math.floor(Number(`0.${rest[5] ?? '0'}`) * 1000)
  return instantOf(Number(year), rest, text) + milliseconds
}

function instantOf(year: number, rest: readonly (string | undefined)[], text: string): number {
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = rest.slice(0, 5).map(Number)
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  const unchanged = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  if (!unchanged) throw new PkiError('DER', `no such moment: ${text.slice(0, 24)}`)
  return date.getTime()
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
