import type { Fingerprint } from '../../../model/facts.ts'
import type { Case } from './case.ts'
import { type Finding, found, type Gathered, saidBy } from './finding.ts'
import { judgeSigner } from './signer.ts'
import { listStanding } from './standing.ts'
import { withdrawalFindings } from './withdrawal.ts'
import { outOfTimeWords, plain, scopeWords, staleListWords } from './words.ts'

/** 制章, 签章. */
export type CertificatePurpose = 'SEAL_MAKING' | 'SEALING'

/** Everything to be said of a certificate for a purpose. No division is asked about, so a scope is told and weighs nothing. */
export function gatherCertificate(matter: Case, fingerprint: Fingerprint, purpose: CertificatePurpose, object: string): Gathered {
  const signer = judgeSigner(matter, { part: 'certificate', fingerprint, division: 'ANY', provenBy: null })
  const maker =
    purpose === 'SEAL_MAKING' ? [...asMaker(matter, fingerprint, object), ...withdrawals(matter, fingerprint, object)] : []
  return { findings: [...maker, ...signer.findings], chains: [signer.chain] }
}

function withdrawals(matter: Case, fingerprint: Fingerprint, object: string): readonly Finding[] {
  const question = { role: 'MAKER', fingerprint, moments: matter.moments, division: 'ANY', provenBy: null } as const
  return withdrawalFindings(matter, 'MAKER_WITHDRAWN', object, question)
}

function asMaker(matter: Case, fingerprint: Fingerprint, object: string): readonly Finding[] {
  const standing = listStanding(matter, 'MAKER', fingerprint, matter.moments, 'ANY')
  if (standing.kind === 'NOT_LISTED') return [found('MAKER_LISTED', object, 'FAILED')]
  const { service } = standing
  if (standing.kind === 'LIST_STALE')
    return [
      saidBy(
        service,
        found('MAKER_LISTED', object, 'UNKNOWN', () => staleListWords(standing), 'TRY_LATER'),
      ),
    ]
  const listed = saidBy(
    service,
    found('MAKER_LISTED', object, 'PASSED', () => plain(service.name)),
  )
  if (standing.kind === 'OUT_OF_TIME')
    return [listed, found('MAKER_SPAN', object, 'FAILED', () => outOfTimeWords(service.span, standing.at))]
  const scopes = matter.trust.services('MAKER', fingerprint, matter.knownAt).map(({ scope }) => scope)
  if (scopes.includes('')) return [listed]
  return [listed, ...scopes.map((scope) => found('MAKER_SCOPE', object, 'NOTE', () => scopeWords(scope)))]
}
