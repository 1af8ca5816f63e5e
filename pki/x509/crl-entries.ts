import { type DerReader, openDer } from '../der/reader.ts'
import { PkiError } from '../error.ts'
import { type CrlEntry, certificateIssuerOf, decodeCrlEntry, decodeEntryExtensions } from './crl-entry.ts'
import type { Name } from './name.ts'
import { namesEqual } from './name-matching.ts'
import { decodeTime } from './validity.ts'

const MAXIMUM_ENTRIES = 2_000_000
const NONE = 0xffffffff
const PIECE = 1_000

interface Index {
  readonly count: number
  /** Entry n lies in `bytes` from `starts[n]` to `starts[n + 1]`. */
  readonly starts: Uint32Array
  /** Which of `issuers` entry n speaks of. */
  readonly issuerOf: Uint16Array
  readonly issuers: readonly Name[]
  /** First entry of each hash bucket, and the one after each entry in its bucket. */
  readonly buckets: Uint32Array
  readonly next: Uint32Array
}

/**
 * The revoked certificates of a CRL. They are walked once, when first asked about, into an index by serial number;
 * an entry is read in full only when it is found. Every method throws PkiError DER, STRUCTURE (also for a critical entry
 * extension nobody here understands) or TOO_LARGE (over 2 million entries) when the walk fails.
 */
export class CrlEntries implements Iterable<CrlEntry> {
  readonly #bytes: Uint8Array | null
  readonly #crlIssuer: Name
  readonly #version: 1 | 2
  #index: Index | null = null

  /** @param bytes the TLV of revokedCertificates, null when absent. */
  constructor(bytes: Uint8Array | null, crlIssuer: Name, version: 1 | 2) {
    this.#bytes = bytes
    this.#crlIssuer = crlIssuer
    this.#version = version
  }

  get count(): number {
    return this.#walked().count
  }

  /** Whether any entry names a certificate issuer of its own, as only those of an indirect CRL may (RFC 5280 5.3.3). */
  get nameIssuers(): boolean {
    return this.#walked().issuers.length > 1
  }

  /** Whose certificates are listed: the CRL's own issuer, then every other that an entry names (RFC 5280 5.3.3). */
  get issuers(): readonly Name[] {
    return this.#walked().issuers
  }

  /**
   * The entry of a certificate, null when it is not listed.
   * @param serialNumber lower-case hex of the INTEGER's content octets.
   * @param issuer who issued the certificate; entries of an indirect CRL that speak of others are passed over.
   */
  find(serialNumber: string, issuer: Name = this.#crlIssuer): CrlEntry | null {
    const { starts, issuerOf, issuers, buckets, next } = this.#walked()
    const serial = Buffer.from(serialNumber, 'hex')
    let entry = buckets[hashOf(serial) & (buckets.length - 1)] ?? NONE
    for (; entry !== NONE; entry = next[entry] ?? NONE) {
      const named = issuers[issuerOf[entry] ?? 0]
      const encoded = this.#slice(starts, entry)
      if (named && Buffer.compare(openDer(encoded).sequence().integerBytes(), serial) === 0 && namesEqual(named, issuer))
        return decodeCrlEntry(encoded)
    }
    return null
  }

  /** Every entry, in the order of the list, whoever issued the certificate. */
  *[Symbol.iterator](): Generator<CrlEntry> {
    const { count, starts } = this.#walked()
    for (let entry = 0; entry < count; entry++) yield decodeCrlEntry(this.#slice(starts, entry))
  }

  /** Every entry with who issued the certificate, in the order of the list. */
  *withIssuers(): Generator<readonly [entry: CrlEntry, issuer: Name]> {
    const { count, starts, issuerOf, issuers } = this.#walked()
    for (let entry = 0; entry < count; entry++)
      yield [decodeCrlEntry(this.#slice(starts, entry)), issuers[issuerOf[entry] ?? 0] ?? this.#crlIssuer]
  }

  #slice(starts: Uint32Array, entry: number): Uint8Array {
    return (this.#bytes ?? new Uint8Array()).subarray(starts[entry], starts[entry + 1])
  }

  /**
   * Walks the list piece by piece, 1,000 entries at a time, so that others can have their turn in between; whoever asks without
   * having walked it waits for the whole.
   */
  *walk(): Generator<undefined, void> {
    this.#index ??= this.#bytes === null ? EMPTY : yield* this.#walk(this.#bytes)
  }

  #walked(): Index {
    const walk = this.walk()
    while (this.#index === null) walk.next()
    return this.#index
  }

  *#walk(bytes: Uint8Array): Generator<undefined, Index> {
    const list = openDer(bytes).sequence()
    const starts: number[] = []
    const hashes: number[] = []
    const issuers: Name[] = [this.#crlIssuer]
    const issuerOf: number[] = []
    let position = bytes.length - openDer(bytes).any().content.length
    while (!list.isEmpty()) {
      if (starts.length === MAXIMUM_ENTRIES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_ENTRIES} revoked certificates`)
      const fields = list.sequence()
      starts.push(position)
      position += fields.encoded.length
      hashes.push(hashOf(fields.integerBytes()))
      const issuer = this.#walkEntry(fields)
      if (issuer && issuers.push(issuer) > 0xffff) throw new PkiError('TOO_LARGE', 'over 65,535 certificate issuers')
      issuerOf.push(issuers.length - 1)
      if (starts.length % PIECE === 0) yield
    }
    starts.push(position)
    return {
      count: hashes.length,
      starts: Uint32Array.from(starts),
      issuerOf: Uint16Array.from(issuerOf),
      issuers,
      ...link(hashes),
    }
  }

  /** The issuer the entry names for itself and those after it (RFC 5280 5.3.3). */
  #walkEntry(fields: DerReader): Name | null {
    decodeTime(fields)
    if (fields.isEmpty()) return null
    if (this.#version === 1) throw new PkiError('STRUCTURE', 'entry extensions in a version 1 CRL')
    return certificateIssuerOf(decodeEntryExtensions(fields))
  }
}

const EMPTY: Index = {
  count: 0,
  starts: Uint32Array.of(0),
  issuerOf: new Uint16Array(),
  issuers: [],
  buckets: Uint32Array.of(NONE),
  next: new Uint32Array(),
}

function link(hashes: readonly number[]): Pick<Index, 'buckets' | 'next'> {
  const buckets = new Uint32Array(2 ** Math.ceil(Math.log2(hashes.length + 1))).fill(NONE)
  const next = new Uint32Array(hashes.length)
  for (let entry = hashes.length - 1; entry >= 0; entry--) {
    const bucket = (hashes[entry] ?? 0) & (buckets.length - 1)
    next[entry] = buckets[bucket] ?? NONE
    buckets[bucket] = entry
  }
  return { buckets, next }
}

/** FNV-1a over the octets. A CA that fills one bucket only slows its own list down, within the bound on entries. */
function hashOf(octets: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const octet of octets) hash = Math.imul(hash ^ octet, 0x01000193)
  return hash >>> 0
}
