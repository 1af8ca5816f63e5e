import { GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { isDivisionCode } from '../model/division-code.ts'
import { HubError } from '../model/error.ts'
import { OpaqueBytes } from '../model/subgraph.ts'
import { formatInstant, parseInstant } from '../model/time.ts'

/** `DateTime`: an Instant inside, ISO 8601 in UTC outside. */
export const DateTime = scalar('DateTime', {
  serialize: (value) => formatInstant(Number(value)),
  parse: (value) => parseInstant(textOf(value, 'DateTime')),
})

/** `Base64`: bytes inside; outside canonical base64 (RFC 4648 §4), or OpaqueBytes between rooms of one process. */
export const Base64 = scalar('Base64', {
  serialize: (value) => (value instanceof Uint8Array ? toBase64(value) : value),
  parse: (value) => (value instanceof OpaqueBytes ? value.take() : fromBase64(textOf(value, 'Base64'))),
})

/** `DivisionCode`: six digits. */
export const DivisionCode = scalar('DivisionCode', {
  serialize: (value) => value,
  parse: (value) => matching(textOf(value, 'DivisionCode'), isDivisionCode, 'DivisionCode'),
})

/** `SealCode`: 1 to 64 visible ASCII characters. */
export const SealCode = scalar('SealCode', {
  serialize: (value) => value,
  parse: (value) => matching(textOf(value, 'SealCode'), (text) => /^[\x21-\x7e]{1,64}$/.test(text), 'SealCode'),
})

interface Conversion {
  readonly serialize: (value: unknown) => unknown
  readonly parse: (value: unknown) => unknown
}

function scalar(name: string, { serialize, parse }: Conversion): GraphQLScalarType {
  const parseLiteral = (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : null)
  return new GraphQLScalarType({ name, serialize, parseValue: parse, parseLiteral })
}

function textOf(value: unknown, name: string): string {
  if (typeof value === 'string') return value
  throw new HubError('BAD_INPUT', `${name} 须为文本`, `${name} has to be text`)
}

function matching(text: string, isRight: (text: string) => boolean, name: string): string {
  if (isRight(text)) return text
  throw new HubError('BAD_INPUT', `${name} 格式不符：${text.slice(0, 40)}`, `not a ${name}: ${text.slice(0, 40)}`)
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

function fromBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') === text) return bytes
  throw new HubError('BAD_INPUT', 'Base64 格式不符', 'not canonical base64')
}
