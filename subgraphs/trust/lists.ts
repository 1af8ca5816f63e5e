import type { Instant } from '../../model/time.ts'
import type { Agreement, AgreementStatement } from './recognition/agreement.ts'
import type { TrustService, TrustStatement } from './service.ts'
import { snapshotOf, type TrustSnapshot } from './snapshot.ts'
import type { HeldList, TrustStore } from './store/trust-store.ts'
import { TrustIndex, type TrustNews } from './trust-index.ts'

/** What may be written; each resolves when the next snapshot holds it. */
export interface TrustWriter {
  /** Records statements as `TrustStore.record` promises. */
  readonly record: (statements: readonly TrustStatement[], now: Instant) => Promise<readonly (TrustService | null)[]>
  /** Records a signed list as `TrustStore.recordList` promises. */
  readonly recordList: TrustStore['recordList']
  /** Records an agreement as `TrustStore.recordAgreement` promises. */
  readonly recordAgreement: (statement: AgreementStatement, now: Instant) => Promise<Agreement | null>
}

/**
 * The lists as the subgraph holds them. A snapshot never changes; every write makes the next one. Writes are done one after the
 * other, also those that take their time.
 */
export interface TrustLists extends TrustWriter {
  readonly snapshot: () => Promise<TrustSnapshot>
  /** The bytes of a list as received or sent; null when it is not held. */
  readonly bytes: TrustStore['listBytes']
  /** Does work that reads and then writes, with no other write in between. What is written in it is written by its writer. */
  readonly inTurn: <Answer>(work: (write: TrustWriter) => Promise<Answer>) => Promise<Answer>
}

/** Opens the lists over a store that nobody else writes to meanwhile. */
export function trustLists(store: TrustStore): TrustLists {
  const held = heldIndex(store)
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const next = last.then(work)
    last = next.catch(() => {}) // whoever asked is told
    return next
  }
  const write: TrustWriter = {
    record: (statements, now) =>
      held.writing(store.record(statements, now), (services) => ({ services: services.filter((one) => one !== null) })),
    recordList: (list, statements, now) =>
      held.writing(store.recordList(list, statements, now), (recorded) => newsOf(recorded, statements)),
    recordAgreement: (statement, now) =>
      held.writing(store.recordAgreement(statement, now), (agreement) => ({ agreements: agreement ? [agreement] : [] })),
  }
  return {
    snapshot: held.snapshot,
    bytes: store.listBytes,
    record: (statements, now) => inTurn(() => write.record(statements, now)),
    recordList: (list, statements, now) => inTurn(() => write.recordList(list, statements, now)),
    recordAgreement: (statement, now) => inTurn(() => write.recordAgreement(statement, now)),
    inTurn: (work) => inTurn(() => work(write)),
  }
}

function newsOf(list: HeldList | null, statements: Parameters<TrustStore['recordList']>[1]): TrustNews {
  if (list === null) return {}
  const { recordedAt } = list
  return { lists: [list], services: statements.map((statement) => ({ ...statement, recordedAt })) }
}

/** Everything recorded, read once; then it grows with every write. After a write that failed it is read anew. */
function heldIndex(store: TrustStore) {
  let reading: Promise<TrustIndex> | null = null
  let current: { readonly index: TrustIndex; readonly snapshot: TrustSnapshot } | null = null

  async function read(): Promise<TrustSnapshot> {
    const own = reading ?? readIndex(store)
    reading = own
    try {
      const index = await own
      const snapshot = current?.index === index ? current.snapshot : snapshotOf(index)
      if (reading === own) current = { index, snapshot }
      return snapshot
    } catch (error) {
      if (reading === own) forget()
      throw error
    }
  }

  function forget(): void {
    reading = null
    current = null
  }

  /** @param before what was held when the write began: what was read since may show it already. */
  async function grow(before: typeof current, news: TrustNews): Promise<void> {
    if (before === null || current !== before) return forget()
    const { index } = before
    if (Object.values(news).every((of: readonly unknown[]) => of.length === 0)) return
    await index.add(news)
    current = { index, snapshot: snapshotOf(index) }
  }

  return {
    snapshot: async () => current?.snapshot ?? read(),
    writing: async <Answer>(writing: Promise<Answer>, newsIn: (answer: Answer) => TrustNews): Promise<Answer> => {
      const before = current
      try {
        const answer = await writing
        await grow(before, newsIn(answer))
        return answer
      } catch (error) {
        forget()
        throw error
      }
    },
  }
}

async function readIndex(store: TrustStore): Promise<TrustIndex> {
  const [services, lists, agreements] = await Promise.all([store.statements(), store.lists(), store.agreements()])
  return new TrustIndex({ services, lists, agreements })
}
