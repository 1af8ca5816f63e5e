import { createHash } from 'node:crypto'
import type { Certificate } from '../../../pki/x509/certificate.ts'
import { fullNames } from '../../../pki/x509/crl-scope.ts'
import type { DistributionPointName } from '../../../pki/x509/extension-distribution.ts'
import type { GeneralName } from '../../../pki/x509/general-name.ts'
import type { Name } from '../../../pki/x509/name.ts'
import { nameKey } from '../../../pki/x509/name-matching.ts'

/** The names a CRL's own distribution point has, as the store finds series by; empty where it names none. */
export function crlPointsOf(name: DistributionPointName | null, issuer: Name): readonly string[] {
  return distinct(name === null ? [] : fullNames(name, issuer))
}

/**
 * Every name under which a CRL about a certificate may stand: those of its distribution points, of the CRL issuers these name, and of
 * its own issuer. An authority may publish thousands of lists, each for a few certificates; only these are looked at.
 */
export function pointsAbout({ extensions, issuer }: Certificate): readonly string[] {
  const named = (extensions.crlDistributionPoints ?? []).flatMap(({ name, crlIssuer }) => {
    const issuers = crlIssuer ?? []
    const first = issuers.find((one) => one.kind === 'directoryName')
    return [...(name ? fullNames(name, first?.name ?? issuer) : []), ...issuers]
  })
  return distinct([...named, { kind: 'directoryName', name: issuer }])
}

function distinct(names: readonly GeneralName[]): readonly string[] {
  return [...new Set(names.flatMap(keyOf))]
}

/** Names nobody compares lead nowhere. */
function keyOf(name: GeneralName): readonly string[] {
  if (name.kind === 'directoryName') return [hashOf(`directoryName ${nameKey(name.name)}`)]
  return 'text' in name ? [hashOf(`${name.kind} ${name.text}`)] : []
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
