import { HubError } from '../../../model/error.ts'
import type { Bilingual } from '../../../model/text.ts'
import type { Clock } from '../../../model/time.ts'
import type { HttpFetcher } from '../../../runtime/fetch/http.ts'
import type { TrustLists } from '../lists.ts'
import { admitReadList } from './admission.ts'
import { followPivots, type PivotRefusal } from './fetch-pivots.ts'
import type { ListSource, SourceMemory, SourceProblem } from './fetch-source.ts'
import type { ListReader } from './read-list.ts'

export interface FetchPorts {
  readonly lists: TrustLists
  readonly http: HttpFetcher
  readonly read: ListReader
  readonly now: Clock
}

export const LIST_MEDIA_TYPE = 'application/pkcs7-mime'

/** What one attempt came to. */
export type Attempt =
  | { readonly confirmed: SourceMemory; readonly isNew: boolean }
  | { readonly problem: Omit<SourceProblem, 'since' | 'generation'> }

/**
 * Asks a source once and takes its list in by the rules every list comes in by. A source whose list has not changed sends
 * nothing; the list held is then its word still.
 */
export async function fetchListFrom(source: ListSource, ports: FetchPorts, signal: AbortSignal): Promise<Attempt> {
  const held = await heldOf(source, ports)
  const etag = held ? (source.confirmed?.etag ?? null) : null
  const fetched = await ports.http.fetch({ url: source.url, accept: `${LIST_MEDIA_TYPE}, */*;q=0.1`, etag }, signal)
  if ('failure' in fetched) return { problem: transferProblem(fetched.failure) }
  if ('unchanged' in fetched) {
    if (!held)
      return { problem: problemOf('UNREADABLE', 'EMPTY', '来源称未变，但此处没有其列表', 'unchanged, but nothing is held') }
    return { confirmed: { ...held, confirmedAt: ports.now() }, isNew: false }
  }
  try {
    const { outcome, list } = await takeIn(fetched.bytes, source, ports, signal)
    const { territory, digest } = list
    const confirmed = { url: source.url, territory, digest, etag: fetched.etag, confirmedAt: ports.now() }
    return { confirmed, isNew: outcome === 'IMPORTED' }
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    return { problem: problemOf(kindOf(error), error.code, error.zh, error.en) }
  }
}

async function takeIn(bytes: Uint8Array, source: ListSource, ports: FetchPorts, signal: AbortSignal) {
  const list = await ports.read(bytes)
  const { territory } = list
  if (source.expected !== null && territory !== source.expected) {
    const en = `pointed to as the list of ${source.expected}, but it is that of ${territory}`
    throw new HubError('OUT_OF_SCOPE', `指认为 ${source.expected} 的列表，实为 ${territory} 的列表`, en)
  }
  try {
    return await admitReadList(ports.lists, list, ports.now())
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'ENVELOPE_SIGNATURE') throw error
    const { isNew, refusals } = await followPivots(source.url, list, ports, signal)
    if (!isNew) throw withRefusals(error, refusals)
  }
  return admitReadList(ports.lists, list, ports.now())
}

/** Why a list is refused whose pivots lead nowhere either. */
function withRefusals({ code, zh, en }: HubError, refusals: readonly PivotRefusal[]): HubError {
  if (refusals.length === 0) return new HubError(code, zh, en)
  const words = (language: 'zh' | 'en') => refusals.map(({ pivot, reason }) => `${pivot}: ${reason[language]}`).join('; ')
  return new HubError(code, `${zh}；换钥列表也未收入：${words('zh')}`, `${en}; nor was a pivot taken in: ${words('en')}`)
}

/** What is remembered counts only while that list is the one held. */
async function heldOf({ confirmed }: ListSource, { lists }: FetchPorts): Promise<SourceMemory | null> {
  if (!confirmed) return null
  const held = (await lists.snapshot()).list(confirmed.territory, Number.MAX_SAFE_INTEGER)
  return held?.digest === confirmed.digest ? confirmed : null
}

function transferProblem({ code, detail }: { readonly code: string; readonly detail: string }) {
  const kind = code === 'EMPTY' || code === 'TOO_LARGE' ? 'UNREADABLE' : 'UNREACHABLE'
  return problemOf(kind, code, `取不到列表：${detail}`, `the list could not be fetched: ${detail}`)
}

/** That nobody here has time to read it is no fault of the list: it is asked for again soon. */
function kindOf({ code }: HubError): SourceProblem['kind'] {
  if (code === 'UNAVAILABLE') return 'UNREACHABLE'
  return code === 'UNREADABLE' || code === 'TOO_LARGE' ? 'UNREADABLE' : 'REFUSED'
}

function problemOf(kind: SourceProblem['kind'], code: string, zh: string, en: string) {
  const reason: Bilingual = { zh, en }
  return { kind, code, reason }
}
