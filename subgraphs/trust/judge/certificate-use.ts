import type { CertificateFacts } from '../../../model/facts.ts'
import type { Instant } from '../../../model/time.ts'
import type { Case } from './case.ts'
import { type Finding, found } from './finding.ts'
import { revocationFinding, revocationStanding } from './revocation.ts'
import { outOfTimeWords, plain } from './words.ts'

/** Uses that let a key sign for others to rely on (RFC 5280 §4.2.1.3; `contentCommitment` is the newer name of nonRepudiation). */
const SIGNING_USES = ['digitalSignature', 'nonRepudiation', 'contentCommitment']

/** Whether the certificate's key may sign. A certificate that says nothing of its use is not restricted (RFC 5280), which is noted. */
export function keyUsage(object: string, { keyUsage: uses }: CertificateFacts): Finding {
  if (uses === null) return found('CERTIFICATE_KEY_USAGE', object, 'NOTE')
  const maySign = uses.some((use) => SIGNING_USES.includes(use))
  return found('CERTIFICATE_KEY_USAGE', object, maySign ? 'PASSED' : 'FAILED', () => plain(uses.join(', ')))
}

/** Whether the moment lies in the certificate's validity. GM/T 0031-2014 6.2.3 d 2: a signing time outside it ends the matter. */
export function validityAt(object: string, { validity }: CertificateFacts, moment: Instant): Finding {
  if (moment < validity.from) {
    return found('CERTIFICATE_VALIDITY', object, 'FAILED', () => outOfTimeWords(validity, moment), 'NOT_YET_VALID')
  }
  if (validity.until !== null && moment > validity.until) {
    return found('CERTIFICATE_VALIDITY', object, 'FAILED', () => outOfTimeWords(validity, moment), 'EXPIRED')
  }
  return found('CERTIFICATE_VALIDITY', object, 'PASSED')
}

/** Whether the certificate was revoked at the moment, or later in a way that casts doubt on it. */
export function revocationOf(
  matter: Case,
  object: string,
  certificate: CertificateFacts,
  moment: Instant,
  provenBy: Instant | null,
): Finding {
  const { fingerprint } = certificate
  const notAfter = notAfterOf(certificate)
  const standing = revocationStanding(matter, { fingerprint, notAfter, moment, provenBy })
  const weights = { revoked: 'REVOKED', inDoubt: 'REVOKED_NO_POE' } as const
  return revocationFinding(matter, 'CERTIFICATE_REVOCATION', object, standing, weights)
}

/** When a certificate expires; a certificate without an end never does. */
export function notAfterOf({ validity }: CertificateFacts): Instant {
  return validity.until ?? Number.MAX_SAFE_INTEGER
}
