import { type DivisionCode, isDivisionCode } from '../../model/division-code.ts'
import { HubError } from '../../model/error.ts'
import { type Instant, parseInstant } from '../../model/time.ts'

/** A time a client gave, or null where it gave none. @throws HubError BAD_INPUT for anything but a time with a zone. */
export function instantOf(text: string | null | undefined): Instant | null {
  return typeof text === 'string' ? parseInstant(text) : null
}

/** A division a client gave, or null where it gave none. @throws HubError BAD_INPUT for anything but six digits. */
export function divisionOf(text: string | null | undefined): DivisionCode | null {
  if (text === null || text === undefined) return null
  if (!isDivisionCode(text)) throw new HubError('BAD_INPUT', '区划代码须为六位数字', 'a division code has six digits')
  return text
}
