import type { CertificateRevocationList } from './crl.ts'
import type { CrlEntry } from './crl-entry.ts'
import type { CrlFault } from './crl-verification.ts'
import { EXTENSION } from './extension.ts'
import { ALL_REASONS, type ReasonFlag } from './extension-distribution.ts'
import { nameKey } from './name-matching.ts'
import type { Detail } from './verdict.ts'

/** A CRL that was verified, with what it says of the certificate, and the reasons for which it speaks of it at all. */
export interface UsableCrl {
  readonly crl: CertificateRevocationList
  /** Null: not listed. */
  readonly entry: CrlEntry | null
  readonly reasons: ReadonlySet<ReasonFlag>
}

export type CrlStatus =
  | { readonly status: 'GOOD'; readonly detail: Detail }
  | { readonly status: 'REVOKED'; readonly detail: Detail }
  /** `doubtful`: something was handed in that should have told, and cannot be used. */
  | { readonly status: 'UNKNOWN'; readonly doubtful: boolean; readonly detail: Detail }

/**
 * What CRLs say of a certificate at a time (RFC 5280 §6.3.3). Revoked on the word of any one of them, current or not;
 * good only when current ones, complete or completed by a delta, cover every reason.
 * @param at UTC milliseconds
 * @param faults of CRLs that were meant to tell and could not be used
 */
export function statusByCrls(usable: readonly UsableCrl[], at: number, faults: readonly CrlFault[]): CrlStatus {
  const complete = usable.filter(({ crl }) => crl.extensions.baseCrlNumber === null)
  const deltas = usable.filter(({ crl }) => crl.extensions.baseCrlNumber !== null)
  for (const { crl, entry } of usable) {
    if (entry !== null && counts(entry, crl, at) && !isLifted(entry, crl, { complete, deltas, at })) return revoked(entry)
  }
  const covered = new Set<ReasonFlag>()
  for (const { crl, reasons } of complete) {
    if (
      isCurrent(crl, at) ||
      deltas.some((delta) => isCurrent(delta.crl, at) && crl.thisUpdate <= at && completes(delta.crl, crl))
    )
      for (const reason of reasons) covered.add(reason)
  }
  if (ALL_REASONS.every((reason) => covered.has(reason))) return { status: 'GOOD', detail: { zh: '未吊销', en: 'not revoked' } }
  return { status: 'UNKNOWN', doubtful: faults.length > 0, detail: whyUnknown(usable, at, faults) }
}

/** A CRL of its time tells of every entry; one issued after `at` only of what was revoked by then. "Removed" is no revocation. */
function counts(entry: CrlEntry, crl: CertificateRevocationList, at: number): boolean {
  if (entry.reason === 'removeFromCRL') return crl.extensions.baseCrlNumber === null // means nothing in a complete CRL: not good
  return crl.thisUpdate <= at || entry.revokedAt <= at
}

interface Evidence {
  readonly complete: readonly UsableCrl[]
  readonly deltas: readonly UsableCrl[]
  readonly at: number
}

/** A hold, and nothing else, is lifted by a later word on the same scope: a delta that removes it, a complete CRL without it. */
function isLifted(entry: CrlEntry, by: CertificateRevocationList, { complete, deltas, at }: Evidence): boolean {
  if (entry.reason !== 'certificateHold') return false
  const later = ({ crl }: UsableCrl) => isCurrent(crl, at) && sameScope(crl, by) && numberOf(crl) > numberOf(by)
  return (
    complete.some((one) => later(one) && one.entry === null) ||
    deltas.some((one) => later(one) && one.entry?.reason === 'removeFromCRL')
  )
}

function isCurrent(crl: CertificateRevocationList, at: number): boolean {
  return crl.thisUpdate <= at && crl.nextUpdate !== null && at <= crl.nextUpdate
}

/** RFC 5280 §5.2.4: a delta completes a CRL of the same scope whose number is at least its base and below its own. */
function completes(delta: CertificateRevocationList, base: CertificateRevocationList): boolean {
  const from = delta.extensions.baseCrlNumber
  return from !== null && numberOf(base) >= from && numberOf(base) < numberOf(delta) && sameScope(delta, base)
}

/** Same issuer and key, same distribution point, kinds and reasons. */
function sameScope(a: CertificateRevocationList, b: CertificateRevocationList): boolean {
  const sameBytes = (oid: string) => {
    const [one, other] = [a.extensions.all.get(oid)?.value, b.extensions.all.get(oid)?.value]
    return one && other ? Buffer.compare(one, other) === 0 : one === other
  }
  return (
    nameKey(a.issuer) === nameKey(b.issuer) &&
    sameBytes(EXTENSION.issuingDistributionPoint) &&
    sameBytes(EXTENSION.authorityKeyIdentifier)
  )
}

/** A usable CRL has a number (RFC 5280 5.2.3); without one it would be before all others. */
function numberOf({ extensions }: CertificateRevocationList): bigint {
  return extensions.crlNumber ?? -1n
}

function revoked({ revokedAt, reason }: CrlEntry): CrlStatus {
  const since = new Date(revokedAt).toISOString()
  return { status: 'REVOKED', detail: { zh: `已于 ${since} 吊销（${reason}）`, en: `revoked ${since} (${reason})` } }
}

function whyUnknown(usable: readonly UsableCrl[], at: number, faults: readonly CrlFault[]): Detail {
  const [fault] = faults
  if (fault) return fault.detail
  if (usable.length === 0) return { zh: '没有说明该证书的 CRL', en: 'no CRL speaks of this certificate' }
  if (usable.every(({ crl }) => crl.thisUpdate > at))
    return { zh: 'CRL 签发于所问时间之后', en: 'the CRLs were issued after the time asked about' }
  if (!usable.some(({ crl }) => isCurrent(crl, at)))
    return { zh: 'CRL 已过下次更新时间', en: 'the CRLs are past their next update' }
  return { zh: 'CRL 没有涵盖所有吊销原因', en: 'the CRLs do not cover every reason' }
}
