import { createHash } from 'node:crypto'
import { PkiError } from '../../pki/error.ts'
import { decodeSpki } from '../../pki/spki.ts'

/** What an OCSP responder may name itself by (RFC 6960 §4.2.1): SHA-1 of the bits of its public key, lower-case hex; empty for no readable key. */
export function keyHashOf(spki: Uint8Array): string {
  try {
    return createHash('sha1').update(decodeSpki(spki).publicKey).digest('hex')
  } catch (error) {
    if (error instanceof PkiError) return '' // such a key verifies nothing anyway
    throw error
  }
}
