import { decodeOid } from '../der/oid.ts'
import type { DerElement, DerReader } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'

/** The certificate and the signature algorithm that stand side by side in every seal and signature. */
export interface SignerPart {
  /** DER of the certificate. */
  readonly cert: Uint8Array
  readonly algorithm: string
  /** Both elements as received: GM/T 0031-2014 signs over them. */
  readonly encoded: readonly [Uint8Array, Uint8Array]
}

/** Reads the next two elements. @throws PkiError DER, STRUCTURE */
export function readSignerPart(fields: DerReader): SignerPart {
  const cert = readElement(fields, TAG.OCTET_STRING)
  const algorithm = readElement(fields, TAG.OBJECT_IDENTIFIER)
  return { cert: cert.content, algorithm: decodeOid(algorithm.content), encoded: [cert.encoded, algorithm.encoded] }
}

function readElement(fields: DerReader, tag: number): DerElement {
  const found = fields.peek()
  if (found !== tag)
    throw new PkiError('STRUCTURE', `expected tag 0x${tag.toString(16)}, found 0x${found?.toString(16) ?? ' nothing'}`)
  return fields.any()
}
