import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import { HubError } from './error.ts'
import type { Instant } from './time.ts'

/** The rooms that produce facts; each signs with a key derived for itself alone. */
export type FactsProducer = 'seals' | 'certificates' | 'trust'

/** What a seal over facts binds together: who says it, of what kind, about which entity, and when it was put together. */
export interface FactsLabel {
  readonly producer: FactsProducer
  readonly type: string
  readonly entityId: string
  readonly producedAt: Instant
}

/** What the caller needs, and how old it may be in milliseconds. */
export interface ExpectedFacts extends Omit<FactsLabel, 'producedAt'> {
  readonly lifetime?: number
}

/** Facts older than this are stale: a request lives seconds, not minutes. */
export const FACTS_LIFETIME_MS = 60_000
/** Clocks of rooms on several machines may differ by this much. */
const CLOCK_SKEW_MS = 5_000
const MAXIMUM_LENGTH = 4 * 1024 * 1024
const VERSION = 'f1'

/**
 * Seals facts for the way through the gateway: `f1.BASE64URL(canonical JSON of label and content).HMAC-SM3`.
 * @param key the hub's facts key, at least 32 bytes; each producer's own key is derived from it.
 */
export function sealFacts(label: FactsLabel, content: unknown, key: Uint8Array): string {
  const payload = Buffer.from(canonicalJson({ label, content })).toString('base64url')
  return `${VERSION}.${payload}.${authenticationCode(label.producer, payload, key)}`
}

/**
 * Opens sealed facts and returns their content.
 * @param expected the producer, type and entity the caller needs; facts about anything else are refused, however genuine.
 * @throws HubError FACTS_REFUSED when forged, from another producer, of another type or entity, stale or dated in the future.
 */
export function openFacts<Content>(sealed: string, expected: ExpectedFacts, now: Instant, key: Uint8Array): Content {
  const [version, payload, code, ...rest] = sealed.length <= MAXIMUM_LENGTH ? sealed.split('.') : []
  if (version !== VERSION || !payload || !code || rest.length > 0) throw refused('格式不符', 'malformed')
  if (!equal(code, authenticationCode(expected.producer, payload, key)))
    throw refused('鉴别码不符', 'authentication code does not hold')
  const { label, content } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { label: FactsLabel; content: Content }
  if (label.producer !== expected.producer || label.type !== expected.type) throw refused('种类不符', 'of another kind')
  if (label.entityId !== expected.entityId) throw refused('所述对象不符', 'about another entity')
  if (label.producedAt > now + CLOCK_SKEW_MS) throw refused('时间在未来', 'dated in the future')
  if (label.producedAt < now - (expected.lifetime ?? FACTS_LIFETIME_MS)) throw refused('已过时', 'stale')
  return content
}

function authenticationCode(producer: FactsProducer, payload: string, key: Uint8Array): string {
  return createHmac('sm3', producersKey(producer, key)).update(payload).digest('base64url')
}

const producersKeys = new WeakMap<Uint8Array, Map<FactsProducer, KeyObject>>()

/** Derived once for each producer: deriving costs five times as much as using it. */
function producersKey(producer: FactsProducer, key: Uint8Array): KeyObject {
  const known = producersKeys.get(key)?.get(producer)
  if (known) return known
  if (key.length < 32) throw new HubError('UNAVAILABLE', '事实密钥过短', 'the facts key is shorter than 32 bytes')
  const derived = createSecretKey(createHmac('sm3', key).update(`sealhub facts ${VERSION} ${producer}`).digest())
  producersKeys.set(key, (producersKeys.get(key) ?? new Map()).set(producer, derived))
  return derived
}

function equal(given: string, computed: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(computed)
  return a.length === b.length && timingSafeEqual(a, b)
}

function refused(zh: string, en: string): HubError {
  return new HubError('FACTS_REFUSED', `事实被拒绝：${zh}`, `facts refused: ${en}`)
}
