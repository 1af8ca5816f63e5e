import { PkiError } from '../error.ts'
import { type Certificate, decodeCertificate } from './certificate.ts'
import { nameKey } from './name-matching.ts'
import type { Spending } from './path-budget.ts'

/** A certificate as received, or already read. */
export type CertificateInput = Uint8Array | Certificate

/** A certificate that may be the issuer of another. */
export interface Candidate {
  readonly certificate: Certificate
  readonly isAnchor: boolean
}

/** The certificates of one search, found by their subject. */
export class PathPool {
  readonly #bySubject = new Map<string, Candidate[]>()
  readonly #anchors = new Set<string>()
  readonly #held = new Set<string>()

  /** What cannot be read is left out: it can be nobody's issuer. @throws PkiError BUDGET */
  constructor(anchors: readonly CertificateInput[], intermediates: readonly CertificateInput[], spending: Spending) {
    spending.spend('certificates', anchors.length + intermediates.length)
    for (const certificate of readAll(anchors)) this.#add(certificate, true)
    for (const certificate of readAll(intermediates)) this.#add(certificate, false)
  }

  isAnchor(certificate: Certificate): boolean {
    return this.#anchors.has(bytesKey(certificate.encoded))
  }

  /** Certificates of a subject, anchors first. */
  ofSubject(subject: string): readonly Candidate[] {
    return this.#bySubject.get(subject) ?? []
  }

  /** Who may have issued a certificate, the likeliest first: by key identifier, then anchors, then the newest. */
  issuersOf(certificate: Certificate): readonly Candidate[] {
    const candidates = this.ofSubject(nameKey(certificate.issuer))
    if (candidates.length < 2) return candidates
    const wanted = keyIdentifier(() => certificate.extensions.authorityKeyIdentifier?.keyIdentifier ?? null)
    const rank = ({ certificate: issuer, isAnchor }: Candidate) => {
      const own = keyIdentifier(() => issuer.extensions.subjectKeyIdentifier)
      const likeness = wanted === null || own === null ? 1 : wanted === own ? 2 : 0
      return likeness * 2 + (isAnchor ? 1 : 0)
    }
    return [...candidates].sort(
      (a, b) => rank(b) - rank(a) || b.certificate.validity.notBefore - a.certificate.validity.notBefore,
    )
  }

  #add(certificate: Certificate, isAnchor: boolean): void {
    const key = bytesKey(certificate.encoded)
    if (this.#held.has(key)) return
    this.#held.add(key)
    if (isAnchor) this.#anchors.add(key)
    const subject = nameKey(certificate.subject)
    const others = this.#bySubject.get(subject)
    if (others) others.push({ certificate, isAnchor })
    else this.#bySubject.set(subject, [{ certificate, isAnchor }])
  }
}

/** Reads a certificate unless it is read already; null when it cannot be. */
export function readCertificate(input: CertificateInput): Certificate | null {
  if (!(input instanceof Uint8Array)) return input
  try {
    return decodeCertificate(input)
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}

function readAll(inputs: readonly CertificateInput[]): readonly Certificate[] {
  return inputs.map(readCertificate).filter((certificate) => certificate !== null)
}

function bytesKey(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

/** A hint for the order of the search only; a malformed one is found out when the certificate is checked. */
function keyIdentifier(read: () => Uint8Array | null): string | null {
  try {
    const identifier = read()
    return identifier && Buffer.from(identifier).toString('hex')
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}
