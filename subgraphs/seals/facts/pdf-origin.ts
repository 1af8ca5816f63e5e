import { PkiError } from '../../../pki/error.ts'
import { legible } from '../../../pki/ofd/legible.ts'
import { openPdf } from '../../../pki/pdf/file/file.ts'
import { textIn } from '../../../pki/pdf/syntax/text-string.ts'
import { ofKind } from '../../../pki/pdf/syntax/value.ts'
import type { CopyEvidence } from './originality.ts'

const PRINTERS = /print|scan|打印|扫描|影印/i
const CONVERTERS = /conver|转换|转版|ofd\s*(?:2|to)\s*pdf/i

/**
 * What the document information of a PDF file (ISO 32000-2 14.3.3) says of the program that made it: a printer, a scanner or a
 * converter. That it says nothing proves nothing.
 */
export function pdfCopyEvidence(bytes: Uint8Array): CopyEvidence {
  const program = programIn(bytes)
  const words = program === null ? null : { zh: `由 ${program} 生成`, en: `made by ${program}` }
  const names = (programs: RegExp) => (program !== null && programs.test(program) ? words : null)
  return { converted: names(CONVERTERS), printed: names(PRINTERS) }
}

function programIn(bytes: Uint8Array): string | null {
  try {
    const { current } = openPdf(bytes)
    const information = ofKind('DICTIONARY', current.resolve(current.trailer.get('Info')))?.entries
    const texts = ['Creator', 'Producer'].map((name) => textIn(current.resolve(information?.get(name)) ?? undefined))
    return legible(texts.filter((text) => text !== null).join(' ')) || null
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}
