import { createHash, createHmac, createSecretKey, type KeyObject, randomUUID, timingSafeEqual } from 'node:crypto'
import { HubError } from '../model/error.ts'
import type { RequestContext } from '../model/subgraph.ts'
import type { Clock, Instant } from '../model/time.ts'

/** A request between the hub's own rooms. */
export interface HubRequest {
  readonly method: string
  readonly path: string
  readonly body: Uint8Array
  readonly context: RequestContext
}

/** A signed request is good for this long, and only once. Clocks of two rooms may differ by as much. */
export const REPLAY_WINDOW_MS = 30_000
const MAXIMUM_NONCES = 200_000
const HEADERS = { time: 'x-hub-time', nonce: 'x-hub-nonce', context: 'x-hub-context', signature: 'x-hub-signature' } as const

/**
 * The headers that show a request comes from the hub: HMAC-SM3 over method, path, SM3 of the body, time, nonce and context.
 * @param key the hub's key, at least 32 bytes; the one for requests is derived from it.
 */
export function signRequest(request: HubRequest, key: Uint8Array, now: Instant): Record<string, string> {
  const [time, nonce] = [String(now), randomUUID()]
  const context = Buffer.from(JSON.stringify(request.context)).toString('base64url')
  return {
    [HEADERS.time]: time,
    [HEADERS.nonce]: nonce,
    [HEADERS.context]: context,
    [HEADERS.signature]: authenticationCode(request, [time, nonce, context], key),
  }
}

/**
 * Checks signed requests at the other end, remembering each for the replay window.
 * @returns a function that gives the context a request carries, and throws HubError: UNAUTHENTICATED when unsigned, forged or
 * outside the window, REPLAY when seen before, RATE_LIMITED when too many are remembered to tell.
 */
export function requestVerifier(key: Uint8Array, now: Clock) {
  const seen = new Map<string, Instant>()
  return (
    request: Omit<HubRequest, 'context'>,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): RequestContext => {
    const [time, nonce, context, signature] = Object.values(HEADERS).map((name) => headers[name])
    if (typeof time !== 'string' || typeof nonce !== 'string' || typeof context !== 'string' || typeof signature !== 'string') {
      throw refused('未签名', 'the request is not signed')
    }
    if (!equal(signature, authenticationCode(request, [time, nonce, context], key)))
      throw refused('签名不符', 'the signature does not hold')
    const at = now()
    if (!/^\d+$/.test(time) || Math.abs(Number(time) - at) > REPLAY_WINDOW_MS)
      throw refused('不在时限内', 'outside the time window')
    forgetOld(seen, at)
    if (seen.has(nonce)) throw new HubError('REPLAY', '请求重放', 'the request was seen before')
    if (seen.size >= MAXIMUM_NONCES) throw new HubError('RATE_LIMITED', '请求过多', 'too many requests to remember')
    seen.set(nonce, Number(time))
    return JSON.parse(Buffer.from(context, 'base64url').toString()) as RequestContext
  }
}

/** Insertion order is nearly order of time: forgetting may stop at the first that is young. */
function forgetOld(seen: Map<string, Instant>, now: Instant): void {
  for (const [nonce, time] of seen) {
    if (now - time <= 2 * REPLAY_WINDOW_MS) return
    seen.delete(nonce)
  }
}

function authenticationCode(request: Omit<HubRequest, 'context'>, signed: readonly string[], key: Uint8Array): string {
  const digest = createHash('sm3').update(request.body).digest('hex')
  return createHmac('sm3', requestKeyOf(key))
    .update([request.method, request.path, digest, ...signed].join('\n'))
    .digest('base64url')
}

const requestKeys = new WeakMap<Uint8Array, KeyObject>()

/** Derived once for each key: deriving costs five times as much as using it. */
function requestKeyOf(key: Uint8Array): KeyObject {
  const known = requestKeys.get(key)
  if (known) return known
  if (key.length < 32) throw new HubError('UNAVAILABLE', '枢纽密钥过短', 'the hub key is shorter than 32 bytes')
  const derived = createSecretKey(createHmac('sm3', key).update('sealhub request v1').digest())
  requestKeys.set(key, derived)
  return derived
}

function equal(given: string, computed: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(computed)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function refused(zh: string, en: string): HubError {
  return new HubError('UNAUTHENTICATED', `请求被拒绝：${zh}`, `request refused: ${en}`)
}
