import { appendRevision, type PdfObjects } from './pdf.ts'

/** What a security store keeps, DER. */
export interface StoredMaterial {
  readonly certificates?: readonly Uint8Array[]
  readonly crls?: readonly Uint8Array[]
  readonly ocspResponses?: readonly Uint8Array[]
}

const FIRST = 60

/** A document whose fields these are, with a security store added by an incremental update (ISO 32000-2 12.8.4.3). */
export function withSecurityStore(signed: Uint8Array, material: StoredMaterial, fields: readonly number[] = [11]): Uint8Array {
  const objects: Record<number, PdfObjects[number]> = {}
  let number = FIRST
  const stored = (items: readonly Uint8Array[] = []) => {
    const references = items.map((data) => {
      objects[++number] = { entries: '', data }
      return `${number} 0 R`
    })
    return `[${references.join(' ')}]`
  }
  const store = `/Certs ${stored(material.certificates)} /CRLs ${stored(material.crls)} /OCSPs ${stored(material.ocspResponses)}`
  objects[FIRST] = `<< /Type /DSS ${store} >>`
  const form = `/AcroForm << /Fields [${fields.map((field) => `${field} 0 R`).join(' ')}] /SigFlags 3 >>`
  objects[1] = `<< /Type /Catalog /Pages 2 0 R ${form} /DSS ${FIRST} 0 R >>`
  return appendRevision(signed, objects)
}
