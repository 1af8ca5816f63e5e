import { EVIDENCE_CLOCK_SKEW_MS } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import type { Certificate } from '../../../pki/x509/certificate.ts'
import type { CertificateRevocationList } from '../../../pki/x509/crl.ts'
import { type CrlFault, type CrlFaultCode, verifyCrl } from '../../../pki/x509/crl-verification.ts'
import { EXTENSION } from '../../../pki/x509/extension.ts'
import { formatName } from '../../../pki/x509/name.ts'
import { subjectKeyOf } from '../../../pki/x509/subject-key.ts'
import { decodedCertificate } from '../decoded-certificate.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { CertificateStore, CrlHead, CrlSeries, HeldCrl } from '../store/certificate-store.ts'
import { linesOf } from './crl-lines.ts'
import { crlPointsOf } from './crl-points.ts'
import { crlAuthorityOf, crlSeriesOf } from './crl-series.ts'

export interface AdmissionPorts {
  readonly store: CertificateStore
  readonly now: () => Instant
}

/**
 * The one way in for a CRL (RFC 5280 §5, §6.3.3), complete or delta, of the whole or of a limited scope, direct or indirect: signed
 * by the key of an issuer held that may sign CRLs, not dated in the future, newer than every one held of the same series, a delta
 * with its base held, and readable to its last entry. Of whose certificates an indirect one may speak is judged where it is used.
 * @returns what is now held, or why it was refused; nothing is stored then.
 * @throws PkiError DER, STRUCTURE, TOO_LARGE when an extension or entry cannot be read.
 */
export async function admitCrl(
  { digest, crl }: { readonly digest: string; readonly crl: CertificateRevocationList },
  { store, now }: AdmissionPorts,
): Promise<HeldCrl | Refusal> {
  const unfit = refuseUnfit(crl, now())
  if (unfit) return unfit
  const held = await store.bySubject(subjectKeyOf(crl.issuer))
  const issuer = signerAmong(
    held.map(({ der }) => decodedCertificate(der).certificate),
    crl,
  )
  if ('code' in issuer) return issuer
  const scope = seriesIn(crl, issuer)
  const newest = await store.newestCrl(scope.series)
  const kind = kindOf(crl)
  const [complete, alike] = await Promise.all([store.newestCrl(scope.series, 'COMPLETE'), store.newestCrl(scope.series, kind)])
  const base = kind === 'DELTA' ? complete : null
  const unfitting = refuseBase(crl, base) ?? refuseOlder(crl, newest, alike)
  if (unfitting) return unfitting
  const added = await store.addCrl(
    {
      head: headOf(digest, scope.series, crl),
      scope,
      bytes: crl.encoded,
      lines: linesOf(crl),
      after: newest?.digest ?? null,
      base: base?.digest ?? null,
    },
    now(),
  )
  return added ?? refuse('CONFLICT', '导入期间同一系列有新的 CRL', 'another CRL of the series came in between')
}

/** The head of a CRL as it would be held. @throws PkiError DER, STRUCTURE for a malformed number */
export function headOf(digest: string, series: string, crl: CertificateRevocationList): CrlHead {
  const { issuer, thisUpdate, nextUpdate, extensions } = crl
  return {
    digest,
    series,
    kind: kindOf(crl),
    issuer: formatName(issuer),
    number: (extensions.crlNumber ?? 0n).toString(16),
    thisUpdate,
    nextUpdate,
  }
}

/** What no CRL may be, whoever signed it: of attribute certificates, dated in the future, or with dates that contradict one another. */
export function refuseUnfit(crl: CertificateRevocationList, now: Instant): Refusal | null {
  return refuseKind(crl) ?? refuseDates(crl, now)
}

/** The series a CRL stands in, signed by that issuer. @throws PkiError DER, STRUCTURE for a malformed distribution point */
export function seriesIn(crl: CertificateRevocationList, { spki }: Certificate): CrlSeries {
  const { issuingDistributionPoint: point, all } = crl.extensions
  const encoded = all.get(EXTENSION.issuingDistributionPoint)?.value ?? null
  return crlSeriesOf(crlAuthorityOf(crl.issuer, spki), encoded, crlPointsOf(point?.name ?? null, crl.issuer))
}

function refuseKind({ extensions }: CertificateRevocationList): Refusal | null {
  const point = extensions.issuingDistributionPoint
  if (point?.onlyContainsAttributeCerts)
    return refuse('UNSUPPORTED', '不接受属性证书的 CRL', 'CRLs of attribute certificates are not taken in')
  return null
}

function refuseDates({ thisUpdate, nextUpdate }: CertificateRevocationList, now: Instant): Refusal | null {
  if (thisUpdate > now + EVIDENCE_CLOCK_SKEW_MS) return refuse('FUTURE', '签发时间在未来', 'dated in the future')
  if (nextUpdate !== null && nextUpdate < thisUpdate)
    return refuse('STRUCTURE', '下次更新早于本次更新', 'its next update is before its own date')
  return null
}

/** The certificate among those of the CRL's issuer name that made it and may; otherwise the most telling of their faults. */
export function signerAmong(certificates: readonly Certificate[], crl: CertificateRevocationList): Certificate | Refusal {
  let fault: CrlFault | null = null
  for (const certificate of certificates) {
    const found = verifyCrl(crl, certificate)
    if (found === null) return certificate
    if (fault === null || OTHER_KEY.has(fault.code)) fault = found
  }
  if (fault) return { code: fault.code, reason: fault.detail }
  return refuse('ISSUER_NOT_HELD', '未持有签发者证书，请先导入', "the issuer's certificate is not held; import it first")
}

/** Faults that only say that another certificate of the name made it. */
const OTHER_KEY: ReadonlySet<CrlFaultCode> = new Set<CrlFaultCode>(['ISSUER_NAME', 'ISSUER_KEY', 'SIGNATURE'])

/** RFC 5280 §5.2.4: a delta follows a complete CRL of the same scope, numbered at least as its base and not above itself. */
function refuseBase({ extensions }: CertificateRevocationList, base: HeldCrl | null): Refusal | null {
  const from = extensions.baseCrlNumber
  if (from === null) return null
  const held = base && numberOf(base)
  if (held !== null && from <= held && held <= (extensions.crlNumber ?? 0n)) return null
  return refuse('BASE_NOT_HELD', `未持有第 ${from} 号或之后的完整 CRL`, `no complete CRL from number ${from} on is held`)
}

/**
 * Within a series the number rises (RFC 5280 §5.2.3) and the date does not fall. A complete CRL and a delta issued together have
 * one number and one word (RFC 5280 §5.2.4); two of a kind never have.
 */
function refuseOlder(crl: CertificateRevocationList, newest: HeldCrl | null, alike: HeldCrl | null): Refusal | null {
  if (newest === null) return null
  const number = crl.extensions.crlNumber ?? -1n
  const newestNumber = numberOf(newest)
  if (number < newestNumber || crl.thisUpdate < newest.thisUpdate)
    return refuse('STALE', `早于已持有的第 ${newestNumber} 号 CRL`, `older than the CRL held, number ${newestNumber}`)
  if (alike === null || number > numberOf(alike)) return null
  return refuse(
    'CONFLICT',
    `与已持有的第 ${number} 号 CRL 同号而内容不同`,
    `of the number ${number} already held, but with other content`,
  )
}

function kindOf({ extensions }: CertificateRevocationList): CrlHead['kind'] {
  return extensions.baseCrlNumber === null ? 'COMPLETE' : 'DELTA'
}

function numberOf({ number }: HeldCrl): bigint {
  return BigInt(`0x${number}`)
}
