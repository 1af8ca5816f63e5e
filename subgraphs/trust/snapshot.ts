import type { DivisionCode } from '../../model/division-code.ts'
import type { Fingerprint } from '../../model/facts.ts'
import type { Instant } from '../../model/time.ts'
import type { Agreement } from './recognition/agreement.ts'
import { type AgreementIndex, agreementIndex } from './recognition/agreement-index.ts'
import type { TrustRole, TrustService } from './service.ts'
import type { HeldList } from './store/trust-store.ts'

/** Everything ever said of services, immutable and indexed: what one judgement sees from beginning to end. */
export interface TrustSnapshot {
  /** When the newest statement, list or agreement was recorded; 0 when there is none. Names the generation of the lists. */
  readonly recordedAt: Instant
  /** What counted at `knownAt` for a certificate in a role; the cost does not depend on how many services there are. */
  readonly services: (role: TrustRole, fingerprint: Fingerprint, knownAt: Instant) => readonly TrustService[]
  /** What counted at `knownAt` for a certificate in every role. */
  readonly ofCertificate: (fingerprint: Fingerprint, knownAt: Instant) => readonly TrustService[]
  /** Who was named at `knownAt` as operator of the list of a territory, by whomever. */
  readonly operators: (territory: DivisionCode, knownAt: Instant) => readonly TrustService[]
  /** The newest list of a territory known at `knownAt`, taken in from its operator; null when there is none. */
  readonly list: (territory: DivisionCode, knownAt: Instant) => HeldList | null
  /** The newest list this hub published itself, as known at `knownAt`. */
  readonly ownList: (territory: DivisionCode, knownAt: Instant) => HeldList | null
  /** Every list ever taken in or published. */
  readonly lists: readonly HeldList[]
  /** Everything that counted at `knownAt`, by role, scope, name and id. */
  readonly all: (knownAt: Instant) => readonly TrustService[]
  /** Agreements on recognition. */
  readonly agreements: AgreementIndex
  /** When the newest statement, list or agreement known at `knownAt` was recorded; null when there was none. */
  readonly generation: (knownAt: Instant) => Instant | null
}

/** Indexes statements, lists and agreements. Their order plays no part. */
export function trustSnapshot(
  statements: readonly TrustService[],
  lists: readonly HeldList[] = [],
  agreements: readonly Agreement[] = [],
): TrustSnapshot {
  const byCertificate = Map.groupBy(statements, ({ fingerprint }) => fingerprint)
  const byRole = new Map(
    [...Map.groupBy(statements, ({ role }) => role)].map(([role, of]) => [role, Map.groupBy(of, fingerprintOf)]),
  )
  const byTerritoryOfList = Map.groupBy(
    statements.filter(({ role }) => role === 'LIST_OPERATOR'),
    ({ name }) => name,
  )
  const generations = [...new Set([...statements, ...lists, ...agreements].map(({ recordedAt }) => recordedAt))].sort(
    (a, b) => a - b,
  )
  const taken = byTerritory(lists.filter(({ own }) => !own))
  const published = byTerritory(lists.filter(({ own }) => own))
  return {
    recordedAt: generations.at(-1) ?? 0,
    generation: (knownAt) => lastNotAfter(generations, knownAt),
    ofCertificate: (fingerprint, knownAt) => newestKnown(byCertificate.get(fingerprint) ?? NONE, knownAt),
    services: (role, fingerprint, knownAt) => newestKnown(byRole.get(role)?.get(fingerprint) ?? NONE, knownAt),
    operators: (territory, knownAt) => newestKnown(byTerritoryOfList.get(territory) ?? [], knownAt),
    all: (knownAt) => newestKnown(statements, knownAt),
    lists,
    agreements: agreementIndex(agreements),
    list: (territory, knownAt) => newestList(taken.get(territory) ?? [], knownAt),
    ownList: (territory, knownAt) => newestList(published.get(territory) ?? [], knownAt),
  }
}

/** By halves. @param moments in order. */
function lastNotAfter(moments: readonly Instant[], at: Instant): Instant | null {
  let [low, high] = [0, moments.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((moments[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return moments[low - 1] ?? null
}

const NONE: readonly TrustService[] = []

function fingerprintOf({ fingerprint }: TrustService): Fingerprint {
  return fingerprint
}

function newestKnown(statements: readonly TrustService[], knownAt: Instant): readonly TrustService[] {
  const [only] = statements
  if (only && statements.length === 1) return only.recordedAt <= knownAt ? statements : NONE
  const newest = new Map<string, TrustService>()
  for (const statement of statements) {
    if (statement.recordedAt > knownAt) continue
    const other = newest.get(statement.id)
    if (!other || other.recordedAt < statement.recordedAt) newest.set(statement.id, statement)
  }
  return [...newest.values()].sort(inListOrder)
}

function byTerritory(lists: readonly HeldList[]): ReadonlyMap<DivisionCode, readonly HeldList[]> {
  return Map.groupBy(lists, (list) => list.territory)
}

function newestList(lists: readonly HeldList[], knownAt: Instant): HeldList | null {
  const known = lists.filter((list) => list.recordedAt <= knownAt)
  return known.reduce<HeldList | null>((newest, list) => (newest && newest.sequence > list.sequence ? newest : list), null)
}

function inListOrder(a: TrustService, b: TrustService): number {
  return compare(a.role, b.role) || compare(a.scope, b.scope) || compare(a.name, b.name) || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
