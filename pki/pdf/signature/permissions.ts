import { PkiError } from '../../error.ts'
import { dictionaryAt, itemsAt } from '../document/catalog.ts'
import type { PdfView } from '../file/view.ts'
import { isRefusedForSize } from '../limits.ts'
import { integerIn, nameIn, type PdfValue } from '../syntax/value.ts'

/** What a signer allows to be done to the document afterwards (ISO 32000-2 12.8.2). */
export interface Permissions {
  /** DocMDP: 1 nothing, 2 filling in forms and signing, 3 annotating too; null where the signer says nothing. */
  readonly level: 1 | 2 | 3 | null
  /** FieldMDP: fields that may not change any more. */
  readonly locksFields: boolean
}

const NOTHING_SAID: Permissions = { level: null, locksFields: false }
const NOTHING_ALLOWED: Permissions = { level: 1, locksFields: true }

/** Reads /Reference of a signature dictionary; what cannot be read allows nothing. @throws PkiError TOO_LARGE, TOO_DEEP */
export function permissionsIn(view: PdfView, reference: PdfValue): Permissions {
  try {
    const transforms = itemsAt(view, reference, '/Reference').map((item) => {
      const entries = dictionaryAt(view, item, 'signature reference')
      return { method: nameIn(entries.get('TransformMethod')), parameters: entries.get('TransformParams') }
    })
    const levels = transforms
      .filter(({ method }) => method === 'DocMDP')
      .map(({ parameters }): Permissions => ({ level: levelIn(view, parameters), locksFields: false }))
    const locksFields = transforms.some(({ method }) => method === 'FieldMDP')
    return strictest([...levels, { level: null, locksFields }])
  } catch (cause) {
    if (!(cause instanceof PkiError) || isRefusedForSize(cause)) throw cause
    return NOTHING_ALLOWED
  }
}

/** Table 257: 2 where it is left out. */
function levelIn(view: PdfView, parameters: PdfValue | undefined): 1 | 2 | 3 {
  if (parameters === undefined) return 2
  const written = dictionaryAt(view, parameters, 'transform parameters').get('P')
  const level = written === undefined ? 2 : integerIn(view.resolve(written))
  return level === 2 || level === 3 ? level : 1
}

/** What several signers allow together. */
export function strictest(all: readonly Permissions[]): Permissions {
  return all.reduce((a, b) => {
    const level = a.level === null || b.level === null ? (a.level ?? b.level) : a.level < b.level ? a.level : b.level
    return { level, locksFields: a.locksFields || b.locksFields }
  }, NOTHING_SAID)
}
