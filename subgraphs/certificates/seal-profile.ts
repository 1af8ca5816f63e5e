import { splitOrganization } from '../../model/credit-code.ts'
import { attributeOf, type Name } from '../../pki/x509/name.ts'

/** What the unified e-seal certificate profile puts into the subject; null where the certificate does not follow it. */
export interface SealProfile {
  /** `CN`: the seal code. */
  readonly sealCode: string | null
  /** The first 18 characters of `O`: the unified social credit code. */
  readonly creditCode: string | null
  /** The rest of `O`; the whole of it where it begins with no credit code. */
  readonly organization: string | null
}

/** GA 241.1 and the 14-digit e-seal code: a division code and a serial, 13 to 19 digits in use. */
const SEAL_CODE = /^\d{13,19}$/

/**
 * Reads the profile of unified seals out of a subject (domain reference 4.3: `CN` = seal code, `O` = credit code + unit name).
 * A number in `CN` counts as a seal code only beside a valid credit code: alone it could be anything.
 */
export function sealProfileOf(subject: Name): SealProfile {
  const organization = attributeOf(subject, 'O')
  const commonName = attributeOf(subject, 'CN')
  const unit = organization === null ? null : splitOrganization(organization)
  return {
    sealCode: unit && commonName !== null && SEAL_CODE.test(commonName) ? commonName : null,
    creditCode: unit?.creditCode ?? null,
    organization: unit?.name ?? organization,
  }
}
