import { Spending } from '../../pki/x509/path-budget.ts'
import { subjectKeyOf } from '../../pki/x509/subject-key.ts'
import { EdgeChecks } from '../../pki/x509/verified-edges.ts'
import { type DecodedCertificate, decodedCertificate } from './decoded-certificate.ts'
import { isAuthority, isSelfSigned } from './issuer-pool.ts'
import { mayHaveSigned } from './likely-edges.ts'
import type { CertificatesRoom } from './room.ts'

/** What is looked for at most; the national root has less than a hundred below it. */
const LIMITS = { authorities: 2_000, signatures: 4_000 }

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
  limits: typeof LIMITS = LIMITS,
): Promise<FallingAuthorities> {
  if (!isAuthority(asked) && !isSelfSigned(asked)) return { authorities: [], complete: true }
  const findBelow = candidateFinder({ store, known }, limits.authorities)
  const checks = new EdgeChecks(new Spending({ signatures: limits.signatures }), edges.memory)
  const found = new Map([[asked.fingerprint, asked]])
  let complete = true
  let affordable = limits.signatures
  for (let level: readonly DecodedCertificate[] = [asked]; level.length > 0; ) {
    const { candidates, cut } = await findBelow(level)
    const fresh = candidates.filter(({ authority }) => !found.has(authority.fingerprint))
    const checked = fresh.slice(0, affordable)
    affordable -= checked.length
    await edges.ready(checked.map(edgeOf))
    const signed = checked.filter((one) => checks.verify(one.authority.certificate, one.issuer.certificate) === 'HOLDS')
    const next = new Map(signed.map(({ authority }) => [authority.fingerprint, authority]))
    const fall = [...next.values()].slice(0, limits.authorities - found.size)
    for (const authority of fall) found.set(authority.fingerprint, authority)
    complete &&= !cut && checked.length === fresh.length && fall.length === next.size
    level = fall
  }
  return { authorities: [...found.values()], complete }
}

/** Finds what names any of a level as its issuer: what is held first, each name looked up once. */
function candidateFinder({ store, known }: Pick<CertificatesRoom, 'store' | 'known'>, limit: number) {
  const seen = Map.groupBy(known.seenAuthorities(), ({ certificate }) => subjectKeyOf(certificate.issuer))
  return async (level: readonly DecodedCertificate[]): Promise<{ candidates: readonly Below[]; cut: boolean }> => {
    const byName = [...Map.groupBy(level, ({ certificate }) => subjectKeyOf(certificate.subject))]
    const held: Below[] = []
    let cut = false
    for (const [name, issuers] of byName) {
      const below = await store.authoritiesBelow(name, limit + 1)
      cut ||= below.length > limit
      held.push(...below.flatMap(({ der }) => candidatesUnder(issuers, decodedCertificate(der))))
    }
    const lately = byName.flatMap(([name, issuers]) => (seen.get(name) ?? []).flatMap((one) => candidatesUnder(issuers, one)))
    return { candidates: [...held, ...lately], cut }
  }
}

function candidatesUnder(issuers: readonly DecodedCertificate[], authority: DecodedCertificate): readonly Below[] {
  return issuers
    .filter(({ certificate }) => mayHaveSigned(certificate, authority.certificate))
    .map((issuer) => ({ authority, issuer }))
}

function edgeOf({ authority, issuer }: Below) {
  return { certificate: authority.certificate, issuer: issuer.certificate }
}
