import type { Certificate } from './certificate.ts'
import type { KeyUsage } from './extension-constraints.ts'
import { namesEqual } from './name-matching.ts'
import { type Finding, failed } from './verdict.ts'

/** RFC 5280 4.2.1.12. */
export const ANY_PURPOSE = '2.5.29.37.0'

/** When a certificate of a path must have been valid: all of them at one moment, or each issuer when it issued. */
export type ValidityModel = 'shell' | 'chain'

/** RFC 5280 §6.1: issuer and subject are the same name. It says nothing about who signed. */
export function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return namesEqual(issuer, subject)
}

/** RFC 5280 §6.1.4 l–m: how many certificates that are not self-issued may stand between an issuer and the end entity. */
export function pathLengthFindings(issuer: Certificate, below: readonly Certificate[]): readonly Finding[] {
  const limit = issuer.extensions.basicConstraints?.pathLength ?? null
  const length = below.slice(1).filter((certificate) => !isSelfIssued(certificate)).length
  if (limit === null || length <= limit) return []
  return [failed('PATH_LENGTH', issuer, `路径长度 ${length} 超过 ${limit}`, `${length} intermediates below it, ${limit} allowed`)]
}

/**
 * RFC 5280 §6.1.3 a 2 in the shell model; in the chain model an issuer must have been valid when the certificate below it began.
 * @param at UTC milliseconds; parts of a second do not count
 */
export function validityFindings(
  certificate: Certificate,
  below: Certificate | null,
  at: number,
  model: ValidityModel,
): readonly Finding[] {
  const moment = model === 'chain' && below !== null ? below.validity.notBefore : at
  const { notBefore, notAfter } = certificate.validity
  const second = Math.floor(moment / 1000) * 1000
  if (!(second >= notBefore))
    // also where the moment is no number
    return [failed('PATH_VALIDITY', certificate, `${iso(notBefore)} 起才有效`, `not valid before ${iso(notBefore)}`)]
  if (!(second <= notAfter))
    return [failed('PATH_VALIDITY', certificate, `已于 ${iso(notAfter)} 过期`, `expired ${iso(notAfter)}`)]
  return []
}

/**
 * The purposes of extended key usage: those of a CA limit what is below it, and a path must be left with at least one.
 * "Any purpose" is no answer to a purpose required of the end entity (RFC 5280 4.2.1.12 leaves that to us).
 * @param required dotted OIDs
 */
export function purposeFindings(path: readonly Certificate[], required: readonly string[]): readonly Finding[] {
  const [endEntity, ...authorities] = path
  if (!endEntity) return []
  const own = endEntity.extensions.extKeyUsage
  const wanted = new Set(required)
  const missing = own === null ? [] : [...wanted].filter((purpose) => !own.has(purpose))
  const findings = missing.map((purpose) =>
    failed('PATH_PURPOSE', endEntity, `扩展密钥用途不含 ${purpose}`, `not for ${purpose}`),
  )
  let left: ReadonlySet<string> | null = wanted.size > 0 ? wanted : unlimited(own)
  for (const authority of authorities) {
    const allowed = unlimited(authority.extensions.extKeyUsage)
    if (allowed === null) continue
    const kept: ReadonlySet<string> = left === null ? allowed : new Set([...left].filter((purpose) => allowed.has(purpose)))
    const lost = wanted.size > 0 ? kept.size < wanted.size : kept.size === 0
    if (lost)
      findings.push(
        failed('PATH_PURPOSE', authority, '扩展密钥用途不许可此用途', 'its extended key usage leaves that purpose out'),
      )
    left = kept
  }
  return findings
}

/** Null: no limit. */
function unlimited(purposes: ReadonlySet<string> | null): ReadonlySet<string> | null {
  return purposes === null || purposes.has(ANY_PURPOSE) ? null : purposes
}

/** RFC 5280 4.2.1.3: what is required of the end entity's key; a certificate without the extension limits nothing. */
export function keyUsageFindings(endEntity: Certificate, required: readonly KeyUsage[]): readonly Finding[] {
  const own = endEntity.extensions.keyUsage
  const missing = own === null ? [] : required.filter((usage) => !own.has(usage))
  if (missing.length === 0) return []
  return [failed('PATH_KEY_USAGE', endEntity, `密钥用途不含 ${missing.join('、')}`, `key usage leaves out ${missing.join(', ')}`)]
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
