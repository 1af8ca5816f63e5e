import { type Finding, finding, PASSED, type Remark } from '../../ses/check-row.ts'
import { parsePdfDate } from '../syntax/date.ts'
import { textIn } from '../syntax/text-string.ts'
import { nameIn, ofKind, type PdfString, type PdfValue } from '../syntax/value.ts'

/** A signature dictionary (ISO 32000-2 table 255), as far as it can be read. */
export interface SignatureDictionary {
  readonly type: string | null
  readonly filter: string | null
  readonly subFilter: string | null
  readonly byteRange: PdfValue
  /** Null where there is no hexadecimal string in the dictionary itself. */
  readonly contents: PdfString | null
  /** DER of the certificates in /Cert, which only the oldest kind of signature carries. */
  readonly certificates: readonly Uint8Array[]
  /** /Reference as written: what DocMDP and FieldMDP hang on. */
  readonly reference: PdfValue
  /** /M, UTC milliseconds: a claim. Null without one or without its zone. */
  readonly claimedAt: number | null
  readonly signerName: string | null
  readonly reason: string | null
  readonly location: string | null
}

/** The parts of a signature dictionary, whatever is wrong with them. */
export function readSignatureDictionary(entries: ReadonlyMap<string, PdfValue>): SignatureDictionary {
  const contents = ofKind('STRING', entries.get('Contents'))
  const date = textIn(entries.get('M'))
  return {
    type: nameIn(entries.get('Type')),
    filter: nameIn(entries.get('Filter')),
    subFilter: nameIn(entries.get('SubFilter')),
    byteRange: entries.get('ByteRange') ?? null,
    contents: contents?.form === 'HEX' ? contents : null,
    certificates: certificatesIn(entries.get('Cert')),
    reference: entries.get('Reference') ?? null,
    claimedAt: date === null ? null : parsePdfDate(date),
    signerName: textIn(entries.get('Name')),
    reason: textIn(entries.get('Reason')),
    location: textIn(entries.get('Location')),
  }
}

const MOST_CERTIFICATES = 32

function certificatesIn(value: PdfValue | undefined): readonly Uint8Array[] {
  const items = ofKind('ARRAY', value)?.items ?? [value]
  return items.slice(0, MOST_CERTIFICATES).flatMap((item) => ofKind('STRING', item)?.bytes ?? [])
}

const TYPES: readonly (string | null)[] = [null, 'Sig', 'DocTimeStamp']

/** Whether it is what a signature dictionary has to be. @param isInFile whether it stands in the file itself */
export function checkDictionary({ type, filter, contents }: SignatureDictionary, isInFile: boolean): Finding {
  const faults: (Remark | false)[] = [
    !isInFile && { zh: '签名字典在对象流中，签名值无法逐字节定位', en: 'the dictionary is in an object stream' },
    !TYPES.includes(type) && { zh: '/Type 不是签名', en: '/Type says it is something else' },
    filter === null && { zh: '没有 /Filter', en: 'no /Filter' },
    contents === null && { zh: '/Contents 不是字典中的十六进制串', en: '/Contents is no hexadecimal string of the dictionary' },
  ]
  const [fault] = faults.filter((one) => one !== false)
  return fault ? finding('FAILED', fault.zh, fault.en) : PASSED
}
