import type { Ask } from '../model/ask.ts'
import { HubError } from '../model/error.ts'
import type { Bilingual } from '../model/text.ts'
import type { SealChangeKind, SealChangeReason, SealState } from '../model/timeline.ts'

export interface PublicSeal {
  readonly code: string
  readonly name: string
  readonly issuer: string
  readonly notBefore: string
  readonly notAfter: string
  readonly owner: { readonly name: string } | null
  readonly status: {
    readonly state: SealState
    readonly since: string | null
    readonly reason: SealChangeReason | null
    readonly knownSince: string | null
    readonly freshness: {
      readonly kind: 'FRESH' | 'STALE' | 'UNKNOWN'
      readonly age: number | null
      readonly bound: number | null
      readonly reason: Bilingual | null
    }
  }
}

export interface Notice {
  readonly code: string
  readonly name: string
  readonly kind: SealChangeKind
  readonly reason: SealChangeReason | null
  readonly effectiveAt: string
  readonly publishedAt: string
}

const SEAL = `query StatusOfSeal($code: SealCode!) {
  seal(code: $code) {
    code name issuer notBefore notAfter owner { name }
    status { state since reason knownSince freshness { kind age bound reason { zh en } } }
  }
}`

const NOTICES = `query LatestNotices { notices(first: 20) { nodes { code name kind reason effectiveAt publishedAt } } }`

/** The documents these pages ask, for the gateway to plan at start. */
export const STATUS_DOCUMENTS = [SEAL, NOTICES] as const

/** The seal with exactly this code, or null. @throws HubError what the hub answered, UNAVAILABLE when it answered nothing. */
export async function askSeal(ask: Ask, code: string): Promise<PublicSeal | null> {
  return (await answer<{ seal: PublicSeal | null }>(ask, SEAL, { code })).seal
}

/** The latest public notices, newest first. */
export async function askNotices(ask: Ask): Promise<readonly Notice[]> {
  return (await answer<{ notices: { nodes: readonly Notice[] } }>(ask, NOTICES, {})).notices.nodes
}

async function answer<Data>(ask: Ask, query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
  const { data, errors } = await ask(query, variables)
  if (!errors?.length && data) return data as Data
  const code = errors?.[0]?.extensions?.code
  if (code === 'BAD_INPUT') throw new HubError('BAD_INPUT', '印章编码格式不符', 'not a seal code')
  throw new HubError('UNAVAILABLE', '查询暂不可用，请稍后再试', 'the hub cannot answer now, try again later')
}
