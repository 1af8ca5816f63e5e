import { PkiError } from '../../error.ts'
import { dictionaryAt, itemsAt } from '../document/catalog.ts'
import type { PdfView } from '../file/view.ts'
import { isRefusedForSize, withinPdf } from '../limits.ts'
import { textIn } from '../syntax/text-string.ts'
import { integerIn, nameIn, type PdfValue } from '../syntax/value.ts'

/** What a signer allows to be done to the document afterwards (ISO 32000-2 12.8.2). */
export interface Permissions {
  /** DocMDP, or /P of the field's own lock: 1 nothing, 2 filling in forms and signing, 3 annotating too; null where the signer says nothing. */
  readonly level: 1 | 2 | 3 | null
  /** FieldMDP: fields that may not change any more. */
  readonly locks: readonly FieldLock[]
}

/** ISO 32000-2 table 259: the fields named, all fields, or all but those named. */
export interface FieldLock {
  readonly action: 'INCLUDE' | 'ALL' | 'EXCLUDE'
  /** Full names. */
  readonly fields: readonly string[]
}

export const NO_PERMISSIONS: Permissions = { level: null, locks: [] }
const LOCKED: FieldLock = { action: 'ALL', fields: [] }
const NOTHING_ALLOWED: Permissions = { level: 1, locks: [LOCKED] }

/**
 * What a signature allows by its /Reference and by /Lock of its field (table 236); what cannot be read allows nothing.
 * @throws PkiError TOO_LARGE, TOO_DEEP
 */
export function permissionsIn(view: PdfView, reference: PdfValue, lock: PdfValue): Permissions {
  try {
    return strictest([...transformsIn(view, reference), lockLevel(view, lock)])
  } catch (cause) {
    if (!(cause instanceof PkiError) || isRefusedForSize(cause)) throw cause
    return NOTHING_ALLOWED
  }
}

function transformsIn(view: PdfView, reference: PdfValue): readonly Permissions[] {
  return itemsAt(view, reference, '/Reference').map((item) => {
    const entries = dictionaryAt(view, item, 'signature reference')
    const method = nameIn(view.resolve(entries.get('TransformMethod')))
    const parameters = entries.get('TransformParams')
    if (method === 'DocMDP') return { level: levelIn(view, parameters), locks: [] }
    return method === 'FieldMDP' ? { level: null, locks: [lockIn(view, parameters)] } : NO_PERMISSIONS
  })
}

/** Table 257: 2 where it is left out. */
function levelIn(view: PdfView, parameters: PdfValue | undefined): 1 | 2 | 3 {
  if (parameters === undefined) return 2
  const written = dictionaryAt(view, parameters, 'transform parameters').get('P')
  return written === undefined ? 2 : levelOf(view, written)
}

function levelOf(view: PdfView, written: PdfValue): 1 | 2 | 3 {
  const level = integerIn(view.resolve(written))
  return level === 2 || level === 3 ? level : 1
}

function lockIn(view: PdfView, parameters: PdfValue | undefined): FieldLock {
  const entries = dictionaryAt(view, parameters, 'transform parameters')
  const action = nameIn(view.resolve(entries.get('Action')))
  if (action !== 'Include' && action !== 'Exclude') return LOCKED
  const names = itemsAt(view, entries.get('Fields'), '/Fields').map((item) => textIn(view.resolve(item)))
  withinPdf('fields', names.length)
  const fields = names.filter((name) => name !== null)
  if (action === 'Exclude') return { action: 'EXCLUDE', fields }
  return fields.length === names.length ? { action: 'INCLUDE', fields } : LOCKED
}

/** What the lock locks, the signature repeats as FieldMDP; what it permits stands there alone (table 236, since PDF 2.0). */
function lockLevel(view: PdfView, lock: PdfValue): Permissions {
  if (lock === null) return NO_PERMISSIONS
  const written = dictionaryAt(view, lock, 'field lock').get('P')
  return written === undefined ? NO_PERMISSIONS : { level: levelOf(view, written), locks: [] }
}

/** What several signers allow together. */
export function strictest(all: readonly Permissions[]): Permissions {
  const levels = all.map(({ level }) => level).filter((level) => level !== null)
  const level = levels.reduce<Permissions['level']>((a, b) => (a === null || b < a ? b : a), null)
  return { level, locks: all.flatMap(({ locks }) => locks) }
}

/** Whether a field is locked by any of them: by its own name, or with a field it is part of. */
export function isLocked(locks: readonly FieldLock[], name: string): boolean {
  return locks.some(({ action, fields }) => {
    const isNamed = fields.some((field) => name === field || name.startsWith(`${field}.`))
    return action === 'ALL' || isNamed === (action === 'INCLUDE')
  })
}
