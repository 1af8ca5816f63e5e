import type { CertificateFacts, Fingerprint, SealDescription } from '../../../model/facts.ts'
import type { Instant } from '../../../model/time.ts'
import { caKindFindings } from './ca-kind.ts'
import type { Case } from './case.ts'
import { keyUsage, revocationOf, validityAt } from './certificate-use.ts'
import { type Finding, found, together } from './finding.ts'
import { judgePath, type PathAnswer } from './path.ts'
import { compareStanding, decisive } from './severity.ts'
import type { AskedDivision } from './standing.ts'
import { validitiesAgree } from './time.ts'
import { certificateWords, plain } from './words.ts'

export interface SignerQuestion {
  readonly part: string
  readonly fingerprint: Fingerprint
  readonly division: AskedDivision
  /** When what it signed is proven to have existed; null when nothing proves it. */
  readonly provenBy: Instant | null
}

/** Whether a certificate could sign at every moment asked about: path, authority, use, validity, revocation (GM/T 0031-2014 6.2.3 c, d). */
export function judgeSigner(matter: Case, question: SignerQuestion): PathAnswer {
  const { fingerprint, part, provenBy } = question
  const path = judgePath(matter, { ...question, moments: matter.moments })
  const certificate = matter.certificates.get(fingerprint)
  if (!certificate) return path
  const object = certificateWords(part, certificate, fingerprint)
  const inTime = matter.moments.flatMap((moment) => [
    validityAt(object, certificate, moment),
    revocationOf(matter, object, certificate, moment, provenBy),
  ])
  return {
    findings: together(
      path.findings,
      caKindFindings(matter, object, certificate, path.chain),
      [keyUsage(object, certificate)],
      inTime,
    ),
    chain: path.chain,
  }
}

/**
 * The certificate a seal is bound to. Where its list names several, one that stands is enough; the others are named.
 * No proof of existence helps here: that the seal is old says nothing of when it was used.
 */
export function judgeBoundCertificate(matter: Case, seal: SealDescription, object: string, division: AskedDivision): PathAnswer {
  const [best, ...others] = seal.signerCertificates
    .map((fingerprint) => matter.certificates.get(fingerprint))
    .filter((certificate) => certificate !== undefined)
    .map((certificate) => ({ certificate, ...judgeBound(matter, seal, certificate, object, division) }))
    .sort((a, b) => compareStanding(a.findings, b.findings) || compare(a.certificate.fingerprint, b.certificate.fingerprint))
  if (!best) return { findings: [found('BOUND_CERTIFICATE', object, 'UNKNOWN')], chain: [] }
  const bound = found('BOUND_CERTIFICATE', object, 'PASSED', () => plain(best.certificate.subject))
  const named = others.map(({ certificate, findings }) => {
    const worst = decisive(findings)
    const words = worst ? `${certificate.subject} (${worst.check})` : certificate.subject
    return found('OTHER_CERTIFICATE', object, 'NOTE', () => plain(words))
  })
  return { findings: [bound, ...best.findings, ...named], chain: best.chain }
}

function judgeBound(
  matter: Case,
  seal: SealDescription,
  certificate: CertificateFacts,
  object: string,
  division: AskedDivision,
): PathAnswer {
  const { fingerprint } = certificate
  const judged = judgeSigner(matter, { part: 'signer certificate', fingerprint, division, provenBy: null })
  const agree: Finding = validitiesAgree(seal, certificate, object)
  return { findings: [...judged.findings, agree], chain: judged.chain }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
