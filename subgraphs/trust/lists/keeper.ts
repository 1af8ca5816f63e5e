import type { DivisionCode } from '../../../model/division-code.ts'
import type { Clock } from '../../../model/time.ts'
import type { Signer } from '../../../pki/signer.ts'
import type { Log } from '../../../runtime/log.ts'
import type { TrustLists } from '../lists.ts'
import { publishTrustList } from './publication.ts'
import { halfLifeOf } from './state.ts'

export interface ListKeeperOptions {
  readonly lists: TrustLists
  readonly territory: DivisionCode
  readonly signer: Signer
  readonly now: Clock
  readonly log: Log
}

/** Keeps the hub's own list from growing old: published once, it is signed again for news and at half of its life. */
export interface ListKeeper {
  /** Looks once. Never rejects: what goes wrong is told in the log, from half of the list's life on as an alarm. */
  readonly run: () => Promise<void>
  readonly start: () => void
  readonly close: () => Promise<void>
}

const LOOK_MS = 60_000

/** Opens the keeper; it does nothing before `run` or `start`, and never publishes a first list: that is for a person to do. */
export function listKeeper({ lists, territory, signer, now, log }: ListKeeperOptions): ListKeeper {
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const own = (await lists.snapshot()).ownList(territory, Number.MAX_SAFE_INTEGER)
    if (own === null) return
    try {
      const { outcome, list } = await publishTrustList(lists, { territory, signer }, now())
      if (outcome === 'IMPORTED') log.info({ territory, sequence: list.sequence }, 'the list of this hub was signed again')
    } catch (error) {
      const fields = { err: error, territory, sequence: own.sequence, nextUpdate: own.nextUpdate }
      if (now() < halfLifeOf(own)) log.warn(fields, 'the list of this hub could not be signed again yet')
      else log.error(fields, 'ALARM: the list of this hub is past half of its life and could not be signed again')
    }
  }

  function run(): Promise<void> {
    running ??= look()
      .catch((error: unknown) => log.error({ err: error }, 'the list of this hub could not be looked after'))
      .finally(() => {
        running = null
      })
    return running
  }

  return {
    run,
    start: () => {
      void run()
      timer = setInterval(() => void run(), LOOK_MS).unref()
    },
    close: async () => {
      clearInterval(timer)
      await running
    },
  }
}
