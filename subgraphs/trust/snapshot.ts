import type { DivisionCode } from '../../model/division-code.ts'
import type { Fingerprint } from '../../model/facts.ts'
import type { Instant } from '../../model/time.ts'
import type { Agreement } from './recognition/agreement.ts'
import type { AgreementIndex } from './recognition/agreement-index.ts'
import type { TrustRole, TrustService } from './service.ts'
import type { HeldList } from './store/trust-store.ts'
import { TrustIndex } from './trust-index.ts'

/** Everything ever said of services, immutable and indexed: what one judgement sees from beginning to end. */
export interface TrustSnapshot {
  /** When the newest statement, list or agreement was recorded; 0 when there is none. Names the generation of the lists. */
  readonly recordedAt: Instant
  /** What counted at `knownAt` for a certificate in a role; the cost does not depend on how many services there are. */
  readonly services: (role: TrustRole, fingerprint: Fingerprint, knownAt: Instant) => readonly TrustService[]
  /** What counted at `knownAt` for a certificate in every role. */
  readonly ofCertificate: (fingerprint: Fingerprint, knownAt: Instant) => readonly TrustService[]
  /** Who was named at `knownAt` as operator of the list of a territory, by whomever; without a territory, of any. */
  readonly operators: (territory: DivisionCode | null, knownAt: Instant) => readonly TrustService[]
  /** Who was named at `knownAt` to publish the status of the seals of a division, by whomever. */
  readonly publishers: (division: DivisionCode, knownAt: Instant) => readonly TrustService[]
  /** Who was named at `knownAt` as the member platform of that identifier. */
  readonly platforms: (identifier: string, knownAt: Instant) => readonly TrustService[]
  /** What this hub itself said, as it counted at `knownAt`. */
  readonly own: (knownAt: Instant) => readonly TrustService[]
  /** The newest list of a territory known at `knownAt`, taken in from its operator; null when there is none. */
  readonly list: (territory: DivisionCode, knownAt: Instant) => HeldList | null
  /** The newest list this hub published itself, as known at `knownAt`. */
  readonly ownList: (territory: DivisionCode, knownAt: Instant) => HeldList | null
  /** Every list ever taken in or published. */
  readonly lists: readonly HeldList[]
  /** Everything that counted at `knownAt`, by role, scope, name, beginning and id. */
  readonly all: (knownAt: Instant) => readonly TrustService[]
  /** Agreements on recognition. */
  readonly agreements: AgreementIndex
  /** When the newest statement, list or agreement known at `knownAt` was recorded; null when there was none. */
  readonly generation: (knownAt: Instant) => Instant | null
}

/** Indexes statements, lists and agreements. Their order plays no part. */
export function trustSnapshot(
  services: readonly TrustService[],
  lists: readonly HeldList[] = [],
  agreements: readonly Agreement[] = [],
): TrustSnapshot {
  return snapshotOf(new TrustIndex({ services, lists, agreements }))
}

/** What an index holds now. What is added to it later is recorded later, and not looked at. */
export function snapshotOf(index: TrustIndex): TrustSnapshot {
  const { agreements } = index
  const [generations, moments] = [index.generations, index.generations.length]
  const lists = index.lists.slice()
  const recordedAt = index.generations.at(-1) ?? 0
  const known = (services: readonly TrustService[] | undefined, knownAt: Instant) =>
    services ? newestKnown(services, Math.min(knownAt, recordedAt)) : NONE
  let everything: readonly TrustService[] | null = null
  return {
    recordedAt,
    generation: (knownAt) => lastNotAfter(generations, moments, knownAt),
    ofCertificate: (fingerprint, knownAt) => known(index.byCertificate.get(fingerprint), knownAt),
    services: (role, fingerprint, knownAt) => known(index.byRole.get(role)?.get(fingerprint), knownAt),
    operators: (territory, knownAt) => {
      if (territory !== null) return known(index.operators.get(territory), knownAt)
      return known([...index.operators.values()].flat(), knownAt)
    },
    publishers: (division, knownAt) => {
      if (index.publishers.size === 0) return NONE
      return scopesOf(division).flatMap((scope) => known(index.publishers.get(scope), knownAt))
    },
    platforms: (identifier, knownAt) => known(index.platforms.get(identifier), knownAt),
    own: (knownAt) => known(index.own, knownAt),
    all: (knownAt) => {
      if (knownAt < recordedAt) return known(index.services, knownAt)
      everything ??= known(index.services, knownAt)
      return everything
    },
    lists,
    agreements,
    list: (territory, knownAt) => newestList(index.taken.get(territory), Math.min(knownAt, recordedAt)),
    ownList: (territory, knownAt) => newestList(index.published.get(territory), Math.min(knownAt, recordedAt)),
  }
}

/** The scopes that hold a division, the widest first: '', 41, 4117, 411728. */
function scopesOf(division: DivisionCode): readonly string[] {
  return [0, 2, 4, 6].map((digits) => division.slice(0, digits))
}

/** By halves. @param moments in order, of which the first `count` are looked at. */
function lastNotAfter(moments: readonly Instant[], count: number, at: Instant): Instant | null {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((moments[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return moments[low - 1] ?? null
}

const NONE: readonly TrustService[] = []

/** Always a list of its own: those of the index grow. */
function newestKnown(statements: readonly TrustService[], knownAt: Instant): readonly TrustService[] {
  const [only] = statements
  if (only && statements.length === 1) return only.recordedAt <= knownAt ? [only] : NONE
  const newest = new Map<string, TrustService>()
  for (const statement of statements) {
    if (statement.recordedAt > knownAt) continue
    const other = newest.get(statement.id)
    if (!other || other.recordedAt < statement.recordedAt) newest.set(statement.id, statement)
  }
  return [...newest.values()].sort(inListOrder)
}

function newestList(lists: readonly HeldList[] | undefined, knownAt: Instant): HeldList | null {
  let newest: HeldList | null = null
  for (const list of lists ?? [])
    if (list.recordedAt <= knownAt && (newest === null || newest.sequence <= list.sequence)) newest = list
  return newest
}

function inListOrder(a: TrustService, b: TrustService): number {
  return (
    compare(a.role, b.role) ||
    compare(a.scope, b.scope) ||
    compare(a.name, b.name) ||
    a.span.from - b.span.from ||
    compare(a.id, b.id)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
