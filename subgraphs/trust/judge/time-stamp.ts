import type { SealFacts, TimeStampDescription } from '../../../model/facts.ts'
import { formatInstant } from '../../../model/time.ts'
import type { Case } from './case.ts'
import { type Finding, inWords, type Words } from './finding.ts'
import { decisive } from './severity.ts'
import { judgeSigner } from './signer.ts'
import { listStanding } from './standing.ts'
import { endWords, withdrawnInDoubt } from './withdrawal.ts'
import { certificateWords, plain } from './words.ts'

/** Facts in which only the time-stamps are left that prove a time, and what was found on each. */
export interface BelievedStamps {
  readonly facts: SealFacts
  readonly findings: readonly Finding[]
}

/**
 * Judges the authorities of the time-stamps over a signature and over a seal. A stamp proves a time only if its authority's
 * certificate has, at that time, a path to an accepted anchor through a listed authority, was valid and not revoked, and no list
 * says that its service had ended, or ended later in a way that casts doubt on it. Any other is a claim, and is told as that: it fails nothing.
 */
export function believedStamps(matter: Case, facts: SealFacts): BelievedStamps {
  const signature = judgeStamp(matter, 'signature', facts.signature?.timeStamp ?? null)
  const seal = judgeStamp(matter, 'seal', facts.seal?.timeStamp ?? null)
  return {
    facts: {
      ...facts,
      signature: facts.signature && { ...facts.signature, timeStamp: signature.stamp },
      seal: facts.seal && { ...facts.seal, timeStamp: seal.stamp },
    },
    findings: [...signature.findings, ...seal.findings],
  }
}

interface JudgedStamp {
  /** Null unless it is believed. */
  readonly stamp: TimeStampDescription | null
  readonly findings: readonly Finding[]
}

function judgeStamp(matter: Case, over: 'signature' | 'seal', stamp: TimeStampDescription | null): JudgedStamp {
  if (stamp === null) return { stamp: null, findings: [] }
  const { time, authority } = stamp
  const object = certificateWords(`${over} time-stamp authority`, matter.certificates.get(authority), authority)
  const finding = (outcome: 'PASSED' | 'NOTE', detail: Words = () => plain(formatInstant(time))): Finding => ({
    check: 'TIME_STAMP_AUTHORITY',
    object,
    outcome,
    detail,
  })
  if (time > matter.present) return { stamp: null, findings: [finding('NOTE')] }
  const at = { ...matter, moments: [time] }
  const { kind } = listStanding(at, 'TIME_STAMP_AUTHORITY', authority, [time], 'ANY')
  if (kind !== 'ACCEPTED' && kind !== 'NOT_LISTED') return { stamp: null, findings: [finding('NOTE')] }
  const service = {
    role: 'TIME_STAMP_AUTHORITY',
    fingerprint: authority,
    moments: [time],
    division: 'ANY',
    provenBy: null,
  } as const
  const [withdrawn] = withdrawnInDoubt(at, service)
  if (withdrawn) return { stamp: null, findings: [finding('NOTE', () => endWords(withdrawn))] }
  const question = { part: 'time-stamp authority', fingerprint: authority, division: 'ANY', provenBy: null } as const
  const worst = decisive(judgeSigner(at, question).findings)
  return worst === null
    ? { stamp, findings: [finding('PASSED')] }
    : { stamp: null, findings: [finding('NOTE', () => inWords(worst).explanation)] }
}
