import { PkiError } from '../../error.ts'
import { type FormField, type FormNode, formNodes } from '../document/form.ts'
import type { PdfFile } from '../file/file.ts'
import { isRefusedForSize, withinPdf } from '../limits.ts'
import { ofKind, type PdfValue } from '../syntax/value.ts'
import { certifyingSignature, strayWidgets } from './stray-signatures.ts'

/** A signed field of the document as it is shown now, with its dictionary as far as it can be read. */
export interface SignatureField {
  /** The full name. */
  readonly name: string
  /** Whether it is a field of the form, as every one has to be. */
  readonly isInForm: boolean
  /** Object numbers of the field and its widgets. */
  readonly nodes: readonly number[]
  /** The signature dictionary; null where there is none or it cannot be read. */
  readonly dictionary: ReadonlyMap<string, PdfValue> | null
  /** Why `dictionary` is null. */
  readonly fault: string | null
  /** Whether the dictionary stands in the file itself. */
  readonly isInFile: boolean
  /** /Lock of the field: what signing it locks. */
  readonly lock: PdfValue
  /** The object the dictionary is in; null where the field has no number either. */
  readonly holder: number | null
}

/** The signed fields of a document. */
export interface SignatureFields {
  /** Those of the form in its order (ISO 32000-2 12.7.5.5), then those found elsewhere. */
  readonly fields: readonly SignatureField[]
  /** Why the document could not be looked through for signatures outside its form; null when it was. */
  readonly unsearched: string | null
}

/**
 * Every signed field: of the form, on a page, named by the permissions of the document.
 * @throws PkiError STRUCTURE for a broken form, TOO_LARGE over 64 signatures or another limit, TOO_DEEP
 */
export function signatureFields(file: PdfFile): SignatureFields {
  const nodes = formNodes(file.current)
  const inForm = signedFields(file, nodes)
  const known = new Set(nodes.flatMap(({ number }) => number ?? []))
  try {
    const stray = strayWidgets(file.current, known).map((node) => fieldWith(file, node.field, [node], false))
    const found = [...inForm, ...stray]
    const fields = [...found, ...unheld(file, found)]
    withinPdf('signatures', fields.length)
    return { fields, unsearched: null }
  } catch (cause) {
    if (!(cause instanceof PkiError) || isRefusedForSize(cause)) throw cause
    return { fields: inForm, unsearched: cause.message }
  }
}

function signedFields(file: PdfFile, nodes: readonly FormNode[]): readonly SignatureField[] {
  const nodesOf = new Map<FormField, FormNode[]>()
  for (const node of nodes) {
    const { type, value } = node.field
    if (type !== 'Sig' || value === null) continue
    const together = nodesOf.get(node.field)
    if (together) together.push(node)
    else nodesOf.set(node.field, [node])
    withinPdf('signatures', nodesOf.size)
  }
  return [...nodesOf].map(([field, together]) => fieldWith(file, field, together, true))
}

/** The certifying signature where no field holds it. */
function unheld(file: PdfFile, found: readonly SignatureField[]): readonly SignatureField[] {
  const value = certifyingSignature(file.current)
  if (value === null || found.some(({ holder }) => holder === value.number)) return []
  return [fieldWith(file, { name: '/Perms', type: 'Sig', value }, [], false)]
}

function fieldWith(file: PdfFile, field: FormField, nodes: readonly FormNode[], isInForm: boolean): SignatureField {
  const numbers = nodes.flatMap(({ number }) => number ?? [])
  const lock = nodes[0]?.entries.get('Lock') ?? null
  return { name: field.name, isInForm, nodes: numbers, lock, ...dictionaryOf(file, field, nodes[0]) }
}

type Held = Pick<SignatureField, 'dictionary' | 'fault' | 'isInFile' | 'holder'>

/** A dictionary that cannot be read is a broken signature of a document that is otherwise read. */
function dictionaryOf(file: PdfFile, { value }: FormField, node: FormNode | undefined): Held {
  const reference = ofKind('REFERENCE', value)
  const holder = reference?.number ?? node?.number ?? null
  try {
    const found = reference ? file.current.load(reference.number, reference.generation) : null
    const dictionary = ofKind('DICTIONARY', reference ? found?.value : value)
    const isInFile = reference ? found?.inFile != null : (node?.isInFile ?? false)
    return { dictionary: dictionary?.entries ?? null, fault: dictionary ? null : '/V is no dictionary', isInFile, holder }
  } catch (cause) {
    if (!(cause instanceof PkiError) || isRefusedForSize(cause)) throw cause
    return { dictionary: null, fault: cause.message, isInFile: false, holder }
  }
}
