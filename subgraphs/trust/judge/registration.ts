import type { Registration, SealFacts } from '../../../model/facts.ts'
import { type Freshness, freshnessAt } from '../../../model/freshness.ts'
import type { SubIndication } from '../../../model/indication.ts'
import type { Bilingual } from '../../../model/text.ts'
import { formatInstant, type Instant } from '../../../model/time.ts'
import {
  castsDoubtOnThePast,
  type SealChange,
  type SealState,
  type SealStatus,
  sealStatusAt,
  standing,
  stateOf,
} from '../../../model/timeline.ts'
import type { Case } from './case.ts'
import { type Finding, found } from './finding.ts'
import { statusPublisher } from './status-publisher.ts'
import { joined, plain } from './words.ts'

/** The states in which a seal may not be used, in the words of the measures. */
const NOT_USABLE: Readonly<Partial<Record<SealState, { readonly words: Bilingual; readonly weighs: SubIndication }>>> = {
  SUSPENDED: { words: { zh: '停用', en: 'suspended' }, weighs: 'REVOKED' },
  LOST: { words: { zh: '挂失', en: 'reported lost' }, weighs: 'REVOKED' },
  CANCELLED: { words: { zh: '注销', en: 'cancelled' }, weighs: 'REVOKED' },
  REVOKED: { words: { zh: '吊销', en: 'revoked' }, weighs: 'REVOKED' },
  INVALID: { words: { zh: '标识为无效', en: 'marked invalid' }, weighs: 'REVOKED' },
  NOT_YET_VALID: { words: { zh: '登记的有效期未到', en: 'before its registered validity' }, weighs: 'NOT_YET_VALID' },
  EXPIRED: { words: { zh: '登记的有效期已过', en: 'after its registered validity' }, weighs: 'EXPIRED' },
}

export interface RegistrationQuestion {
  readonly facts: SealFacts
  readonly object: string
  /** A seal asked for by its registered code must be registered; a file may come from elsewhere. */
  readonly mustBeRegistered: boolean
  /** When the use of the seal is proven to have taken place; null when nothing proves it. */
  readonly provenBy: Instant | null
}

/** What the register says: whether it knows the seal and this very data, its state then and what became of it since. */
export function judgeRegistration(matter: Case, question: RegistrationQuestion): readonly Finding[] {
  const { facts, object, mustBeRegistered } = question
  const { registration } = facts
  const known = registration?.timeline.some((change) => change.recordedAt <= matter.knownAt) ?? false
  if (registration === null || !known) return [found('REGISTRATION', object, mustBeRegistered ? 'UNKNOWN' : 'NOTE')]
  const changes = standing(registration.timeline, matter.knownAt)
  return [
    found('REGISTRATION', object, 'PASSED', () => plain(registration.platform)),
    registeredData(facts, registration, object),
    ...matter.moments.map((moment) => statusAt(matter, question, registration, changes, moment)),
    ...matter.moments.flatMap((moment) => endedLater(matter, question, changes, moment)),
    sourceFreshness(matter, registration, object),
    ...statusPublisher(matter, registration, object),
  ]
}

function registeredData({ seal }: SealFacts, { sealDigests }: Registration, object: string): Finding {
  return found('REGISTERED_DATA', object, seal !== null && sealDigests.includes(seal.digest) ? 'PASSED' : 'UNKNOWN')
}

function statusAt(
  { knownAt }: Case,
  { object, mustBeRegistered }: RegistrationQuestion,
  { timeline }: Registration,
  changes: readonly SealChange[],
  moment: Instant,
): Finding {
  const { state, reason } = stateOf(changes, moment)
  if (state === 'UNREGISTERED')
    return found('SEAL_STATUS', object, mustBeRegistered ? 'UNKNOWN' : 'NOTE', { zh: '彼时尚未登记', en: 'not registered then' })
  const unusable = NOT_USABLE[state]
  if (!unusable) return found('SEAL_STATUS', object, 'PASSED')
  const words = () =>
    joined(unusable.words, sinceWords(sealStatusAt(timeline, moment, knownAt)), reason === null ? null : plain(reason))
  return found('SEAL_STATUS', object, 'FAILED', words, unusable.weighs)
}

function sinceWords({ since }: SealStatus): Bilingual | null {
  return since === null ? null : { zh: `自 ${formatInstant(since)}`, en: `since ${formatInstant(since)}` }
}

/** What ended the seal after the moment: for some reasons that casts doubt on everything that only claims to be older. */
function endedLater(
  matter: Case,
  { object, provenBy }: RegistrationQuestion,
  changes: readonly SealChange[],
  moment: Instant,
): readonly Finding[] {
  const later = changes.filter((change) => change.effectiveAt > moment && change.effectiveAt <= matter.present)
  const lifted = later.findLastIndex((change) => change.kind === 'RESUMED')
  return later
    .filter((change, i) => ENDS.includes(change.kind) || (LIFTABLE.includes(change.kind) && i > lifted))
    .map((change) =>
      found('SEAL_STATUS_LATER', object, isInDoubt(change, provenBy) ? 'FAILED' : 'NOTE', () => changeWords(change)),
    )
}

const LIFTABLE: readonly SealChange['kind'][] = ['SUSPENDED', 'LOST']
const ENDS: readonly SealChange['kind'][] = ['CANCELLED', 'REVOKED', 'INVALIDATED']

/** A seal marked invalid as illegally made never was one, so that no proof of an earlier use helps it. */
function isInDoubt({ kind, reason, effectiveAt }: SealChange, provenBy: Instant | null): boolean {
  if (!castsDoubtOnThePast(reason)) return false
  return kind === 'INVALIDATED' || provenBy === null || provenBy >= effectiveAt
}

function changeWords({ kind, reason, effectiveAt }: SealChange): Bilingual {
  return plain([kind, reason, formatInstant(effectiveAt)].filter((part) => part !== null).join(', '))
}

function sourceFreshness(matter: Case, registration: Registration, object: string): Finding {
  const freshness = registrationFreshness(matter, registration)
  if (freshness.kind === 'FRESH') return found('SOURCE_FRESHNESS', object, 'PASSED')
  const hours = (milliseconds: number) => Math.floor(milliseconds / 3_600_000)
  const words =
    freshness.kind === 'UNKNOWN'
      ? freshness.reason
      : {
          zh: `已 ${hours(freshness.age)} 小时没有消息，限 ${hours(freshness.bound)} 小时`,
          en: `not heard for ${hours(freshness.age)} hours, the bound is ${hours(freshness.bound)}`,
        }
  return found('SOURCE_FRESHNESS', object, matter.revocation === 'REQUIRED' ? 'UNKNOWN' : 'NOTE', words)
}

/**
 * How fresh the platform's word was at the moment of knowledge: silent for too long, it may know of a loss that the hub does not.
 * Asked about an earlier moment of knowledge, only what could be told then decides: silent for longer than the bound or not.
 */
export function registrationFreshness(
  { asOnceKnown, present, statusBound }: Case,
  { heardAt, contact }: Registration,
): Freshness {
  if (!asOnceKnown || heardAt === null) return freshnessAt(heardAt, present, statusBound)
  if (!contact || contact.since > present || contact.bound > statusBound) return { kind: 'UNKNOWN', reason: NOT_KNOWN_THEN }
  const silentSince =
    heardAt <= present ? heardAt : contact.silences.find(({ from, until }) => from <= present && present < until)?.from
  const age = silentSince === undefined ? 0 : present - silentSince
  return age > statusBound ? { kind: 'STALE', age, bound: statusBound } : { kind: 'FRESH', age: statusBound, bound: statusBound }
}

const NOT_KNOWN_THEN = { zh: '不知来源当时是否有消息', en: 'whether the source was heard then is not known' }
