import type { KeyObject } from 'node:crypto'
import { PkiError } from './error.ts'
import { spkiOf } from './key.ts'
import { signingAlgorithmOf, signMessage } from './sign.ts'
import { decodeCertificate } from './x509/certificate.ts'

/** Who signs: a certificate and something that holds its private key, be it a device or software. */
export interface Signer {
  /** DER. */
  readonly certificate: Uint8Array
  /** OID of the signature algorithm, `1.2.156.10197.1.501` for SM2 with SM3. */
  readonly algorithm: string
  /** Signs the whole message: DER for SM2 and ECDSA. Rejects when the device does not answer; it never gives a signature of another key. */
  sign(message: Uint8Array): Promise<Uint8Array>
}

/**
 * A signer with its key in this process's memory; no certified device.
 * @throws PkiError KEY if the private key does not belong to the certificate
 */
export function softwareSigner(privateKey: KeyObject, certificate: Uint8Array): Signer {
  const { spki } = decodeCertificate(certificate)
  if (Buffer.compare(spki, spkiOf(privateKey)) !== 0) throw new PkiError('KEY', 'the private key is not the certificate’s')
  return {
    certificate,
    algorithm: signingAlgorithmOf(privateKey).oid,
    sign: async (message) => signMessage(privateKey, message),
  }
}
