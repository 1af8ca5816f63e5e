import type { Instant, Span } from './time.ts'

/** What can happen to a seal. RESUMED lifts SUSPENDED and LOST; CORRECTED voids the event it names. */
export type SealChangeKind =
  | 'REGISTERED'
  | 'SUSPENDED'
  | 'RESUMED'
  | 'LOST'
  | 'CANCELLED'
  | 'REVOKED'
  | 'INVALIDATED'
  | 'CORRECTED'

/** 有效, 停用, 挂失, 注销, 吊销, 标识为无效, 过期 (derived), 尚未生效 (derived), 未登记. */
export type SealState =
  | 'UNREGISTERED'
  | 'NOT_YET_VALID'
  | 'ACTIVE'
  | 'SUSPENDED'
  | 'LOST'
  | 'CANCELLED'
  | 'REVOKED'
  | 'INVALID'
  | 'EXPIRED'

/** Why a seal changed: the reasons of 遂平 13–14, 福建 14 and 国办发〔2025〕33号 18, and of certificate revocation. */
export type SealChangeReason =
  | 'KEY_COMPROMISE'
  | 'LOSS'
  | 'MISUSE'
  | 'ILLEGALLY_MADE'
  | 'UNSPECIFIED'
  | 'RENAME'
  | 'HOLDER_CHANGED'
  | 'PHYSICAL_SEAL_CHANGED'
  | 'DAMAGE'
  | 'REPLACEMENT'
  | 'RENEWAL'
  | 'MERGER'
  | 'DISSOLUTION'
  | 'END_OF_USE'

const HARMLESS_TO_THE_PAST: ReadonlySet<SealChangeReason> = new Set<SealChangeReason>([
  'RENAME', 'HOLDER_CHANGED', 'PHYSICAL_SEAL_CHANGED', 'DAMAGE', 'REPLACEMENT', 'RENEWAL', 'MERGER', 'DISSOLUTION', 'END_OF_USE',
]) // biome-ignore format: a table

/** Whether ending a seal for this reason throws doubt on stamps claimed to be older (design, decision on reasons). No reason given does. */
export function castsDoubtOnThePast(reason: SealChangeReason | null): boolean {
  return reason === null || !HARMLESS_TO_THE_PAST.has(reason)
}

/** One event of a seal, as the fold sees it. Never changed, never deleted. */
export interface SealChange {
  readonly id: string
  readonly kind: SealChangeKind
  /** True from this moment. */
  readonly effectiveAt: Instant
  /** Known to this hub since this moment; strictly increasing over all events of the hub. */
  readonly recordedAt: Instant
  /** What the origin's own clock said when it made the event; kept, never used in the fold. */
  readonly originAt: Instant | null
  /** Position in its source's stream; orders events of one effective moment. */
  readonly sequence: number
  readonly reason: SealChangeReason | null
  /** REGISTERED: the validity the seal data states. */
  readonly validity: Span | null
  /** CORRECTED: the id of the event it voids. */
  readonly voids: string | null
}

/** The state of a seal at a moment, as known at a moment. */
export interface SealStatus {
  readonly state: SealState
  /** Since when the state holds, `null` when the seal is unregistered. */
  readonly since: Instant | null
  /** Until when it is known to hold, `null` when open. */
  readonly until: Instant | null
  readonly reason: SealChangeReason | null
  /** Since when the hub could know the event that gave this state. */
  readonly knownSince: Instant | null
}

const STATE_AFTER: Readonly<Record<Exclude<SealChangeKind, 'CORRECTED'>, SealState>> = {
  REGISTERED: 'ACTIVE', SUSPENDED: 'SUSPENDED', RESUMED: 'ACTIVE', LOST: 'LOST', CANCELLED: 'CANCELLED', REVOKED: 'REVOKED', INVALIDATED: 'INVALID',
} // biome-ignore format: a table

/** What may follow what. An end is final: only INVALIDATED and REVOKED may still come after CANCELLED, nothing after INVALID. */
const MAY_FOLLOW: Readonly<Record<SealState, readonly SealChangeKind[]>> = {
  UNREGISTERED: ['REGISTERED', 'SUSPENDED', 'LOST', 'CANCELLED', 'REVOKED', 'INVALIDATED'],
  NOT_YET_VALID: [],
  ACTIVE: ['REGISTERED', 'SUSPENDED', 'LOST', 'CANCELLED', 'REVOKED', 'INVALIDATED'],
  SUSPENDED: ['RESUMED', 'LOST', 'CANCELLED', 'REVOKED', 'INVALIDATED'],
  LOST: ['RESUMED', 'CANCELLED', 'REVOKED', 'INVALIDATED'],
  CANCELLED: ['REVOKED', 'INVALIDATED'],
  REVOKED: ['INVALIDATED'],
  INVALID: [],
  EXPIRED: [],
}

interface Folded {
  state: SealState
  by: SealChange | null
  validity: Span | null
  registeredBy: SealChange | null
}

/**
 * The state of a seal at `at`, as the hub could know it at `knownAt`: the fold of its timeline by
 * (effectiveAt, sequence, id). The order in which events arrived plays no part.
 */
export function sealStatusAt(timeline: readonly SealChange[], at: Instant, knownAt: Instant): SealStatus {
  const changes = standing(timeline, knownAt)
  const past = changes.filter((change) => change.effectiveAt <= at)
  const folded = past.reduce(apply, START)
  const status = withValidity(folded, at)
  const next = nextChange(folded, changes.filter((change) => change.effectiveAt > at)) // biome-ignore format: reads as one thought
  const until = [status.until, next].filter((instant) => instant !== null)
  return { ...status, until: until.length === 0 ? null : Math.min(...until) }
}

const START: Folded = { state: 'UNREGISTERED', by: null, validity: null, registeredBy: null }

/** The events that count at `knownAt`, in the order of the fold: known, not voided, corrections themselves left out. */
export function standing(timeline: readonly SealChange[], knownAt: Instant): readonly SealChange[] {
  const known = timeline.filter((change) => change.recordedAt <= knownAt)
  const voided = new Set<string>()
  const newestFirst = known.filter((change) => change.kind === 'CORRECTED').sort((a, b) => b.recordedAt - a.recordedAt)
  for (const correction of newestFirst) {
    if (correction.voids !== null && !voided.has(correction.id)) voided.add(correction.voids)
  }
  return known.filter((change) => change.kind !== 'CORRECTED' && !voided.has(change.id)).sort(inFoldOrder)
}

function inFoldOrder(a: SealChange, b: SealChange): number {
  return a.effectiveAt - b.effectiveAt || a.sequence - b.sequence || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function apply(folded: Folded, change: SealChange): Folded {
  if (change.kind === 'CORRECTED') return folded
  // A registration of new data never lifts a suspension or an end; it does give the validity.
  const validity = change.kind === 'REGISTERED' ? change.validity : folded.validity
  const registeredBy = change.kind === 'REGISTERED' ? change : folded.registeredBy
  if (!MAY_FOLLOW[folded.state].includes(change.kind)) return { ...folded, validity, registeredBy }
  const staysActive = folded.state === 'ACTIVE' && change.kind === 'REGISTERED'
  return { state: STATE_AFTER[change.kind], by: staysActive ? folded.by : change, validity, registeredBy }
}

/** An active seal outside its validity is expired or not yet valid; every other state outranks the calendar. */
function withValidity({ state, by, validity, registeredBy }: Folded, at: Instant): SealStatus {
  const base = { reason: by?.reason ?? null, knownSince: by?.recordedAt ?? null }
  if (state !== 'ACTIVE' || validity === null) return { ...base, state, since: by?.effectiveAt ?? null, until: null }
  const calendar = { reason: null, knownSince: registeredBy?.recordedAt ?? null }
  if (at < validity.from) return { ...calendar, state: 'NOT_YET_VALID', since: by?.effectiveAt ?? null, until: validity.from }
  if (validity.until !== null && at > validity.until)
    return { ...calendar, state: 'EXPIRED', since: validity.until + 1, until: null }
  const since = Math.max(by?.effectiveAt ?? validity.from, validity.from)
  return { ...base, state, since, until: validity.until }
}

function nextChange(folded: Folded, future: readonly SealChange[]): Instant | null {
  const change = future.find(({ kind }) => MAY_FOLLOW[folded.state].includes(kind))
  return change?.effectiveAt ?? null
}
