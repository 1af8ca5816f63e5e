import { EVIDENCE_CLOCK_SKEW_MS } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import { PkiError } from '../../../pki/error.ts'
import type { Certificate } from '../../../pki/x509/certificate.ts'
import type { CertificateRevocationList } from '../../../pki/x509/crl.ts'
import { type CrlFault, type CrlFaultCode, verifyCrl } from '../../../pki/x509/crl-verification.ts'
import { formatName } from '../../../pki/x509/name.ts'
import { decodedCertificate } from '../decoded-certificate.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { CertificateStore, CrlLine, HeldCrl } from '../store/certificate-store.ts'
import { subjectKeyOf } from '../subject-key.ts'
import { crlSeriesOf } from './crl-series.ts'

export interface AdmissionPorts {
  readonly store: CertificateStore
  readonly now: () => Instant
}

/**
 * The one way in for a CRL (RFC 5280 §5, §6.3.3): of a kind taken in, signed by the key of an issuer held that may sign CRLs,
 * not dated in the future, newer than every one held of the same series, and readable to its last entry.
 * @returns what is now held, or why it was refused; nothing is stored then.
 * @throws PkiError DER, STRUCTURE, TOO_LARGE when an extension or entry cannot be read.
 */
export async function admitCrl(
  { digest, crl }: { readonly digest: string; readonly crl: CertificateRevocationList },
  { store, now }: AdmissionPorts,
): Promise<HeldCrl | Refusal> {
  const unfit = refuseKind(crl) ?? refuseDates(crl, now())
  if (unfit) return unfit
  const issuer = await signerOf(crl, store)
  if ('code' in issuer) return issuer
  const series = crlSeriesOf(crl.issuer, issuer.spki)
  const newest = await store.newestCrl(series)
  const late = newest && refuseOlder(crl, newest)
  if (late) return late
  const number = (crl.extensions.crlNumber ?? 0n).toString(16)
  const { thisUpdate, nextUpdate } = crl
  const head = { digest, series, issuer: formatName(crl.issuer), number, thisUpdate, nextUpdate }
  const added = await store.addCrl({ head, bytes: crl.encoded, lines: linesOf(crl), after: newest?.digest ?? null }, now())
  return added ?? refuse('CONFLICT', '导入期间同一系列有新的 CRL', 'another CRL of the series came in between')
}

/** Delta CRLs and CRLs of partial scope would clear certificates they do not speak of, were they read as complete ones. */
function refuseKind({ extensions }: CertificateRevocationList): Refusal | null {
  if (extensions.baseCrlNumber !== null) return refuse('UNSUPPORTED', '尚不支持增量 CRL', 'delta CRLs are not taken in yet')
  if (extensions.issuingDistributionPoint !== null)
    return refuse(
      'UNSUPPORTED',
      '尚不支持限定范围的 CRL',
      'CRLs of partial scope (issuing distribution point) are not taken in yet',
    )
  return null
}

function refuseDates({ thisUpdate, nextUpdate }: CertificateRevocationList, now: Instant): Refusal | null {
  if (thisUpdate > now + EVIDENCE_CLOCK_SKEW_MS) return refuse('FUTURE', '签发时间在未来', 'dated in the future')
  if (nextUpdate !== null && nextUpdate < thisUpdate)
    return refuse('STRUCTURE', '下次更新早于本次更新', 'its next update is before its own date')
  return null
}

/** The certificate held under the CRL's issuer name that made it and may; otherwise the most telling of their faults. */
async function signerOf(crl: CertificateRevocationList, store: CertificateStore): Promise<Certificate | Refusal> {
  const held = await store.bySubject(subjectKeyOf(crl.issuer))
  let fault: CrlFault | null = null
  for (const { der } of held) {
    const { certificate } = decodedCertificate(der)
    const found = verifyCrl(crl, certificate)
    if (found === null) return certificate
    if (fault === null || OTHER_KEY.has(fault.code)) fault = found
  }
  if (fault) return { code: fault.code, reason: fault.detail }
  return refuse('ISSUER_NOT_HELD', '未持有签发者证书，请先导入', "the issuer's certificate is not held; import it first")
}

/** Faults that only say that another certificate of the name made it. */
const OTHER_KEY: ReadonlySet<CrlFaultCode> = new Set<CrlFaultCode>(['ISSUER_NAME', 'ISSUER_KEY', 'SIGNATURE'])

/** Within a series the number rises (RFC 5280 §5.2.3) and the date does not fall. */
function refuseOlder({ extensions, thisUpdate }: CertificateRevocationList, newest: HeldCrl): Refusal | null {
  const number = extensions.crlNumber ?? -1n
  const newestNumber = BigInt(`0x${newest.number}`)
  if (number < newestNumber || thisUpdate < newest.thisUpdate)
    return refuse('STALE', `早于已持有的第 ${newestNumber} 号 CRL`, `older than the CRL held, number ${newestNumber}`)
  if (number > newestNumber) return null
  return refuse(
    'CONFLICT',
    `与已持有的第 ${number} 号 CRL 同号而内容不同`,
    `of the number ${number} already held, but with other content`,
  )
}

/** The lines of a complete CRL: each certificate once, and none "removed", which only a delta can say (RFC 5280 §5.3.1). */
function* linesOf({ entries }: CertificateRevocationList): Generator<CrlLine> {
  const listed = new Set<string>()
  for (const { serialNumber, revokedAt, reason, invalidityDate } of entries) {
    if (reason === 'removeFromCRL') throw new PkiError('STRUCTURE', 'removeFromCRL in a complete CRL')
    if (listed.has(serialNumber)) throw new PkiError('STRUCTURE', `serial number ${serialNumber} listed twice`)
    listed.add(serialNumber)
    yield { serialNumber, revokedAt, reason, invalidityDate }
  }
}
