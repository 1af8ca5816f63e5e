import { HubError } from '../model/error.ts'
import type { Bilingual } from '../model/text.ts'
import { dataOf, type Graph } from './graph.ts'

const HEAD = 'territory sequence own state issuedAt nextUpdate recordedAt digest signer'

const LISTS = `query TrustLists {
  trustLists { ${HEAD} }
  trustListSources { state sources { url pointed state failures confirmedAt problem { code reason { zh en } } } }
}`
const LIST = `query TrustListBytes($territory: DivisionCode!, $sequence: Int) {
  own: trustList(territory: $territory, sequence: $sequence, own: true) { ${HEAD} bytes }
  held: trustList(territory: $territory, sequence: $sequence) { ${HEAD} bytes }
}`
const IMPORT = `mutation ImportTrustList($list: Base64, $digest: ID) {
  taken: importTrustList(list: $list, digest: $digest) { outcome list { ${HEAD} } }
}`
const PUBLISH = `mutation PublishTrustList { taken: publishTrustList { outcome list { ${HEAD} } } }`

/** What still fits into a request beside the query; anything larger is uploaded first. */
const MAXIMUM_INLINE_BYTES = 512 * 1024

export interface ListHead {
  readonly territory: string
  readonly sequence: number
  readonly own: boolean
  readonly state: string
  readonly issuedAt: string
  readonly nextUpdate: string
  readonly digest: string
  readonly signer: string | null
}

export interface ListsAnswer {
  readonly trustLists: readonly ListHead[]
  readonly trustListSources: {
    readonly state: string
    readonly sources: readonly {
      readonly url: string
      readonly pointed: boolean
      readonly state: string
      readonly failures: number
      readonly confirmedAt: string | null
      readonly problem: { readonly code: string; readonly reason: Bilingual } | null
    }[]
  }
}

/** The newest list of every territory, and where lists are fetched from. */
export async function askLists(graph: Graph): Promise<ListsAnswer> {
  return dataOf<ListsAnswer>(await graph.ask(LISTS, {}))
}

/** A list with its bytes: what this hub published before what it holds. @throws HubError NOT_FOUND. */
export async function askList(
  graph: Graph,
  territory: string,
  sequence: number | null,
): Promise<{ readonly head: ListHead; readonly bytes: Uint8Array }> {
  type Answer = Record<'own' | 'held', (ListHead & { bytes: string }) | null>
  const { own, held } = dataOf<Answer>(await graph.ask(LIST, { territory, sequence }))
  const list = own ?? held
  if (!list) {
    const which = sequence === null ? '' : ` ${sequence}`
    const en = `no list${which} of ${territory} is held or published here; sealhub trust lists tells which are`
    throw new HubError('NOT_FOUND', `没有 ${territory} 的列表${which}；sealhub trust lists 列出所有的`, en)
  }
  const { bytes, ...head } = list
  return { head, bytes: Buffer.from(bytes, 'base64') }
}

export interface TakenList {
  readonly outcome: 'IMPORTED' | 'UNCHANGED'
  readonly list: ListHead
}

/** Hands a signed list in. */
export async function importList(graph: Graph, bytes: Uint8Array): Promise<TakenList> {
  const reference = bytes.length > MAXIMUM_INLINE_BYTES ? await graph.put(bytes) : { list: Buffer.from(bytes).toString('base64') }
  return dataOf<{ taken: TakenList }>(await graph.ask(IMPORT, reference)).taken
}

/** Publishes what this hub itself says. */
export async function publishList(graph: Graph): Promise<TakenList> {
  return dataOf<{ taken: TakenList }>(await graph.ask(PUBLISH, {})).taken
}
