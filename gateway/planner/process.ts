import { type ChildProcess, fork } from 'node:child_process'
import type { QueryPlan } from '@graphql-hive/router-query-planner'

/** What came of one document. `died`: the process is gone, and this document was the one it worked on. */
export type PlanAnswer = { readonly plan: QueryPlan } | { readonly error: string } | { readonly died: 'aborted' | 'timed out' }

const WORKER = new URL('./worker.ts', import.meta.url)
const START_TIMEOUT_MS = 30_000

/** One planner process: started with a supergraph, asked one document after the other, ended by death or `end`. */
export class PlannerProcess {
  readonly #child: ChildProcess
  #settle: ((answer: object | null) => void) | null = null
  #alive = true

  private constructor(worker: URL) {
    // Nothing of this process's environment or arguments goes along: the planner needs none of it.
    this.#child = fork(worker, { env: {}, execArgv: [], serialization: 'json', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    this.#child.on('message', (message) => this.#answer(message as object))
    this.#child.on('exit', () => this.#end())
    this.#child.on('error', () => this.#end())
  }

  /** Resolves with null when the process does not come up; with `{ error }` when the supergraph is refused. */
  static async start(supergraph: string, worker: URL = WORKER): Promise<PlannerProcess | { readonly error: string } | null> {
    const planner = new PlannerProcess(worker)
    const answer = await planner.#ask({ supergraph }, START_TIMEOUT_MS)
    if (answer === null || answer === 'timed out') return null
    if ('error' in answer) {
      planner.end()
      return { error: String(answer.error) }
    }
    return planner
  }

  get alive(): boolean {
    return this.#alive
  }

  /** Plans one document; only one may be under way. A process that takes longer than `timeout` ms is killed. */
  async plan(document: string, timeout: number): Promise<PlanAnswer> {
    const answer = await this.#ask({ document }, timeout)
    if (answer === 'timed out') return { died: 'timed out' }
    if (answer === null) return { died: 'aborted' }
    return answer as PlanAnswer
  }

  end(): void {
    this.#child.kill('SIGKILL')
    this.#end()
  }

  #ask(question: object, timeout: number): Promise<object | 'timed out' | null> {
    if (!this.#alive) return Promise.resolve(null)
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#settle = null
        this.end()
        resolve('timed out')
      }, timeout)
      this.#settle = (answer) => {
        clearTimeout(timer)
        this.#settle = null
        resolve(answer)
      }
      this.#child.send(question, (error) => {
        if (error) this.#end()
      })
    })
  }

  #answer(message: object): void {
    this.#settle?.(message)
  }

  #end(): void {
    this.#alive = false
    this.#settle?.(null)
  }
}
