import { PkiError } from '../error.ts'

const MAXIMUM_BYTES = 64
const MAXIMUM_KNOWN = 512

interface Known {
  readonly content: Uint8Array
  readonly oid: string
}

/** By the hash of the content octets; of two with one hash the first is kept. */
const known = new Map<number, Known>()

/** Decodes the content octets of an OBJECT IDENTIFIER (X.690 §8.19): minimal arcs, nothing cut off. */
export function decodeOid(content: Uint8Array): string {
  return decodeOidAt(content, 0, content.length)
}

/** The same for content that stands somewhere in other bytes; those met before cost no view of it. */
export function decodeOidAt(bytes: Uint8Array, start: number, end: number): string {
  const hash = hashOf(bytes, start, end)
  const held = known.get(hash)
  if (held !== undefined && isSame(held.content, bytes, start, end)) return held.oid
  const content = Uint8Array.from(bytes.subarray(start, end)) // a copy: the caller's bytes may change
  const oid = readArcs(content)
  if (held === undefined && known.size < MAXIMUM_KNOWN) known.set(hash, { content, oid })
  return oid
}

/** FNV-1a over the first octets, which is all an accepted one has. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  const last = Math.min(end, start + MAXIMUM_BYTES)
  let hash = 0x811c9dc5
  for (let i = start; i < last; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193)
  return hash
}

function isSame(content: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (content.length !== end - start) return false
  for (let i = 0; i < content.length; i++) if (content[i] !== bytes[start + i]) return false
  return true
}

function readArcs(content: Uint8Array): string {
  if (content.length === 0 || content.length > MAXIMUM_BYTES) throw new PkiError('DER', 'object identifier empty or too long')
  const arcs: bigint[] = []
  let arc = 0n
  let startsArc = true
  for (const byte of content) {
    if (startsArc && byte === 0x80) throw new PkiError('DER', 'object identifier with padded arc')
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    startsArc = byte < 0x80
    if (startsArc) {
      arcs.push(arc)
      arc = 0n
    }
  }
  if (!startsArc) throw new PkiError('DER', 'object identifier cut off')
  const [first = 0n, ...rest] = arcs
  const root = first < 80n ? first / 40n : 2n
  return [root, first - root * 40n, ...rest].join('.')
}

/** Encodes a dotted OBJECT IDENTIFIER into its content octets. */
export function encodeOid(oid: string): Uint8Array {
  const [root = 0n, second = 0n, ...rest] = oid.split('.').map(BigInt)
  return Uint8Array.from([root * 40n + second, ...rest].flatMap(encodeArc))
}

function encodeArc(arc: bigint): number[] {
  const bytes = [Number(arc & 0x7fn)]
  for (let left = arc >> 7n; left > 0n; left >>= 7n) bytes.unshift(Number(left & 0x7fn) | 0x80)
  return bytes
}
