import type { DerReader } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { isUtcTimeYear } from '../der/time.ts'

/** Validity, RFC 5280 4.1.2.5: UTC milliseconds, both ends included. */
export interface Validity {
  readonly notBefore: number
  readonly notAfter: number
  /** Whether both are of the type prescribed: UTCTime through 2049, GeneralizedTime without a fraction afterwards. */
  readonly wellTyped: boolean
}

/** Reads a Validity of either type of time. */
export function decodeValidity(reader: DerReader): Validity {
  const fields = reader.sequence()
  const [notBefore, firstWellTyped] = decodeTime(fields)
  const [notAfter, secondWellTyped] = decodeTime(fields)
  fields.end()
  return { notBefore, notAfter, wellTyped: firstWellTyped && secondWellTyped }
}

/** One Time and whether it is of the prescribed type. */
export function decodeTime(fields: DerReader): readonly [instant: number, wellTyped: boolean] {
  if (fields.peek() === TAG.UTC_TIME) return [fields.utcTime(), true]
  const instant = fields.generalizedTime()
  return [instant, !isUtcTimeYear(instant) && instant % 1000 === 0]
}
