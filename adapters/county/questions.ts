import type { Ask } from '../../model/ask.ts'
import { HubError, type HubErrorCode } from '../../model/error.ts'
import type { ReceiptRow } from '../../model/receipt.ts'
import { OpaqueBytes } from '../../model/subgraph.ts'

const MEMBER_FACTS = `query MemberFacts($platform: ID!, $fingerprint: ID!) { memberFacts(platform: $platform, fingerprint: $fingerprint) }`
const POSITION = `query StreamPosition($platform: ID!, $stream: String!) {
  streamPosition(platform: $platform, stream: $stream) { sequence digest recordedAt }
}`
const ADMIT = `mutation AdmitEnvelope($envelope: Base64!, $memberFacts: SealedFacts!) {
  admitEnvelope(envelope: $envelope, memberFacts: $memberFacts) {
    platform stream sequence messageId recordedAt repeated receipt
    rows { row eventId code outcome refusal { code reason { zh en } } }
  }
}`

/** Everything this adapter asks the hub: planned at start. */
export const COUNTY_DOCUMENTS = [MEMBER_FACTS, POSITION, ADMIT] as const

export interface Admission {
  readonly platform: string
  readonly stream: string
  readonly sequence: number
  readonly messageId: string
  readonly recordedAt: string
  readonly repeated: boolean
  /** Base64. */
  readonly receipt: string
  readonly rows: readonly ReceiptRow[]
}

export interface Position {
  readonly sequence: number
  readonly digest: string
  readonly recordedAt: string
}

/** The sealed standing of a platform under this certificate; null when it has none. */
export async function askMemberFacts(ask: Ask, platform: string, fingerprint: string): Promise<string | null> {
  return (await answer<{ memberFacts: string | null }>(ask, MEMBER_FACTS, { platform, fingerprint })).memberFacts
}

/** Where a stream stands; null before its first envelope. */
export async function askPosition(ask: Ask, platform: string, stream: string): Promise<Position | null> {
  return (await answer<{ streamPosition: Position | null }>(ask, POSITION, { platform, stream })).streamPosition
}

/** Hands an envelope in, as received. */
export async function askAdmission(ask: Ask, envelope: Uint8Array, memberFacts: string): Promise<Admission> {
  return (await answer<{ admitEnvelope: Admission }>(ask, ADMIT, { envelope: new OpaqueBytes(envelope), memberFacts }))
    .admitEnvelope
}

/** Data of an answer without errors. @throws HubError with the hub's own code, UNAVAILABLE where it gave none. */
async function answer<Data>(ask: Ask, query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
  const { data, errors } = await ask(query, variables)
  const [error] = errors ?? []
  if (!error && data) return data as Data
  const { code, zh, en } = (error?.extensions ?? {}) as { code?: HubErrorCode; zh?: string; en?: string }
  if (code && zh && en) throw new HubError(code, zh, en)
  throw new HubError('UNAVAILABLE', '枢纽没有应答', 'the hub gave no answer', { cause: error })
}
