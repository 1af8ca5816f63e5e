const DATE =
  /^(?:D:)?(?<year>\d{4})(?<month>\d\d)?(?<day>\d\d)?(?<hour>\d\d)?(?<minute>\d\d)?(?<second>\d\d)?(?:(?<zone>[Zz])(?:00'?(?:00'?)?)?|(?<sign>[+-])(?<zoneHour>\d\d)'?(?:(?<zoneMinute>\d\d)'?)?)?$/

/**
 * A date (ISO 32000-2 7.9.4) in UTC milliseconds; null for text that is none. Without a zone, which the standard leaves
 * unknown, it is no moment either.
 */
export function parsePdfDate(text: string): number | null {
  const parts = DATE.exec(text.trim())?.groups
  if (!parts || (parts.zone === undefined && parts.sign === undefined)) return null
  const field = (name: string, otherwise: number) => (parts[name] === undefined ? otherwise : Number(parts[name]))
  const [year, month, day] = [field('year', 0), field('month', 1), field('day', 1)]
  const [hour, minute, second] = [field('hour', 0), field('minute', 0), field('second', 0)]
  const [zoneHour, zoneMinute] = [field('zoneHour', 0), field('zoneMinute', 0)]
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  const isReal = local.getUTCMonth() === month - 1 && local.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  if (!isReal || zoneHour > 23 || zoneMinute > 59 || year < 1900) return null
  const offset = (zoneHour * 60 + zoneMinute) * 60_000
  return local.getTime() - (parts.sign === '-' ? -offset : offset)
}
