import { PkiError } from '../../pki/error.ts'
import { verifySignature } from '../../pki/signature.ts'
import { namesEqual } from '../../pki/x509/name-matching.ts'
import { subjectKeyOf } from '../../pki/x509/subject-key.ts'
import { BoundedCache } from '../../runtime/bounded-cache.ts'
import { type DecodedCertificate, decodedCertificate } from './decoded-certificate.ts'
import type { CertificateReader } from './store/certificate-store.ts'

const MAXIMUM_LEVELS = 8
const MAXIMUM_POOL = 512
const MAXIMUM_SUBJECTS = 1024

/** The certificates a path search may use. */
export interface IssuerPool {
  /** Held certificates that their own key verifies. */
  readonly roots: readonly DecodedCertificate[]
  readonly intermediates: readonly DecodedCertificate[]
}

/** Finds who may stand above a certificate; what the store holds of a subject is read once for each generation. */
export class IssuerPools {
  readonly #store: Pick<CertificateReader, 'bySubject'>
  #generation = -1
  #held = new BoundedCache<readonly DecodedCertificate[]>(MAXIMUM_SUBJECTS)
  readonly #selfSigned = new BoundedCache<boolean>(MAXIMUM_SUBJECTS)

  constructor(store: Pick<CertificateReader, 'bySubject'>) {
    this.#store = store
  }

  /**
   * Every held certificate that can be reached upwards by names, at most 8 levels and 512 certificates, and the CA certificates
   * that came along with the one asked about.
   * @param authorities CA certificates; none of them is a root unless it is held.
   */
  async above(asked: DecodedCertificate, authorities: readonly DecodedCertificate[], generation: number): Promise<IssuerPool> {
    this.#renew(generation)
    const pool = new Map(authorities.map((certificate) => [certificate.fingerprint, certificate]))
    const roots: DecodedCertificate[] = []
    const subjects = new Set<string>()
    let level = [asked, ...authorities]
    for (let depth = 0; depth < MAXIMUM_LEVELS && level.length > 0; depth++) {
      const next: DecodedCertificate[] = []
      for (const held of await this.#issuersOf(level, subjects)) {
        if (roots.length + pool.size === MAXIMUM_POOL) return { roots, intermediates: [...pool.values()] }
        if (this.#isRoot(held)) {
          pool.delete(held.fingerprint)
          roots.push(held)
        } else if (isAuthority(held) && !pool.has(held.fingerprint)) {
          pool.set(held.fingerprint, held)
          next.push(held)
        }
      }
      level = next
    }
    return { roots, intermediates: [...pool.values()] }
  }

  /** What is held under the issuer names of a level, each name looked up once a search. */
  async #issuersOf(level: readonly DecodedCertificate[], subjects: Set<string>): Promise<readonly DecodedCertificate[]> {
    const keys = level.map(({ certificate }) => subjectKeyOf(certificate.issuer)).filter((key) => !subjects.has(key))
    const fresh = [...new Set(keys)]
    for (const key of fresh) subjects.add(key)
    return (await Promise.all(fresh.map((key) => this.#ofSubject(key)))).flat()
  }

  #renew(generation: number): void {
    if (generation === this.#generation) return
    this.#generation = generation
    this.#held = new BoundedCache(MAXIMUM_SUBJECTS)
  }

  async #ofSubject(key: string): Promise<readonly DecodedCertificate[]> {
    const cache = this.#held // of this generation: another may have begun when the store has answered
    const known = cache.get(key)
    if (known) return known
    const held = (await this.#store.bySubject(key)).map(({ der }) => decodedCertificate(der))
    cache.set(key, held)
    return held
  }

  #isRoot(certificate: DecodedCertificate): boolean {
    const known = this.#selfSigned.get(certificate.fingerprint)
    if (known !== undefined) return known
    const selfSigned = isSelfSigned(certificate)
    this.#selfSigned.set(certificate.fingerprint, selfSigned)
    return selfSigned
  }
}

/** Whether its own key verifies it. The names alone tell nothing: another key may bear the same name. */
export function isSelfSigned({ certificate }: DecodedCertificate): boolean {
  const { subject, issuer, signatureAlgorithm, spki, tbs, signature } = certificate
  if (!namesEqual(subject, issuer)) return false
  try {
    return verifySignature(signatureAlgorithm, spki, tbs, signature)
  } catch (error) {
    if (error instanceof PkiError) return false // a key that cannot be used verifies nothing
    throw error
  }
}

/** Whether it may stand above others at all. */
export function isAuthority({ certificate }: DecodedCertificate): boolean {
  return certificate.extensions.basicConstraints?.ca ?? false
}
