import type { Ask } from '../../model/ask.ts'
import { HubError, type HubErrorCode } from '../../model/error.ts'

const FIELDS = 'territory sequence digest issuedAt bytes'

/** What this hub published goes before what it holds from the territory's operator. */
const LIST = `query ServeTrustList($territory: DivisionCode!, $sequence: Int) {
  own: trustList(territory: $territory, sequence: $sequence, own: true) { ${FIELDS} }
  held: trustList(territory: $territory, sequence: $sequence) { ${FIELDS} }
}`

/** Everything this adapter asks the hub: planned at start. */
export const LIST_DOCUMENTS = [LIST] as const

export interface ServedList {
  readonly territory: string
  readonly sequence: number
  /** SM3 of the bytes, lower-case hex. */
  readonly digest: string
  readonly issuedAt: string
  /** Base64. */
  readonly bytes: string
}

/** A list of a territory, the newest where no sequence is given; null when there is none. @throws HubError with the hub's own code. */
export async function askList(ask: Ask, territory: string, sequence: number | null): Promise<ServedList | null> {
  const { data, errors } = await ask(LIST, { territory, sequence })
  const [error] = errors ?? []
  if (error || !data) {
    const { code, zh, en } = (error?.extensions ?? {}) as { code?: HubErrorCode; zh?: string; en?: string }
    throw new HubError(code ?? 'UNAVAILABLE', zh ?? '枢纽没有应答', en ?? 'the hub gave no answer', { cause: error })
  }
  const { own, held } = data as { own: ServedList | null; held: ServedList | null }
  return own ?? held
}
