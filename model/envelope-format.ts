import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'
import {
  ENVELOPE_FORMAT,
  ENVELOPE_LIMITS,
  type EnvelopeEvent,
  type EnvelopeHeader,
  type EnvelopeRow,
  type Refusal,
} from './envelope.ts'
import { HubError } from './error.ts'
import { instantText } from './instant-text.ts'
import { formatInstant } from './time.ts'
import { SEAL_CHANGE_REASONS } from './timeline.ts'

/** The header and the events of an envelope as its JSON Lines (UTF-8, every line ended). Canonical JSON: the same events give the same bytes. */
export function formatEnvelope(header: EnvelopeHeader, events: readonly EnvelopeEvent[]): Uint8Array {
  const first = canonicalJson({ format: ENVELOPE_FORMAT, ...header, createdAt: formatInstant(header.createdAt) })
  return Buffer.from([first, ...events.map(formatEvent)].map((line) => `${line}\n`).join(''))
}

/** One event as its line, without the line's end: also what two tellings of one event are compared by. */
export function formatEvent(event: EnvelopeEvent): string {
  const times = {
    effectiveAt: formatInstant(event.effectiveAt),
    originAt: event.originAt === null ? undefined : formatInstant(event.originAt),
  }
  if (event.type !== 'SEAL_REGISTERED') return canonicalJson({ ...event, ...times, reason: event.reason ?? undefined })
  const { owner } = event
  return canonicalJson({
    ...event,
    ...times,
    seal: Buffer.from(event.seal).toString('base64'),
    issuedBy: event.issuedBy ?? undefined,
    owner:
      owner === null
        ? undefined
        : { name: owner.name, creditCode: owner.creditCode ?? undefined, division: owner.division ?? undefined },
  })
}

/**
 * The header alone, for those who only have to know whose envelope it is.
 * @throws HubError UNREADABLE when the first line is no header of this format.
 */
export function parseEnvelopeHeader(content: Uint8Array): EnvelopeHeader {
  const end = content.subarray(0, ENVELOPE_LIMITS.line).indexOf(0x0a)
  return parseHeader(linesOf(content.subarray(0, end < 0 ? ENVELOPE_LIMITS.line : end))[0] ?? '')
}

/**
 * Parses the lines of an envelope. A bad row is a refused row and harms no other.
 * @throws HubError TOO_LARGE over a limit, UNREADABLE when it is not UTF-8 or has no header of this format.
 */
export function parseEnvelope(content: Uint8Array): { readonly header: EnvelopeHeader; readonly rows: readonly EnvelopeRow[] } {
  if (content.length > ENVELOPE_LIMITS.bytes) throw tooLarge(`${ENVELOPE_LIMITS.bytes} 字节`, `${ENVELOPE_LIMITS.bytes} bytes`)
  const lines = linesOf(content)
  const [first, ...rest] = lines
  if (rest.length > ENVELOPE_LIMITS.events) throw tooLarge(`${ENVELOPE_LIMITS.events} 个事件`, `${ENVELOPE_LIMITS.events} events`)
  return { header: parseHeader(first ?? ''), rows: rest.map((line, index) => parseRow(line, index + 1)) }
}

const token = (maximum: number) => z.string().regex(new RegExp(`^[\\x21-\\x7e]{1,${maximum}}$`))
const division = z.string().regex(/^\d{6}$/)
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().min(1).max(200)

const header = z.strictObject({
  format: z.literal(ENVELOPE_FORMAT),
  platform: token(64),
  stream: token(64),
  sequence: z.int().min(1).max(2_147_483_647),
  messageId: token(128),
  createdAt: instantText,
  previous: digest.nullable(),
})

const common = { eventId: token(128), code: token(64), effectiveAt: instantText, originAt: instantText.nullable().default(null) }
const reason = z.enum(SEAL_CHANGE_REASONS).nullable().default(null)

const event = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('SEAL_REGISTERED'),
    revision: z.int().min(0).max(2_147_483_647),
    seal: z
      .base64()
      .min(4)
      .transform((text) => Uint8Array.from(Buffer.from(text, 'base64'))),
    owner: z
      .strictObject({
        name,
        creditCode: z.string().length(18).nullable().default(null),
        division: division.nullable().default(null),
      })
      .nullable()
      .default(null),
    issuedBy: division.nullable().default(null),
  }),
  z.strictObject({ ...common, type: z.enum(['SUSPENDED', 'RESUMED', 'LOST', 'CANCELLED', 'REVOKED', 'INVALIDATED']), reason }),
  z.strictObject({ ...common, type: z.literal('CORRECTED'), reason, voids: token(128) }),
])

function parseHeader(line: string): EnvelopeHeader {
  const { data, error } = header.safeParse(parseJson(line))
  if (error)
    throw new HubError('UNREADABLE', `信封首行不符：${where(error)}`, `the envelope's first line is no header: ${where(error)}`, {
      cause: error,
    })
  const { format: _, ...parsed } = data
  return parsed
}

function parseRow(line: string, row: number): EnvelopeRow {
  const value = line.length > ENVELOPE_LIMITS.line ? undefined : parseJson(line)
  const { data, error } = event.safeParse(value)
  if (!error) return { row, event: data }
  const refusal: Refusal =
    line.length > ENVELOPE_LIMITS.line
      ? { code: 'TOO_LARGE', reason: { zh: '行过长', en: 'the line is too long' } }
      : { code: 'BAD_INPUT', reason: { zh: `事件格式不符：${where(error)}`, en: `not an event: ${where(error)}` } }
  return { row, eventId: named(value, 'eventId'), code: named(value, 'code'), refusal }
}

/** Names of a refused row are given back so that its sender can find it. */
function named(value: unknown, member: 'eventId' | 'code'): string | null {
  if (typeof value !== 'object' || value === null || !(member in value)) return null
  const text = Object.getOwnPropertyDescriptor(value, member)?.value
  return token(128).safeParse(text).data ?? null
}

function where(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue === undefined ? '?' : `${issue.path.join('.') || 'JSON'}: ${issue.message}`.slice(0, 160)
}

function linesOf(content: Uint8Array): readonly string[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
    // One more than can be right, so that endless empty lines cost nothing.
    const lines = text.split('\n', ENVELOPE_LIMITS.events + 3)
    return lines.at(-1) === '' ? lines.slice(0, -1) : lines
  } catch (cause) {
    throw new HubError('UNREADABLE', '信封不是 UTF-8', 'the envelope is not UTF-8', { cause })
  }
}

/** What JSON.parse makes of a line; undefined, which no shape takes, when it makes nothing of it. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function tooLarge(zh: string, en: string): HubError {
  return new HubError('TOO_LARGE', `信封超过上限：${zh}`, `the envelope is over ${en}`)
}
