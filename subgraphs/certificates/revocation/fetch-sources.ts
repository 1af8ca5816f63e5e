import { setImmediate } from 'node:timers/promises'
import type { Instant } from '../../../model/time.ts'
import type { DistributionPoint } from '../../../pki/x509/extension-distribution.ts'
import type { GeneralName } from '../../../pki/x509/general-name.ts'
import { isSourceUrl } from '../../../runtime/fetch/url.ts'
import { type DecodedCertificate, decodedCertificate } from '../decoded-certificate.ts'
import type { CertificateStore } from '../store/certificate-store.ts'
import type { SourceKey } from '../store/source-store.ts'

/** id-ad-ocsp, RFC 5280 §4.2.2.1. */
const OCSP = '1.3.6.1.5.5.7.48.1'
const MAXIMUM_OF_ONE = 8
const MAXIMUM_SOURCES = 10_000
const AT_ONCE = 500

/** Finds the sources that certificates held name, each certificate looked at once in the life of this object. */
export class SourceDiscovery {
  readonly #store: Pick<CertificateStore, 'takenInAfter' | 'addSources'>
  readonly #configured: readonly string[]
  /** Position of the last certificate looked at; -1 before the configured URLs were entered. */
  #position = -1

  constructor(store: Pick<CertificateStore, 'takenInAfter' | 'addSources'>, configured: readonly string[]) {
    this.#store = store
    this.#configured = configured
  }

  /** Enters what is new, due at once. At most 10,000 sources are known at any time. */
  async run(now: Instant): Promise<void> {
    if (this.#position < 0) await this.#add(this.#configured.map(crlSource), now)
    this.#position = Math.max(0, this.#position)
    for (;;) {
      const held = await this.#store.takenInAfter(this.#position, AT_ONCE)
      const current = held.filter(({ notAfter }) => notAfter >= now)
      await this.#add(
        current.flatMap(({ der }) => sourcesOf(decodedCertificate(der))),
        now,
      )
      this.#position = held.at(-1)?.position ?? this.#position
      if (held.length < AT_ONCE) return
      await setImmediate() // many certificates must not keep others from their turn
    }
  }

  async #add(sources: readonly SourceKey[], now: Instant): Promise<void> {
    if (sources.length > 0) await this.#store.addSources(sources, now, MAXIMUM_SOURCES)
  }
}

/** Where a certificate says that its revocation is told: CRL distribution points, freshest CRLs, OCSP responders; at most 8 of each. */
export function sourcesOf({ certificate, fingerprint }: DecodedCertificate): readonly SourceKey[] {
  const { crlDistributionPoints, freshestCrl, authorityInfoAccess } = certificate.extensions
  const lists = [...(crlDistributionPoints ?? []), ...(freshestCrl ?? [])].flatMap(urlsOf)
  const responders = (authorityInfoAccess ?? [])
    .filter(({ method }) => method === OCSP)
    .flatMap(({ location }) => urlOf(location))
    .filter((url) => url.startsWith('http'))
  return [
    ...distinct(lists).map(crlSource),
    ...distinct(responders).map((url): SourceKey => ({ kind: 'OCSP', url, certificate: fingerprint })),
  ]
}

function crlSource(url: string): SourceKey {
  return { kind: 'CRL', url, certificate: '' }
}

function distinct(urls: readonly string[]): readonly string[] {
  return [...new Set(urls)].slice(0, MAXIMUM_OF_ONE)
}

function urlsOf({ name }: DistributionPoint): readonly string[] {
  return name && 'fullName' in name ? name.fullName.flatMap(urlOf) : []
}

function urlOf(name: GeneralName): readonly string[] {
  return name.kind === 'uniformResourceIdentifier' && isSourceUrl(name.text) ? [new URL(name.text).href] : []
}
