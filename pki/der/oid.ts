import { PkiError } from '../error.ts'

const MAXIMUM_BYTES = 64
const known = new Map<string, string>()
const MAXIMUM_KNOWN = 512

/** Decodes the content octets of an OBJECT IDENTIFIER (X.690 §8.19): minimal arcs, nothing cut off. */
export function decodeOid(content: Uint8Array): string {
  const key = String.fromCharCode(...content.subarray(0, MAXIMUM_BYTES))
  const cached = content.length <= MAXIMUM_BYTES ? known.get(key) : undefined
  if (cached !== undefined) return cached
  const oid = readArcs(content)
  if (known.size < MAXIMUM_KNOWN) known.set(key, oid)
  return oid
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
