import { holds, type Instant, type Span } from './time.ts'

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
export const SEAL_CHANGE_REASONS = [
  'KEY_COMPROMISE', 'LOSS', 'MISUSE', 'ILLEGALLY_MADE', 'UNSPECIFIED', 'RENAME', 'HOLDER_CHANGED', 'PHYSICAL_SEAL_CHANGED',
  'DAMAGE', 'REPLACEMENT', 'RENEWAL', 'MERGER', 'DISSOLUTION', 'END_OF_USE',
] as const // biome-ignore format: a table

export type SealChangeReason = (typeof SEAL_CHANGE_REASONS)[number]

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
  /** Known to this hub since this moment; strictly increasing over its commits: the events of one commit became known together. */
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
  /** The first moment of the unbroken time the state holds; `null` when it always did (an unregistered seal). */
  readonly since: Instant | null
  /** The last moment of it as far as is known (both ends belong to it); `null` when open. */
  readonly until: Instant | null
  /** Why the seal is suspended, lost or ended; `null` for every other state and when no reason was given. */
  readonly reason: SealChangeReason | null
  /** From this moment of knowledge on the hub has answered with this state; `null` when it never answered otherwise. */
  readonly knownSince: Instant | null
}

/** How hard an event restricts a seal. The harder one wins and only the first two can be lifted: an end is final. */
const RESTRICTIONS: Readonly<Partial<Record<SealChangeKind, { readonly state: SealState; readonly rank: number }>>> = {
  SUSPENDED: { state: 'SUSPENDED', rank: 1 },
  LOST: { state: 'LOST', rank: 2 },
  CANCELLED: { state: 'CANCELLED', rank: 3 },
  REVOKED: { state: 'REVOKED', rank: 4 },
  INVALIDATED: { state: 'INVALID', rank: 5 },
}
const HIGHEST_LIFTABLE_RANK = 2

/**
 * The state of a seal at `at`, as the hub could know it at `knownAt`: the fold of its timeline by
 * (effectiveAt, sequence, id). The order in which events arrived plays no part.
 */
export function sealStatusAt(timeline: readonly SealChange[], at: Instant, knownAt: Instant): SealStatus {
  const known = timeline.filter((change) => change.recordedAt <= knownAt).sort(inFoldOrder)
  const changes = standing(known, knownAt)
  const { state, reason } = stateAt(changes, at)
  return { state, ...unbrokenTime(changes, at, state), reason, knownSince: knownSince(known, at, state) }
}

/** Only the state and its reason, for whoever asks nothing of its span: a fold of changes that `standing` has put in order. */
export function stateOf(changes: readonly SealChange[], at: Instant): Pick<SealStatus, 'state' | 'reason'> {
  return stateAt(changes, at)
}

/** The events that count at `knownAt`, in the order of the fold: known, not voided, corrections themselves left out. */
export function standing(timeline: readonly SealChange[], knownAt: Instant): readonly SealChange[] {
  const known = timeline.filter((change) => change.recordedAt <= knownAt)
  const voided = voidedBy(known.filter((change) => change.kind === 'CORRECTED'))
  return known.filter((change) => change.kind !== 'CORRECTED' && !voided.has(change.id)).sort(inFoldOrder)
}

/** A correction may itself be corrected. Corrections that void each other in a ring void nothing. */
function voidedBy(corrections: readonly SealChange[]): ReadonlySet<string> {
  const voided = new Set<string>()
  let open = corrections
  while (open.length > 0) {
    const named = new Set(open.map((correction) => correction.voids))
    const decided = open.filter((correction) => !named.has(correction.id))
    if (decided.length === 0) return voided
    for (const { id, voids } of decided) if (voids !== null && !voided.has(id)) voided.add(voids)
    open = open.filter((correction) => named.has(correction.id))
  }
  return voided
}

function inFoldOrder(a: SealChange, b: SealChange): number {
  return a.effectiveAt - b.effectiveAt || a.sequence - b.sequence || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** The fold: the hardest restriction standing at `at`; without one, what the calendar says of the validity registered. */
function stateAt(changes: readonly SealChange[], at: Instant): Pick<SealStatus, 'state' | 'reason'> {
  let restriction: SealChange | null = null
  let rank = 0
  let begun: Span | null = null
  let registered = false
  for (const change of changes) {
    if (change.effectiveAt > at) break
    const next = RESTRICTIONS[change.kind]
    if (next !== undefined && next.rank > rank) {
      restriction = change
      rank = next.rank
    } else if (change.kind === 'RESUMED' && rank <= HIGHEST_LIFTABLE_RANK) {
      restriction = null
      rank = 0
    } else if (change.kind === 'REGISTERED' && change.validity !== null) {
      registered = true
      // A renewal takes over when its validity begins; until then the one before it counts.
      if (change.validity.from <= at) begun = change.validity
    }
  }
  if (restriction !== null) return { state: RESTRICTIONS[restriction.kind]?.state ?? 'INVALID', reason: restriction.reason }
  if (!registered) return { state: 'UNREGISTERED', reason: null }
  if (begun === null) return { state: 'NOT_YET_VALID', reason: null }
  return { state: holds(begun, at) ? 'ACTIVE' : 'EXPIRED', reason: null }
}

/** Walks from `at` to both sides over the moments at which anything can change, as far as the state stays the same. */
function unbrokenTime(changes: readonly SealChange[], at: Instant, state: SealState): Pick<SealStatus, 'since' | 'until'> {
  const turns = turningPoints(changes)
  const next = turns.find((turn) => turn > at && stateAt(changes, turn).state !== state)
  const past = turns.filter((turn) => turn <= at)
  const broken = past.findLastIndex((turn) => stateAt(changes, turn).state !== state)
  const first = broken >= 0 || state !== 'UNREGISTERED' ? past[broken + 1] : undefined
  return { since: first ?? null, until: next === undefined ? null : next - 1 }
}

/** Every moment at which the state can change, in order. */
function turningPoints(changes: readonly SealChange[]): readonly Instant[] {
  const turns = changes.flatMap(({ effectiveAt, validity }) => {
    if (validity === null) return [effectiveAt]
    return validity.until === null ? [effectiveAt, validity.from] : [effectiveAt, validity.from, validity.until + 1]
  })
  return [...new Set(turns)].sort((a, b) => a - b)
}

/** The earliest moment of knowledge from which on the answer for `at` has been this state. */
function knownSince(known: readonly SealChange[], at: Instant, state: SealState): Instant | null {
  const moments = [...new Set(known.map((change) => change.recordedAt))].sort((a, b) => b - a)
  let since: Instant | null = null
  for (const moment of moments) {
    if (stateAt(standing(known, moment), at).state !== state) return since
    since = moment
  }
  return state === 'UNREGISTERED' ? null : since
}
