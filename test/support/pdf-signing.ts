import { encodeSignedData } from '../../pki/cms/signed-data.ts'
import type { Signer } from '../../pki/signer.ts'
import { appendRevision, PAGE, type PdfObjects, type RevisionOptions } from './pdf.ts'

/** Makes a signature value over the signed bytes. */
export type ValueMaker = (content: Uint8Array) => Promise<Uint8Array>

/** What a signature revision says; anything may be changed for the sake of a test. */
export interface SignatureOptions {
  readonly subFilter?: string
  readonly type?: string
  /** /Rect of the widget: without extent unless told otherwise. */
  readonly rect?: string
  /** Field name. */
  readonly name?: string
  /** Object numbers: the dictionary's; the field's is one more. */
  readonly number?: number
  /** Fields that stand in the form already. */
  readonly fields?: readonly number[]
  /** Bytes kept for the value. */
  readonly room?: number
  /** More entries of the signature dictionary, of the field and of the catalog. */
  readonly entries?: string
  readonly fieldEntries?: string
  readonly catalogEntries?: string
  /** What the page lists beside the widget; the page is left alone when null. */
  readonly annotations?: readonly number[] | null
  readonly objects?: PdfObjects
  readonly revision?: RevisionOptions
  /** The content of the page object but for /Annots. */
  readonly page?: string
  /** Whether the angle brackets of the value are signed too. */
  readonly withBrackets?: boolean
  /** Stands for the four numbers of the range. */
  readonly byteRange?: (range: readonly [number, number, number, number]) => string
}

export const PAGE_ENTRIES =
  '/Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>'

/** A detached signature of the standard that goes with the signer's key. */
export function detached(signer: Signer, signingTime?: number): ValueMaker {
  return (content) => encodeSignedData(content, signer, { detached: true, ...(signingTime !== undefined && { signingTime }) })
}

/** Signs a document by an incremental update that brings the field, its widget and the signature dictionary. */
export async function signPdf(before: Uint8Array, make: ValueMaker, options: SignatureOptions = {}): Promise<Uint8Array> {
  const { number = 10, name = 'Signature1', type = 'Sig', subFilter = 'adbe.pkcs7.detached', room = 4096 } = options
  const field = number + 1
  const placeholder = '[0 0000000000 0000000000 0000000000]'
  const dictionary = `<< /Type /${type} /Filter /Adobe.PPKLite /SubFilter /${subFilter} /ByteRange ${placeholder} /Contents <${'0'.repeat(2 * room)}> ${options.entries ?? ''} >>`
  const fields = [...(options.fields ?? []), field].map((item) => `${item} 0 R`).join(' ')
  const annotations = [...(options.annotations ?? options.fields ?? []), field].map((item) => `${item} 0 R`).join(' ')
  const objects: Record<number, PdfObjects[number]> = {
    [PAGE.catalog]: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${fields}] /SigFlags 3 >> ${options.catalogEntries ?? ''} >>`,
    [field]: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /V ${number} 0 R /Rect ${options.rect ?? '[0 0 0 0]'} /F 132 /P 3 0 R ${options.fieldEntries ?? ''} >>`,
    [number]: dictionary,
    ...options.objects,
  }
  if (options.annotations !== null) objects[PAGE.page] = `<< ${options.page ?? PAGE_ENTRIES} /Annots [${annotations}] >>`
  const written = Buffer.from(appendRevision(before, objects, options.revision))
  const value = written.indexOf('/Contents <', before.length) + '/Contents <'.length
  const bracket = options.withBrackets ? 0 : 1
  const [start, end] = [value - bracket, value + 2 * room + bracket]
  const range = [0, start, end, written.length - end] as const
  const text = options.byteRange?.(range) ?? `[${range.join(' ')}]`
  written.write(text.padEnd(placeholder.length), written.indexOf(placeholder, before.length), 'latin1')
  const made = await make(Buffer.concat([written.subarray(0, start), written.subarray(end)]))
  if (made.length > room) throw new RangeError(`a value of ${made.length} bytes does not fit ${room}`)
  written.write(Buffer.from(made).toString('hex'), value, 'latin1')
  return written
}
