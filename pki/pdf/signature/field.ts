import { PkiError } from '../../error.ts'
import { type FormField, type FormNode, formNodes } from '../document/form.ts'
import type { PdfFile } from '../file/file.ts'
import { isRefusedForSize, withinPdf } from '../limits.ts'
import { ofKind, type PdfValue } from '../syntax/value.ts'

/** A signed field of the document as it is shown now, with its dictionary as far as it can be read. */
export interface SignatureField {
  /** The full name. */
  readonly name: string
  /** Object numbers of the field and its widgets. */
  readonly nodes: readonly number[]
  /** The signature dictionary; null where there is none or it cannot be read. */
  readonly dictionary: ReadonlyMap<string, PdfValue> | null
  /** Why `dictionary` is null. */
  readonly fault: string | null
  /** Whether the dictionary stands in the file itself. */
  readonly isInFile: boolean
  /** The object the dictionary is in; null where the field has no number either. */
  readonly holder: number | null
}

/**
 * The signed fields of the form, in its order (ISO 32000-2 12.7.5.5).
 * @throws PkiError STRUCTURE for a broken form, TOO_LARGE over 64 signatures or another limit, TOO_DEEP
 */
export function signatureFields(file: PdfFile): readonly SignatureField[] {
  const nodesOf = new Map<FormField, FormNode[]>()
  for (const node of formNodes(file.current)) {
    const { type, value } = node.field
    if (type !== 'Sig' || value === null) continue
    const nodes = nodesOf.get(node.field)
    if (nodes) nodes.push(node)
    else nodesOf.set(node.field, [node])
    withinPdf('signatures', nodesOf.size)
  }
  return [...nodesOf].map(([field, nodes]) => ({
    name: field.name,
    nodes: nodes.flatMap(({ number }) => number ?? []),
    ...dictionaryOf(file, field, nodes[0]),
  }))
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
