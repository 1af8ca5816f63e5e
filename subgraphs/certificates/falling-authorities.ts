import { Spending } from '../../pki/x509/path-budget.ts'
import { subjectKeyOf } from '../../pki/x509/subject-key.ts'
import { EdgeChecks } from '../../pki/x509/verified-edges.ts'
import { type DecodedCertificate, decodedCertificate } from './decoded-certificate.ts'
import { isAuthority, isSelfSigned } from './issuer-pool.ts'
import { mayHaveSigned } from './likely-edges.ts'
import type { CertificatesRoom } from './room.ts'

/** So many fall at most; the national root has less than a hundred below it. */
const MAXIMUM_AUTHORITIES = 2_000
const MAXIMUM_SIGNATURES = 4_000

export interface FallingAuthorities {
  /** The certificate itself, if it may issue, and every CA certificate known below it. */
  readonly authorities: readonly DecodedCertificate[]
  /** False: there are more than were looked for. */
  readonly complete: boolean
}

interface Below {
  readonly authority: DecodedCertificate
  readonly issuer: DecodedCertificate
}

/**
 * Every CA certificate held or seen lately that the key of a certificate signed, and so on down. Names and key identifiers find
 * them, the signature decides: what a stranger sent in under a borrowed name adds nothing. Another path may still hold one up.
 */
export async function fallingAuthorities(
  asked: DecodedCertificate,
  { store, known, edges }: Pick<CertificatesRoom, 'store' | 'known' | 'edges'>,
): Promise<FallingAuthorities> {
  if (!isAuthority(asked) && !isSelfSigned(asked)) return { authorities: [], complete: true }
  const seen = Map.groupBy(known.seenAuthorities(), ({ certificate }) => subjectKeyOf(certificate.issuer))
  const checks = new EdgeChecks(new Spending({ signatures: MAXIMUM_SIGNATURES }), edges.memory)
  const found = new Map([[asked.fingerprint, asked]])

  async function candidatesBelow(issuer: DecodedCertificate): Promise<readonly Below[]> {
    const name = subjectKeyOf(issuer.certificate.subject)
    const held = (await store.authoritiesBelow(name, MAXIMUM_AUTHORITIES + 1)).map(({ der }) => decodedCertificate(der))
    return [...held, ...(seen.get(name) ?? [])]
      .filter((authority) => !found.has(authority.fingerprint) && mayHaveSigned(issuer.certificate, authority.certificate))
      .map((authority) => ({ authority, issuer }))
  }

  let candidates = 0
  for (let level: readonly DecodedCertificate[] = [asked]; level.length > 0; ) {
    const below: Below[] = []
    for (const issuer of level) below.push(...(await candidatesBelow(issuer)))
    candidates += below.length
    if (candidates > MAXIMUM_SIGNATURES) return { authorities: [...found.values()], complete: false }
    await edges.ready(below.map(edgeOf))
    const next = below.filter((one) => checks.verify(one.authority.certificate, one.issuer.certificate) === 'HOLDS')
    const fresh = new Map(next.map(({ authority }) => [authority.fingerprint, authority]))
    for (const [fingerprint, authority] of fresh) {
      if (found.size === MAXIMUM_AUTHORITIES) return { authorities: [...found.values()], complete: false }
      found.set(fingerprint, authority)
    }
    level = [...fresh.values()]
  }
  return { authorities: [...found.values()], complete: true }
}

function edgeOf({ authority, issuer }: Below) {
  return { certificate: authority.certificate, issuer: issuer.certificate }
}
