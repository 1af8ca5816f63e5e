import { PkiError } from '../../../pki/error.ts'
import { legible } from '../../../pki/ofd/legible.ts'
import { programsOf } from '../../../pki/pdf/document/programs.ts'
import { openPdf } from '../../../pki/pdf/file/file.ts'
import type { CopyEvidence } from './originality.ts'

const PRINTERS = /print|scan|打印|扫描|影印/i
const CONVERTERS = /conver|转换|转版|ofd\s*(?:2|to)\s*pdf/i

/**
 * What a PDF file says of the programs that made it, in its document information and its XMP metadata (ISO 32000-2 14.3): a
 * printer, a scanner or a converter. That it says nothing proves nothing.
 */
export function pdfCopyEvidence(bytes: Uint8Array): CopyEvidence {
  const programs = programsIn(bytes)
  const madeBy = (known: RegExp) => {
    const program = programs.find((name) => known.test(name))
    return program === undefined ? null : { zh: `由 ${program} 生成`, en: `made by ${program}` }
  }
  return { converted: madeBy(CONVERTERS), printed: madeBy(PRINTERS) }
}

function programsIn(bytes: Uint8Array): readonly string[] {
  try {
    return programsOf(openPdf(bytes)).map(legible)
  } catch (cause) {
    if (cause instanceof PkiError) return []
    throw cause
  }
}
