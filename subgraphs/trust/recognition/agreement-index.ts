import { type DivisionCode, lineage, NATION } from '../../../model/division-code.ts'
import type { Instant } from '../../../model/time.ts'
import type { Agreement } from './agreement.ts'

/** Every agreement ever stated, immutable and indexed by the two divisions. */
export interface AgreementIndex {
  /** When the newest statement was recorded; 0 when there is none. */
  readonly recordedAt: Instant
  /**
   * What counted at `knownAt` between two divisions, those of the divisions above them included, by id. The cost does not depend
   * on how many agreements there are.
   */
  readonly between: (reliedOnIn: DivisionCode, issuedIn: DivisionCode | null, knownAt: Instant) => readonly Agreement[]
  /** Everything that counted at `knownAt`, by relying and issuing division, beginning and id. */
  readonly all: (knownAt: Instant) => readonly Agreement[]
  /** Every statement on one agreement, oldest first. */
  readonly history: (id: string) => readonly Agreement[]
}

/** Indexes statements. Their order plays no part. */
export function agreementIndex(statements: readonly Agreement[]): AgreementIndex {
  const byPair = Map.groupBy(statements, (agreement) => pairOf(agreement.reliedOnIn, agreement.issuedIn))
  return {
    recordedAt: statements.reduce((newest, { recordedAt }) => Math.max(newest, recordedAt), 0),
    between: (reliedOnIn, issuedIn, knownAt) => {
      if (statements.length === 0) return []
      const issuers = issuedIn === null ? [NATION] : lineage(issuedIn)
      const held = lineage(reliedOnIn).flatMap((above) => issuers.flatMap((issuer) => byPair.get(pairOf(above, issuer)) ?? []))
      return newestKnown(held, knownAt)
    },
    all: (knownAt) => newestKnown(statements, knownAt).sort(inOrder),
    history: (id) => statements.filter((agreement) => agreement.id === id).sort((a, b) => a.recordedAt - b.recordedAt),
  }
}

function pairOf(reliedOnIn: DivisionCode, issuedIn: DivisionCode): string {
  return `${reliedOnIn} ${issuedIn}`
}

function newestKnown(statements: readonly Agreement[], knownAt: Instant): Agreement[] {
  const newest = new Map<string, Agreement>()
  for (const statement of statements) {
    if (statement.recordedAt > knownAt) continue
    const other = newest.get(statement.id)
    if (!other || other.recordedAt < statement.recordedAt) newest.set(statement.id, statement)
  }
  return [...newest.values()].sort((a, b) => compare(a.id, b.id))
}

function inOrder(a: Agreement, b: Agreement): number {
  return (
    compare(a.reliedOnIn, b.reliedOnIn) || compare(a.issuedIn, b.issuedIn) || a.span.from - b.span.from || compare(a.id, b.id)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
