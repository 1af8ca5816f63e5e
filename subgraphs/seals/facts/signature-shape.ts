import type { Bilingual } from '../../../model/text.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import type { SignatureReading } from '../facts.ts'

/** The reading of a value of which nothing is known yet but its bytes. */
export function emptyReading(value: Uint8Array, content: Uint8Array | null): SignatureReading {
  const digest = sm3Hex(value)
  return {
    subject: 'SIGNATURE',
    id: content === null ? digest : `${digest}-${sm3Hex(content)}`,
    label: null,
    isTimeStamp: false,
    addedLater: [],
    digest,
    format: null,
    checks: [],
    seal: null,
    signature: { claimedAt: null, signerCertificate: null, contentGiven: content !== null },
    protects: null,
    certificates: [],
    revocationEvidence: [],
    makerFingerprint: null,
    signerFingerprint: null,
  }
}

/** The reading of a value that could not be decoded. */
export function brokenSignature(value: Uint8Array, content: Uint8Array | null, fault: Bilingual): SignatureReading {
  const checks = [{ check: 'SIGNATURE_FORMAT', object: 'signature', outcome: 'FAILED', detail: fault } as const]
  return { ...emptyReading(value, content), checks }
}
