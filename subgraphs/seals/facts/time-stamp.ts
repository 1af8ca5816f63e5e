import type { TimeStampDescription } from '../../../model/facts.ts'
import { singleValue } from '../../../pki/cms/attributes.ts'
import type { SignerInfo } from '../../../pki/cms/signed-data.ts'
import { NO_MATERIAL, type ValidationMaterial } from '../../../pki/cms/validation-material.ts'
import { PkiError } from '../../../pki/error.ts'
import { readStamp } from '../../../pki/ses/time-stamp-check.ts'
import type { TimeStamp } from '../../../pki/timestamp/verify-token.ts'
import { fingerprintOf } from '../../../pki/x509/certificate.ts'

/** What a time-stamp that holds by its bytes states, for the facts; null for none. */
export function describeStamp(timeStamp: TimeStamp | null): TimeStampDescription | null {
  return timeStamp && { time: timeStamp.latest, authority: fingerprintOf(timeStamp.authority.encoded) }
}

/** The certificates a time-stamp brings along, its authority's first; none without one. */
export function certificatesOfStamp(timeStamp: TimeStamp | null): readonly Uint8Array[] {
  return timeStamp === null ? [] : [timeStamp.authority.encoded, ...timeStamp.certificates, ...timeStamp.material.certificates]
}

/** What a time-stamp brings along for validating it later; nothing without one. */
export function materialOfStamp(timeStamp: TimeStamp | null): ValidationMaterial {
  return timeStamp?.material ?? NO_MATERIAL
}

/** id-aa-signatureTimeStampToken, RFC 3161 appendix A: unsigned, over the signature value. */
const SIGNATURE_TIME_STAMP = '1.2.840.113549.1.9.16.2.14'

/** The time-stamp beside a signer's value in SignedData, where it holds; null where it does not or there is none. */
export function signerStamp({ unsignedAttributes, signature }: SignerInfo): TimeStamp | null {
  try {
    const token = unsignedAttributes && singleValue(unsignedAttributes, SIGNATURE_TIME_STAMP)
    return token ? readStamp(token.any().encoded, signature, null).timeStamp : null
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}
