import { BoundedCache } from './bounded-cache.ts'
import type { DerReader } from './der/reader.ts'
import { TAG } from './der/tag.ts'
import { encodeElement, encodeObjectIdentifier, encodeSequence } from './der/writer.ts'

/** AlgorithmIdentifier (RFC 5280 §4.1.1.2), parameters kept as received. */
export interface AlgorithmIdentifier {
  readonly oid: string
  /** The encoded TLV of the parameters, null where they are absent. */
  readonly parameters: Uint8Array | null
  /** The whole TLV; compare two identifiers by it. */
  readonly encoded: Uint8Array
}

/**
 * Reads one AlgorithmIdentifier and leaves nothing over inside it. Whether the algorithm is accepted is not judged here.
 * @throws PkiError DER, STRUCTURE
 */
export function decodeAlgorithmIdentifier(reader: DerReader): AlgorithmIdentifier {
  const fields = reader.sequence()
  const oid = fields.oid()
  const parameters = fields.isEmpty() ? null : fields.any().encoded
  fields.end()
  return { oid, parameters, encoded: fields.encoded }
}

/** The identifier without parameters, for structures that carry a bare OBJECT IDENTIFIER (GB/T 38540 signAlgID). */
export function bareAlgorithm(oid: string): AlgorithmIdentifier {
  return bare.get(oid, () => ({ oid, parameters: null, encoded: encodeSequence(encodeObjectIdentifier(oid)) }))
}

const bare = new BoundedCache<AlgorithmIdentifier>(64)

/** The identifier with NULL parameters, as RFC 4055 §5 writes PKCS#1 v1.5 signatures. */
export function algorithmWithNull(oid: string): AlgorithmIdentifier {
  const parameters = encodeElement(TAG.NULL, new Uint8Array())
  return { oid, parameters, encoded: encodeSequence(encodeObjectIdentifier(oid), parameters) }
}

/** Whether two identifiers are the same bytes, parameters included (RFC 5280 §4.1.1.2: inner and outer must be). */
export function sameAlgorithm(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  return Buffer.compare(a.encoded, b.encoded) === 0
}
