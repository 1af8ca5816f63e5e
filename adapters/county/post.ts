import { setTimeout } from 'node:timers/promises'
import { HubError, type HubErrorCode } from '../../model/error.ts'

/** How a pusher reaches the hub; everything has a default but the address. */
export interface Reach {
  /** The hub's address, `https://hub.example`. */
  readonly url: string
  readonly fetch?: typeof fetch
  /** Waits so many milliseconds. */
  readonly wait?: (milliseconds: number) => Promise<unknown>
  /** A number from 0 up to 1, for the jitter. */
  readonly random?: () => number
  readonly signal?: AbortSignal
}

const ATTEMPTS = 6
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
const TIMEOUT_MS = 120_000
const MAXIMUM_ANSWER_BYTES = 16 * 1024 * 1024
/** Worth another try with the same bytes: the hub is idempotent, so a lost answer costs nothing. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/**
 * Asks the hub over HTTP, again with growing pauses and jitter while it does not answer or says it is busy.
 * @throws HubError with the hub's code, or UNAVAILABLE when it did not answer in six attempts.
 */
export async function reach(path: string, body: Uint8Array | null, options: Reach): Promise<unknown> {
  const { wait = setTimeout, random = Math.random, signal } = options
  for (let attempt = 1; ; attempt++) {
    const outcome = await tryOnce(path, body, options)
    if ('answer' in outcome) return outcome.answer
    if (!outcome.passing || attempt === ATTEMPTS || signal?.aborted) throw outcome.error
    const pause = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1))
    await wait(Math.max(outcome.retryAfter, pause * (0.5 + random() / 2)))
  }
}

type Outcome =
  | { readonly answer: unknown }
  | { readonly error: HubError; readonly passing: boolean /** Milliseconds. */; readonly retryAfter: number }

async function tryOnce(path: string, body: Uint8Array | null, { url, fetch: send = fetch, signal }: Reach): Promise<Outcome> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const headers = body === null ? {} : { 'content-type': 'application/pkcs7-mime' }
  try {
    const response = await send(new URL(path, url), {
      method: body === null ? 'GET' : 'POST',
      headers,
      ...(body === null ? {} : { body: Buffer.from(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    const answer = await readAnswer(response)
    if (response.ok) return { answer }
    const seconds = Number(response.headers.get('retry-after') ?? 0)
    const retryAfter = Number.isFinite(seconds) ? Math.min(60, seconds) * 1000 : 0
    return { error: errorOf(response.status, answer), passing: PASSING.has(response.status), retryAfter }
  } catch (cause) {
    if (cause instanceof HubError) throw cause
    const error = new HubError('UNAVAILABLE', `枢纽没有应答：${url}`, `the hub does not answer: ${url}`, { cause })
    return { error, passing: true, retryAfter: 0 }
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text.length > MAXIMUM_ANSWER_BYTES) throw new HubError('TOO_LARGE', '应答过大', 'the answer is too large')
  try {
    return JSON.parse(text)
  } catch {
    return null // a proxy's page: the status says enough
  }
}

function errorOf(status: number, answer: unknown): HubError {
  const [first] =
    (answer as { errors?: readonly { extensions?: { code?: HubErrorCode; zh?: string; en?: string } }[] } | null)?.errors ?? []
  const { code, zh, en } = first?.extensions ?? {}
  const words = `HTTP ${status}`
  return new HubError(code ?? 'UNAVAILABLE', zh ?? words, en ?? words)
}
