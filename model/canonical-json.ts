import { HubError } from './error.ts'

const MAXIMUM_DEPTH = 64

/**
 * Canonical JSON in the manner of RFC 8785: members sorted by UTF-16 code units, no white space, `undefined` members left out.
 * The same value always gives the same text, so that it can be signed, compared and digested.
 * @throws HubError BAD_INPUT for what JSON cannot hold (NaN, infinities, functions, bigints) or nesting over 64.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAXIMUM_DEPTH) throw new HubError('BAD_INPUT', '嵌套过深', 'nested too deeply')
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null, depth + 1)).join(',')}]`
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    members.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member, depth + 1)}`).join(',')}}`
  }
  throw new HubError('BAD_INPUT', '不能表示为 JSON', `JSON cannot hold a ${typeof value}`)
}
