import { PkiError } from '../error.ts'

const MIB = 1024 * 1024

/** What an outsider may feed. Sizes in bytes, all else in pieces. */
export const PDF_LIMITS = {
  file: 50 * MIB,
  /** Sections of the cross-reference chain, hybrid ones included; so there are no more revisions either. */
  sections: 256,
  entries: 500_000,
  /** ISO 32000-2 annex C: the largest object number. */
  objectNumber: 8_388_607,
  endMarkers: 1024,
  signatures: 64,
  fields: 10_000,
  pages: 50_000,
  annotations: 100_000,
  depth: 64,
  name: 1024,
  /** XMP, expanded. */
  metadata: 1 * MIB,
  /** Certificates, CRLs and OCSP responses of a document security store, each. */
  stored: 1024,
  storedCertificate: 1 * MIB,
  /** CRLs and OCSP responses of a document security store that are looked at, and how large they may be together. */
  storedRevocations: 32,
  storedRevocationBytes: 4 * MIB,
  string: 16 * MIB,
  dictionary: 65_536,
  /** Values inside one object. */
  values: 1_000_000,
} as const

/** What reading one document may cost in all, in bytes. */
const COSTS = {
  /** Object syntax read, again and again where views differ. */
  parsed: 128 * MIB,
  /** Streams expanded. */
  inflated: 128 * MIB,
  /** Bytes put through a digest or signature. */
  digested: 512 * MIB,
  /** References followed, four bytes each. */
  followed: 16 * MIB,
} as const

/** Finding an object costs something, however small it is. In bytes parsed. */
export const COST_OF_LOADING = 64

/** Holds the cost of reading one document within bounds. */
export class PdfBudget {
  readonly #left: Record<keyof typeof COSTS, number> = { ...COSTS }

  /** What is left, at least 0. */
  left(kind: keyof typeof COSTS): number {
    return this.#left[kind]
  }

  /** @throws PkiError TOO_LARGE when there is not that much left. */
  spend(kind: keyof typeof COSTS, bytes: number): void {
    if (bytes > this.#left[kind]) throw new PkiError('TOO_LARGE', `over ${COSTS[kind]} bytes ${kind}`)
    this.#left[kind] -= bytes
  }

  /** Reads something; where that fails, as much is spent as it may have read. @throws what `read` throws, PkiError TOO_LARGE */
  chargeFailure<Value>(bytes: number, read: () => Value): Value {
    try {
      return read()
    } catch (cause) {
      this.spend('parsed', Math.max(bytes, 0))
      throw cause
    }
  }
}

/** Demands that there are no more than a limit. @throws PkiError TOO_LARGE */
export function withinPdf(limit: keyof typeof PDF_LIMITS, count: number): void {
  if (count > PDF_LIMITS[limit]) throw new PkiError('TOO_LARGE', `over ${PDF_LIMITS[limit]} (${limit})`)
}

/** Whether a refusal is about size and not about what the bytes say. */
export function isRefusedForSize({ code }: PkiError): boolean {
  return code === 'TOO_LARGE' || code === 'TOO_DEEP'
}
