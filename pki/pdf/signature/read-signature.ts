import { type Finding, finding, NOT_APPLICABLE, PASSED } from '../../ses/check-row.ts'
import type { PdfRow } from '../check-row.ts'
import type { PdfFile } from '../file/file.ts'
import type { Revision } from '../file/revision.ts'
import type { ReadValue } from '../value/read-value.ts'
import { readValue } from '../value/read-value.ts'
import { brokenValue, valueRow } from '../value/reading.ts'
import { type CoveredRange, coveredBytes, readByteRange } from './byte-range.ts'
import { coverageOf } from './coverage.ts'
import { checkDictionary, readSignatureDictionary, type SignatureDictionary } from './dictionary.ts'
import type { SignatureField } from './field.ts'
import { NO_PERMISSIONS, type Permissions, permissionsIn } from './permissions.ts'
import { checkSubFilter, subFilterNamed } from './sub-filter.ts'

/** A signature with everything that can be told of it without looking at what came after. */
export interface ReadSignature {
  readonly field: SignatureField
  /** Null where it cannot be read. */
  readonly dictionary: SignatureDictionary | null
  readonly range: CoveredRange | null
  readonly revision: Revision | null
  readonly permissions: Permissions
  readonly value: ReadValue
  /** On dictionary, range, revision, value and times. */
  readonly rows: readonly PdfRow[]
}

/** Clocks of one signing system may differ by this much. */
const SAME_TIME_MS = 5 * 60_000

/** Reads one signature (ISO 32000-2 12.8). @throws PkiError TOO_LARGE, TOO_DEEP over a limit */
export function readSignature(file: PdfFile, field: SignatureField): ReadSignature {
  if (field.dictionary === null) return unreadable(field)
  const dictionary = readSignatureDictionary(field.dictionary)
  const contents = field.isInFile ? dictionary.contents : null
  const reading = readByteRange(dictionary.byteRange, contents, file.bytes.length)
  const { revision, finding: covered } = coverageOf(file, reading.range, field)
  const content = reading.range && coveredBytes(file.bytes, reading.range)
  const value = readValue(
    dictionary.contents?.bytes ?? new Uint8Array(),
    content,
    subFilterNamed(dictionary.subFilter),
    file.budget,
  )
  const view = revision ? file.viewFrom(revision.section) : file.current
  const rows = [
    valueRow('PDF_SIGNATURE_FIELD', checkField(field)),
    valueRow('PDF_SIGNATURE_DICTIONARY', paddingChecked(checkDictionary(dictionary, field.isInFile), value)),
    valueRow('PDF_BYTE_RANGE', reading.finding),
    valueRow('PDF_REVISION', covered),
    valueRow('PDF_SUB_FILTER', checkSubFilter(dictionary, value.kind)),
    ...value.rows,
    valueRow('PDF_SIGNING_TIME', checkTimes(value.claimedAt, dictionary.claimedAt)),
  ]
  return {
    field,
    dictionary,
    range: reading.range,
    revision,
    permissions: permissionsIn(view, dictionary.reference, field.lock),
    value,
    rows,
  }
}

function unreadable(field: SignatureField): ReadSignature {
  const value = { ...brokenValue('签名字典无法读取', 'the dictionary cannot be read'), value: null, isPaddingZero: true }
  const fault = finding('FAILED', '无法读取', field.fault ?? 'cannot be read')
  const rows = [valueRow('PDF_SIGNATURE_FIELD', checkField(field)), valueRow('PDF_SIGNATURE_DICTIONARY', fault), ...value.rows]
  return { field, dictionary: null, range: null, revision: null, permissions: NO_PERMISSIONS, value, rows }
}

/** ISO 32000-2 12.7.3: every field is come to from /Fields. One that is not is seen by some readers and not by others. */
function checkField({ isInForm, holder, nodes }: SignatureField): Finding {
  if (isInForm) return PASSED
  const at = nodes[0] ?? holder ?? '?'
  return nodes.length > 0
    ? finding('UNKNOWN', `对象 ${at} 在页面上，却不在表单中`, `object ${at} stands on a page and not in the form`)
    : finding('UNKNOWN', `对象 ${at} 不属于表单中的任何域`, `object ${at} belongs to no field of the form`)
}

/** What follows the value up to `>` is zero, or else it is something that nobody signed. */
function paddingChecked(found: Finding, { isPaddingZero }: ReadValue): Finding {
  if (found.outcome === 'FAILED' || isPaddingZero) return found
  return finding('FAILED', '签名值之后有非零字节', 'bytes other than zeros follow the value')
}

/** Both times are claims of the signer; that they agree says little, that they differ is told. */
function checkTimes(inValue: number | null, inDictionary: number | null): Finding {
  if (inValue === null || inDictionary === null) return NOT_APPLICABLE
  if (Math.abs(inValue - inDictionary) <= SAME_TIME_MS) return PASSED
  const [a, b] = [new Date(inValue).toISOString(), new Date(inDictionary).toISOString()]
  return finding('NOTE', `签名值称 ${a}，签名字典称 ${b}`, `the value claims ${a}, the dictionary ${b}`)
}
