import type { CertificateFacts, SealDescription } from '../../../model/facts.ts'
import type { Bilingual } from '../../../model/text.ts'
import { holds, type Instant } from '../../../model/time.ts'
import type { TrustService } from '../service.ts'
import type { Case } from './case.ts'
import { keyUsage, notAfterOf } from './certificate-use.ts'
import { type Finding, found, saidBy, together } from './finding.ts'
import { judgePath, type PathAnswer } from './path.ts'
import { entryWords, type RevocationStanding, revocationFinding, revocationStanding, UNKNOWN_WORDS } from './revocation.ts'
import { type AskedDivision, listStanding } from './standing.ts'
import { withdrawalFindings } from './withdrawal.ts'
import { certificateWords, classesWords, joined, outOfTimeWords, plain, scopeWords, staleListWords } from './words.ts'

/** The seal whose maker is judged. */
export interface MakerQuestion {
  readonly seal: SealDescription
  /** The division it was issued in; null when nobody says. */
  readonly division: AskedDivision
  /** When the seal is proven to have existed; null when nothing proves it. */
  readonly provenBy: Instant | null
  /** When its use is proven; null when nothing proves it. */
  readonly usedBy: Instant | null
}

/**
 * Who made the seal: on the list for that division at making, with a path to an accepted anchor, and its certificate at three
 * times. Up to GB/T 38540-2020 the maker's certificate is judged when the seal is used, since GM/T 0031-2025 when it was made.
 */
export function judgeMaker(matter: Case, question: MakerQuestion): PathAnswer {
  const { seal, division, provenBy, usedBy } = question
  const fingerprint = seal.makerCertificate
  const certificate = matter.certificates.get(fingerprint)
  const object = certificateWords('maker certificate', certificate, fingerprint)
  const moments = judgesAtMaking(seal) ? [seal.createdAt] : [seal.createdAt, ...matter.moments]
  const proofs = judgesAtMaking(seal) ? { provenBy } : { provenBy, usedBy }
  const path = judgePath(matter, { part: 'maker certificate', fingerprint, moments, division, ...proofs })
  const listed = makerOnTheList(matter, question)
  if (!certificate) return { findings: together(listed, path.findings), chain: path.chain }
  const inUse = matter.moments.map((moment) => atUse(matter, question, certificate, object, moment))
  const times = [atMaking(matter, question, certificate, object), ...inUse, atPresent(matter, certificate, object)]
  return { findings: together(listed, path.findings, [keyUsage(object, certificate)], times), chain: path.chain }
}

/** GM/T 0031-2025, 验证电子印章 d: the maker's certificate is judged at the making time. */
function judgesAtMaking(seal: SealDescription): boolean {
  return seal.format === 'SES_V5'
}

/** Listed at making, in time and for that division: three findings, the later ones only where the earlier hold. */
export function makerOnTheList(matter: Case, { seal, division }: MakerQuestion): readonly Finding[] {
  const object = certificateWords('maker certificate', matter.certificates.get(seal.makerCertificate), seal.makerCertificate)
  const standing = listStanding(matter, 'MAKER', seal.makerCertificate, [seal.createdAt], division, seal.class)
  if (standing.kind === 'NOT_LISTED') return [found('MAKER_LISTED', object, 'FAILED')]
  const { service } = standing
  const listed = saidBy(
    service,
    found('MAKER_LISTED', object, 'PASSED', () => plain(service.name)),
  )
  if (standing.kind === 'LIST_STALE')
    return [
      saidBy(
        service,
        found('MAKER_LISTED', object, 'UNKNOWN', () => staleListWords(standing), 'TRY_LATER'),
      ),
    ]
  if (standing.kind === 'OUT_OF_TIME')
    return [listed, found('MAKER_SPAN', object, 'FAILED', () => outOfTimeWords(standing.service.span, standing.at))]
  const inTime = found('MAKER_SPAN', object, 'PASSED')
  const outcome = standing.kind === 'OUT_OF_SCOPE' ? 'FAILED' : 'PASSED'
  return [listed, inTime, found('MAKER_SCOPE', object, outcome, limitWords(standing.service))]
}

/** Whether the maker was taken off a list in a way that casts doubt on the seal. */
export function makerWithdrawal(matter: Case, { seal, division, provenBy }: MakerQuestion): readonly Finding[] {
  const fingerprint = seal.makerCertificate
  const object = certificateWords('maker certificate', matter.certificates.get(fingerprint), fingerprint)
  const question = { role: 'MAKER', fingerprint, moments: [seal.createdAt], division, provenBy } as const
  return withdrawalFindings(matter, 'MAKER_WITHDRAWN', object, question)
}

/** For which divisions and classes of seal, where these are not all. */
function limitWords({ scope, classes }: TrustService): (() => Bilingual) | undefined {
  if (scope === '' && !classes) return undefined
  return () => joined(scope === '' ? null : scopeWords(scope), classes ? classesWords(classes) : null)
}

/** Expired, not yet valid or revoked when it made the seal: the seal was never good. Revoked later in doubt: it may be back-dated. */
function atMaking(matter: Case, { seal, provenBy }: MakerQuestion, certificate: CertificateFacts, object: string): Finding {
  const moment = seal.createdAt
  const { validity } = certificate
  if (!holds(validity, moment)) {
    const weighs = moment < validity.from ? 'NOT_YET_VALID' : 'EXPIRED'
    return found('MAKER_AT_MAKING', object, 'FAILED', () => outOfTimeWords(validity, moment), weighs)
  }
  const standing = revocationStanding(matter, { ...certificate, notAfter: notAfterOf(certificate), moment, provenBy })
  const weights = { revoked: 'REVOKED', inDoubt: 'REVOKED_NO_POE' } as const
  return revocationFinding(matter, 'MAKER_AT_MAKING', object, standing, weights)
}

/** Expired or revoked between making and use: a doubt up to GB/T 38540-2020, a note since GM/T 0031-2025. */
function atUse(
  matter: Case,
  { seal, provenBy, usedBy }: MakerQuestion,
  certificate: CertificateFacts,
  object: string,
  moment: Instant,
): Finding {
  const { validity } = certificate
  const ended = judgesAtMaking(seal) ? 'NOTE' : 'FAILED'
  if (!holds(validity, moment))
    return found('MAKER_AT_USE', object, ended, () => outOfTimeWords(validity, moment), 'OUT_OF_BOUNDS_NO_POE')
  const standing = revocationStanding(matter, { ...certificate, notAfter: notAfterOf(certificate), moment, provenBy, usedBy })
  if (standing.kind === 'REVOKED') return found('MAKER_AT_USE', object, ended, () => entryWords(standing.entry), 'REVOKED_NO_POE')
  return revocationFinding(matter, 'MAKER_AT_USE', object, standing, { revoked: 'REVOKED_NO_POE', inDoubt: 'REVOKED_NO_POE' })
}

/** What became of it since is told and weighs nothing: whatever of it matters has been weighed at making and at use. */
function atPresent(matter: Case, certificate: CertificateFacts, object: string): Finding {
  const moment = matter.present
  if (!holds(certificate.validity, moment)) {
    return found('MAKER_NOW', object, 'NOTE', () => outOfTimeWords(certificate.validity, moment))
  }
  const standing = revocationStanding(matter, { ...certificate, notAfter: notAfterOf(certificate), moment, provenBy: null })
  return standing.kind === 'GOOD'
    ? found('MAKER_NOW', object, 'PASSED')
    : found('MAKER_NOW', object, 'NOTE', () => presentWords(standing))
}

function presentWords(standing: Exclude<RevocationStanding, { kind: 'GOOD' }>) {
  return standing.kind === 'UNKNOWN' ? UNKNOWN_WORDS[standing.because] : entryWords(standing.entry)
}
