import { type Finding, finding, PASSED } from '../../ses/check-row.ts'
import { integerIn, ofKind, type PdfString, type PdfValue } from '../syntax/value.ts'

/** The signed bytes: from the first byte of the file to the value, and from behind the value on (ISO 32000-2 12.8.1). */
export interface CoveredRange {
  /** Where the value begins, in general with its `<`: the first range ends here. */
  readonly valueStart: number
  /** Where the second range begins, in general just behind the value's `>`. */
  readonly valueEnd: number
  /** Where the second range ends. */
  readonly end: number
}

/** The range, or null when it is not one that can be relied on; `finding` then says why. */
export interface RangeReading {
  readonly range: CoveredRange | null
  readonly finding: Finding
}

/**
 * Holds a /ByteRange to what makes a signature cover a file: two ranges from the first byte on, with nothing between them but the
 * very /Contents they belong to. All else leaves room for bytes that nobody signed.
 * @param size of the file
 */
export function readByteRange(byteRange: PdfValue, contents: PdfString | null, size: number): RangeReading {
  const items = ofKind('ARRAY', byteRange)?.items ?? []
  const numbers = items.map(integerIn).filter((number) => number !== null && number >= 0)
  const [first, firstLength, second, secondLength] = numbers
  if (items.length !== 4 || first == null || firstLength == null || second == null || secondLength == null)
    return refused('/ByteRange 不是两段非负整数范围', '/ByteRange is not two ranges of non-negative integers')
  if (first !== 0) return refused(`第一段不从文件开头开始（${first}）`, `the first range begins at ${first}, not at 0`)
  if (firstLength > second) return refused('两段重叠', 'the ranges overlap')
  const end = second + secondLength
  if (end > size) return refused(`超出文件末尾：${end} > ${size}`, `they end at ${end}, past the end of the file at ${size}`)
  if (contents === null) return refused('没有可定位的 /Contents', 'there is no /Contents between them')
  const range = { valueStart: firstLength, valueEnd: second, end }
  if (firstLength === contents.start && second === contents.end) return { range, finding: PASSED }
  if (firstLength === contents.start + 1 && second === contents.end - 1) return { range, finding: BRACKETS_SIGNED }
  return refused(
    `两段之间是 ${firstLength}–${second}，而签名值在 ${contents.start}–${contents.end}`,
    `between them lies ${firstLength}–${second}, but the value of this signature is at ${contents.start}–${contents.end}`,
  )
}

/** Some writers sign the angle brackets too: then all the more is signed, and between them there are digits still and nothing else. */
const BRACKETS_SIGNED = finding('NOTE', '签名值的尖括号也在签名范围内', 'the angle brackets of the value are signed as well')

function refused(zh: string, en: string): RangeReading {
  return { range: null, finding: finding('FAILED', zh, en) }
}

/** The signed bytes as one. */
export function coveredBytes(bytes: Uint8Array, { valueStart, valueEnd, end }: CoveredRange): Uint8Array {
  return Buffer.concat([bytes.subarray(0, valueStart), bytes.subarray(valueEnd, end)])
}

/** How many bytes are signed. */
export function coveredLength({ valueStart, valueEnd, end }: CoveredRange): number {
  return valueStart + end - valueEnd
}
