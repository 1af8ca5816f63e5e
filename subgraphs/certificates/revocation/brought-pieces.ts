import { decodeBase64 } from '../../../pki/base64.ts'
import { openDer } from '../../../pki/der/reader.ts'
import { TAG } from '../../../pki/der/tag.ts'
import { PkiError } from '../../../pki/error.ts'
import { decodeOcspResponse, type OcspResponse } from '../../../pki/ocsp/response.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import { type CertificateRevocationList, decodeCrl } from '../../../pki/x509/crl.ts'
import { type Refusal, refusalOf } from '../refusal.ts'
import type { CertificatesRoom } from '../room.ts'

/** Of one entity; `seals` keeps to the same bounds, and says what it left out. */
const MAXIMUM_PIECES = 32
const MAXIMUM_BASE64 = 5_700_000

/** Revocation evidence that came along with what is judged: read, and not believed yet. */
export type BroughtPiece = BroughtCrl | BroughtOcsp | UnreadPiece

export interface BroughtCrl {
  readonly kind: 'CRL'
  /** Lower-case hex SM3 of the bytes. */
  readonly digest: string
  readonly crl: CertificateRevocationList
}

export interface BroughtOcsp {
  readonly kind: 'OCSP'
  readonly digest: string
  readonly response: OcspResponse
}

/** Bytes that are neither, or broken. */
export interface UnreadPiece {
  readonly kind: 'UNREAD'
  readonly digest: string
  readonly refusal: Refusal
}

/**
 * Reads what another room's entity brings along, each piece once, as far as the head. What is no base64, too much or too large is
 * left out and logged.
 * @param evidence CRLs and OCSP responses, DER in base64.
 */
export function broughtPieces(
  evidence: readonly string[] | null | undefined,
  { log }: Pick<CertificatesRoom, 'log'>,
): readonly BroughtPiece[] {
  if (!evidence || evidence.length === 0) return []
  const pieces = new Map<string, BroughtPiece>()
  let left = MAXIMUM_BASE64
  for (const base64 of evidence.slice(0, MAXIMUM_PIECES)) {
    const bytes = typeof base64 !== 'string' || base64.length > left ? null : bytesOf(base64)
    if (bytes === null) continue
    left -= base64.length
    const digest = sm3Hex(bytes)
    if (!pieces.has(digest)) pieces.set(digest, read(bytes, digest))
  }
  if (pieces.size < evidence.length) log.warn({ count: evidence.length, read: pieces.size }, 'evidence brought along is left out')
  return [...pieces.values()]
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return decodeBase64(base64)
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}

function read(bytes: Uint8Array, digest: string): BroughtPiece {
  try {
    if (isOcspResponse(bytes)) return { kind: 'OCSP', digest, response: decodeOcspResponse(bytes) }
    return { kind: 'CRL', digest, crl: decodeCrl(bytes) }
  } catch (error) {
    return { kind: 'UNREAD', digest, refusal: refusalOf(error) }
  }
}

/** An OCSPResponse begins with its status (RFC 6960 §4.2.1), a CertificateList with what is signed. */
function isOcspResponse(bytes: Uint8Array): boolean {
  return openDer(bytes).sequence().peek() === TAG.ENUMERATED
}
