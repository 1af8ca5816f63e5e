import { type DerReader, decodeUtf8, openDer } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { decodeTimeStampToken } from '../timestamp/token.ts'
import { Departures } from './departures.ts'
import { isTime, readOctets, readTimeField } from './loose-fields.ts'
import { type LooseTime, parseLooseGeneralizedTime, parseLooseUtcTime } from './loose-time.ts'

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

const TEXT = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:?\d{2})?$/
/** The content of a UTCTime, which says its zone, or of a GeneralizedTime, without tag and length. */
const UTC_TIME = /^\d{12}(?:Z|[+-]\d{4})$/
const GENERALIZED_TIME = /^\d{14}/
const MAXIMUM_TEXT = 64

/**
 * Reads `timeInfo` in whichever of the two ways it was written.
 * @param tag of the type the standard gives it.
 * @throws PkiError DER, STRUCTURE for what is neither a time nor octets; what the octets hold never throws.
 */
export function readTimeInfo(reader: DerReader, tag: number, departures: Departures): TimeInfo {
  const field = { name: 'timeInfo', tag }
  if (!isTime(reader)) return readFirstTimeInfo(readOctets(reader, field, departures), departures)
  return { form: 'TIME', time: readTimeField(reader, field, departures), token: null }
}

/** Reads what stands in the BIT STRING of GM/T 0031-2014; never throws for what it holds. */
export function readFirstTimeInfo(bytes: Uint8Array, departures = new Departures()): TimeInfo {
  const unreadable: TimeInfo = { form: 'UNREADABLE', time: null, token: null }
  return readDerTime(bytes, departures) ?? readToken(bytes) ?? readText(bytes) ?? unreadable
}

function readDerTime(bytes: Uint8Array, departures: Departures): TimeInfo | null {
  const tag = bytes[0]
  if (tag !== TAG.UTC_TIME && tag !== TAG.GENERALIZED_TIME) return null
  return ifReadable(() => {
    const reader = openDer(bytes)
    const time = readTimeField(reader, { name: 'timeInfo', tag }, departures)
    reader.end()
    return { form: 'TIME', time, token: null }
  })
}

function readToken(bytes: Uint8Array): TimeInfo | null {
  if (bytes[0] !== TAG.SEQUENCE) return null
  return ifReadable(() => ({ form: 'TOKEN', time: decodeTimeStampToken(bytes).info.genTime, token: bytes }))
}

function readText(bytes: Uint8Array): TimeInfo | null {
  if (bytes.length > MAXIMUM_TEXT) return null
  return ifReadable(() => {
    const { time, isZoneless } = parseText(decodeUtf8(bytes))
    return { form: isZoneless ? 'TEXT_WITHOUT_ZONE' : 'TEXT', time, token: null }
  })
}

function parseText(text: string): LooseTime {
  if (UTC_TIME.test(text)) return parseLooseUtcTime(text)
  if (GENERALIZED_TIME.test(text)) return parseLooseGeneralizedTime(text)
  const [, date = '', clock = '', zone = ''] = TEXT.exec(text) ?? []
  return parseLooseGeneralizedTime(`${date.replaceAll('-', '')}${clock.replaceAll(':', '')}${zone.replace(':', '')}`)
}

function ifReadable(read: () => TimeInfo | null): TimeInfo | null {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}
