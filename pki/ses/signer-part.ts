import type { DerReader } from '../der/reader.ts'
import type { Departures } from './departures.ts'
import { readAlgorithmField, readCertificateField } from './loose-fields.ts'

/** The certificate and the signature algorithm that stand side by side in every seal and signature. */
export interface SignerPart {
  /** DER of the certificate. */
  readonly cert: Uint8Array
  readonly algorithm: string
  /** Both elements as received: GM/T 0031-2014 signs over them. */
  readonly encoded: readonly [Uint8Array, Uint8Array]
}

/** Reads the next two elements. @throws PkiError DER, STRUCTURE */
export function readSignerPart(fields: DerReader, departures: Departures): SignerPart {
  const cert = readCertificateField(fields, 'cert', departures)
  const algorithm = readAlgorithmField(fields, 'signatureAlgorithm', departures)
  return { cert: cert.content, algorithm: algorithm.oid, encoded: [cert.encoded, algorithm.encoded] }
}
