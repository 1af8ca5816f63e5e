import { HubError } from '../../../model/error.ts'
import type { FactCheck } from '../../../model/facts.ts'
import type { SealFormat } from '../../../model/seal.ts'
import type { Bilingual } from '../../../model/text.ts'
import { PkiError } from '../../../pki/error.ts'
import type { CheckRow } from '../../../pki/ses/check-row.ts'

/** Bytes decoded, or why they could not be. */
export type Decoded<Value> = { readonly value: Value; readonly fault: null } | { readonly value: null; readonly fault: Bilingual }

/**
 * Decodes; what is broken becomes a value, for it is a verdict on the document.
 * @throws HubError TOO_LARGE where a limit on bytes, depth or number was passed.
 */
export function decodeBytes<Value>(decode: () => Value): Decoded<Value> {
  try {
    return { value: decode(), fault: null }
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    if (cause.code === 'TOO_LARGE' || cause.code === 'TOO_DEEP')
      throw new HubError('TOO_LARGE', '超出允许的大小、数量或层数', `over a limit: ${cause.message}`, { cause })
    return { value: null, fault: { zh: cause.code === 'DER' ? '不是严格的 DER 编码' : '结构与标准不符', en: cause.message } }
  }
}

/** Rows of `pki` as facts, with the structure that decides which clause they stand on. */
export function factChecks(rows: readonly CheckRow[], format: SealFormat): FactCheck[] {
  return rows.map((row) => ({ ...row, format }))
}

/** Bytes of no known type. */
export function unreadable(zh: string, en: string): HubError {
  return new HubError('UNREADABLE', zh, en)
}
