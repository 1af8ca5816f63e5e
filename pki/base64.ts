import { PkiError, type PkiErrorCode } from './error.ts'

/**
 * Strict base64 (RFC 4648 §4 and §3.5): this alphabet only, padded, unused bits zero, no line breaks.
 * Node decodes far more than that, so what does not encode to the same text again is refused.
 * @throws PkiError with the code given, STRUCTURE by default
 */
export function decodeBase64(text: string, code: PkiErrorCode = 'STRUCTURE'): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw new PkiError(code, 'not strict base64')
  return bytes
}
