import { HubError } from '../model/error.ts'

/** How long one execution waits: for each fetch its own time, and for none longer than the client stays. */
export class Patience {
  readonly #timeout: number
  readonly #client: AbortSignal | undefined
  readonly #waits = new Set<Wait>()
  readonly #leave = (): void => {
    for (const wait of this.#waits) wait.giveUp(this.#client?.reason)
  }

  /** @param timeout milliseconds for one fetch. @param client aborted when the client is gone. */
  constructor(timeout: number, client: AbortSignal | undefined) {
    this.#timeout = timeout
    this.#client = client
    client?.addEventListener('abort', this.#leave, { once: true })
  }

  /** Asks, and rejects when the answer takes too long or the client is gone; whoever is asked is told by the signal. */
  within<Answer>(ask: (wait: { readonly signal: AbortSignal }) => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#client?.aborted) return reject(this.#client.reason)
      const wait = new Wait(reject)
      const timer = setTimeout(() => wait.giveUp(tooLate(this.#timeout)), this.#timeout)
      this.#waits.add(wait)
      const end = () => {
        clearTimeout(timer)
        this.#waits.delete(wait)
      }
      ask(wait).then(
        (answer) => {
          end()
          resolve(answer)
        },
        (reason) => {
          end()
          reject(reason)
        },
      )
    })
  }

  /** Nothing is asked any more. */
  end(): void {
    this.#client?.removeEventListener('abort', this.#leave)
  }
}

/** One fetch under way. Its signal is made when it is looked at: most resolvers never do. */
class Wait {
  readonly #reject: (reason: unknown) => void
  #controller: AbortController | null = null
  #givenUp: { readonly reason: unknown } | null = null

  constructor(reject: (reason: unknown) => void) {
    this.#reject = reject
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#givenUp) this.#controller.abort(this.#givenUp.reason)
    return this.#controller.signal
  }

  giveUp(reason: unknown): void {
    this.#givenUp = { reason }
    this.#reject(reason)
    this.#controller?.abort(reason)
  }
}

function tooLate(timeout: number): HubError {
  return new HubError('UNAVAILABLE', `超过 ${timeout} 毫秒`, `no answer within ${timeout} ms`)
}
