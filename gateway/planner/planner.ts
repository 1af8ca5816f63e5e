import { HubError } from '../../model/error.ts'
import { BoundedCache } from '../../runtime/bounded-cache.ts'
import { type Log, SILENT } from '../../runtime/log.ts'
import { readPlan, type Step } from './plan.ts'
import { PlannerProcess } from './process.ts'

export interface PlannerOptions {
  readonly supergraph: string
  readonly log?: Log
  /** Milliseconds for one document; 2,000 by default. */
  readonly timeout?: number
  /** Documents waiting at most; 200 by default. */
  readonly maximumWaiting?: number
  /** Plans kept at most; 1,000 by default. */
  readonly maximumPlans?: number
  /** Another planner process, for tests. */
  readonly worker?: URL
}

const REMEMBERED_KILLERS = 1_000
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2_000

/**
 * Plans documents in a process of its own, one at a time, because the native planner may abort the whole process on a legal
 * document. That document is then refused and remembered; the process is started again with growing pauses; documents that
 * waited are planned by the new one. Plans are kept by their document, in a bounded cache.
 */
export class Planner {
  readonly #options: PlannerOptions
  readonly #log: Log
  readonly #plans: BoundedCache<Promise<Step | null>>
  readonly #killers = new BoundedCache<true>(REMEMBERED_KILLERS)
  #process: PlannerProcess
  #starting: Promise<PlannerProcess> | null = null
  #queue: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #deaths = 0
  #closed = false

  private constructor(options: PlannerOptions, process: PlannerProcess) {
    this.#options = options
    this.#log = options.log ?? SILENT
    this.#plans = new BoundedCache(options.maximumPlans ?? 1_000)
    this.#process = process
  }

  /** @throws HubError UNSUPPORTED when the planner refuses the supergraph, UNAVAILABLE when it does not start. */
  static async start(options: PlannerOptions): Promise<Planner> {
    const process = await PlannerProcess.start(options.supergraph, options.worker)
    if (process === null) throw new HubError('UNAVAILABLE', '规划进程未能启动', 'the planner does not start')
    if (!(process instanceof PlannerProcess)) {
      throw new HubError('UNSUPPORTED', '规划器拒绝该超图', `the planner refuses the supergraph: ${process.error}`)
    }
    return new Planner(options, process)
  }

  get healthy(): boolean {
    return !this.#closed && (this.#process.alive || this.#starting !== null)
  }

  /**
   * The steps for one document with one operation, as `response-keys` writes it; null when there is nothing to fetch.
   * @throws HubError UNSUPPORTED when the document cannot be planned or brought the planner down, UNAVAILABLE when too many
   * wait or the planner is gone.
   */
  plan(document: string): Promise<Step | null> {
    const kept = this.#plans.get(document)
    if (kept) return kept
    if (this.#killers.get(document)) return Promise.reject(cannotPlan('it brought the planner down before'))
    if (this.#waiting >= (this.#options.maximumWaiting ?? 200)) return Promise.reject(busy('too many documents wait for a plan'))
    this.#waiting++
    const plan = this.#queue.then(() => this.#planNext(document))
    this.#queue = plan.catch(() => {}).finally(() => this.#waiting--)
    this.#plans.set(document, plan)
    plan.catch(() => this.#plans.delete(document))
    return plan
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#process.end()
  }

  async #planNext(document: string): Promise<Step | null> {
    const process = await this.#living()
    const answer = await process.plan(document, this.#options.timeout ?? 2_000)
    if ('plan' in answer) {
      this.#deaths = 0
      return readPlan(answer.plan)
    }
    if ('error' in answer) {
      this.#log.warn({ document, reason: answer.error }, 'a document cannot be planned')
      throw cannotPlan(answer.error)
    }
    if (this.#closed) throw busy('the gateway is closing')
    this.#killers.set(document, true)
    this.#log.error({ document, how: answer.died }, 'a document brought the planner down')
    this.#living().catch((err) => this.#log.error({ err }, 'the planner is down')) // the next document should find it up
    throw cannotPlan(`the planner ${answer.died}`)
  }

  /** The process, started again when it died. */
  async #living(): Promise<PlannerProcess> {
    if (this.#process.alive) return this.#process
    this.#starting ??= this.#restart().finally(() => {
      this.#starting = null
    })
    return this.#starting
  }

  async #restart(): Promise<PlannerProcess> {
    if (this.#deaths > 0) await new Promise((resolve) => setTimeout(resolve, pauseAfter(this.#deaths)))
    this.#deaths++
    if (this.#closed) throw busy('the gateway is closing')
    const process = await PlannerProcess.start(this.#options.supergraph, this.#options.worker)
    if (!(process instanceof PlannerProcess)) throw busy('the planner does not start again')
    if (this.#closed) process.end()
    this.#process = process
    return process
  }
}

function pauseAfter(deaths: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (deaths - 1))
}

function cannotPlan(reason: string): HubError {
  return new HubError('UNSUPPORTED', '该查询无法规划', 'the document cannot be planned', { cause: reason })
}

function busy(reason: string): HubError {
  return new HubError('UNAVAILABLE', '查询规划暂不可用', `no plan for now: ${reason}`)
}
