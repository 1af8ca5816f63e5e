import { HubError } from '../model/error.ts'
import type { Fingerprint } from '../model/facts.ts'
import { parseStatement, type Statement } from '../model/statement.ts'
import type { Instant } from '../model/time.ts'
import { decodeSignedData, verifySignedData } from '../pki/cms/signed-data.ts'
import { PkiError } from '../pki/error.ts'
import { decodeCertificate, fingerprintOf } from '../pki/x509/certificate.ts'
import { formatName } from '../pki/x509/name.ts'

/**
 * HOLDS: signed, unchanged, by the hub expected. SIGNED_BY_SOMEBODY: unchanged, but nobody said whose signature to expect.
 * FOREIGN: unchanged, by somebody else. BROKEN: the signature does not hold.
 */
export type StatementOutcome = 'HOLDS' | 'SIGNED_BY_SOMEBODY' | 'FOREIGN' | 'BROKEN'

export interface StatementReport {
  readonly outcome: StatementOutcome
  readonly signer: { readonly subject: string; readonly fingerprint: Fingerprint } | null
  /** What the signature says of when it was made. */
  readonly signedAt: Instant | null
  /** Null when the signature does not hold: nothing in it is to be believed then. */
  readonly statement: Statement | null
}

/**
 * Checks a signed decision with nothing but its bytes and the certificate of the hub it is said to come from.
 * @param expected fingerprint of that certificate; null when none is given, and then it cannot be told who speaks.
 * @throws HubError UNREADABLE when the bytes are no signed statement.
 */
export function verifyStatement(bytes: Uint8Array, expected: Fingerprint | null): StatementReport {
  const signed = decode(bytes)
  const [signer, ...others] = verifySignedData(signed)
  if (!signer?.holds || signer.certificate === null || others.length > 0 || signed.content === null)
    return { outcome: 'BROKEN', signer: null, signedAt: null, statement: null }
  const fingerprint = fingerprintOf(signer.certificate)
  return {
    outcome: expected === null ? 'SIGNED_BY_SOMEBODY' : expected === fingerprint ? 'HOLDS' : 'FOREIGN',
    signer: { subject: formatName(decodeCertificate(signer.certificate).subject), fingerprint },
    signedAt: signer.signingTime,
    statement: parseStatement(signed.content),
  }
}

function decode(bytes: Uint8Array) {
  try {
    return decodeSignedData(bytes)
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    throw new HubError('UNREADABLE', '不是已签名的判定书', 'not a signed statement', { cause })
  }
}
