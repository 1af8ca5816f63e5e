import { decodeUtf8, openDer } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { readTimeStampToken } from './time-stamp-token.ts'

/**
 * `timeInfo` of a signature. GB/T 38540-2020 and GM/T 0031-2025 prescribe a GeneralizedTime (`TIME`). GM/T 0031-2014 §6.2.1 has a
 * BIT STRING with "a time-stamp or a UTCTIME", and implementations put text into it; how it was written is kept.
 */
export interface TimeInfo {
  readonly form: 'TIME' | 'TOKEN' | 'TEXT' | 'TEXT_WITHOUT_ZONE' | 'UNREADABLE'
  /** The signing time claimed, UTC milliseconds; of a token its genTime, not yet verified. Null when unreadable. */
  readonly time: number | null
  /** The token, for whoever verifies it. */
  readonly token: Uint8Array | null
}

const TEXT = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:\d{2})?$/
const MAXIMUM_TEXT = 64
/** National standard time of China has no other offset and, since 1991, no summer time. */
const BEIJING = '+08:00'

/** Reads what stands in the BIT STRING of GM/T 0031-2014; never throws for what it holds. */
export function readFirstTimeInfo(bytes: Uint8Array): TimeInfo {
  return readDerTime(bytes) ?? readToken(bytes) ?? readText(bytes) ?? { form: 'UNREADABLE', time: null, token: null }
}

function readDerTime(bytes: Uint8Array): TimeInfo | null {
  if (bytes[0] !== TAG.UTC_TIME && bytes[0] !== TAG.GENERALIZED_TIME) return null
  return ifReadable(() => {
    const reader = openDer(bytes)
    const time = reader.time()
    reader.end()
    return { form: 'TIME', time, token: null }
  })
}

function readToken(bytes: Uint8Array): TimeInfo | null {
  if (bytes[0] !== TAG.SEQUENCE) return null
  return ifReadable(() => ({ form: 'TOKEN', time: readTimeStampToken(bytes).genTime, token: bytes }))
}

function readText(bytes: Uint8Array): TimeInfo | null {
  if (bytes.length > MAXIMUM_TEXT) return null
  return ifReadable(() => {
    const [, date, clock, zone] = TEXT.exec(decodeUtf8(bytes)) ?? []
    const time = Date.parse(`${date}T${clock}${zone ?? BEIJING}`)
    const isRealDay = new Date(`${date}T00:00:00Z`).getUTCDate() === Number(date?.slice(8))
    if (Number.isNaN(time) || !isRealDay) return null
    return { form: zone === undefined ? 'TEXT_WITHOUT_ZONE' : 'TEXT', time, token: null }
  })
}

function ifReadable(read: () => TimeInfo | null): TimeInfo | null {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}
