import { type Finding, finding, PASSED } from './check-row.ts'
import { certificateOrNull } from './readable-certificate.ts'
import type { SealProperty } from './seal-info.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Whether the seal and every listed certificate are valid over the same time. Real ones differ by hours (domain reference 1.7),
 * so a day is borne with; more is a NOTE, for the shorter of the two counts either way. A list of digests leaves it UNKNOWN.
 */
export function validityAgrees({ certList, validStart, validEnd }: SealProperty): Finding {
  if (certList.certListType === 2)
    return finding('UNKNOWN', '印章只列出证书杂凑值', 'the seal lists digests of certificates only')
  for (const der of certList.certs) {
    const certificate = certificateOrNull(der)
    if (certificate === null) return finding('UNKNOWN', '所列证书不可读', 'a listed certificate cannot be read')
    const { notBefore, notAfter } = certificate.validity
    if (Math.abs(notBefore - validStart) <= DAY_MS && Math.abs(notAfter - validEnd) <= DAY_MS) continue
    const seal = `${day(validStart)}/${day(validEnd)}`
    const listed = `${day(notBefore)}/${day(notAfter)}`
    return finding('NOTE', `印章 ${seal}，证书 ${listed}`, `seal ${seal}, certificate ${listed}`)
  }
  return PASSED
}

function day(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10)
}
