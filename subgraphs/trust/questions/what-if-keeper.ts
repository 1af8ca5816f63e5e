import type { Log } from '../../../runtime/log.ts'
import type { RecordedDecision } from './what-if-record.ts'

/** Keeps the newest decisions, and no more than so many. */
export interface DecisionStore {
  /** Adds all or none and drops the oldest over the limit. */
  readonly keep: (decisions: readonly RecordedDecision[], limit: number) => void
  /** The newest, newest first. */
  readonly newest: (number: number) => Promise<readonly RecordedDecision[]>
}

export interface DecisionKeeper {
  /** Takes a decision without making anybody wait; it is written with others, a second later at most. */
  readonly take: (decision: RecordedDecision) => void
  readonly newest: DecisionStore['newest']
  readonly close: () => void
}

const BATCH = 200
const DELAY_MS = 1_000

/** @param limit how many decisions are kept. */
export function decisionKeeper(store: DecisionStore, limit: number, log: Log): DecisionKeeper {
  let waiting: RecordedDecision[] = []
  let timer: NodeJS.Timeout | null = null
  const flush = () => {
    if (timer) clearTimeout(timer)
    timer = null
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    try {
      store.keep(batch, limit)
    } catch (error) {
      log.error({ err: error, decisions: batch.length }, 'decisions could not be kept')
    }
  }
  return {
    take: (decision) => {
      waiting.push(decision)
      if (waiting.length >= BATCH) flush()
      else timer ??= setTimeout(flush, DELAY_MS).unref()
    },
    newest: (number) => {
      flush()
      return store.newest(number)
    },
    close: flush,
  }
}
