import { generateKeyPairSync } from 'node:crypto'
import { spkiOf } from '../../../pki/key.ts'
import type { PdfRow } from '../../../pki/pdf/check-row.ts'
import { type PdfReading, type PdfSignatureReading, readPdf } from '../../../pki/pdf/pdf.ts'
import { type Signer, softwareSigner } from '../../../pki/signer.ts'
import { issueCertificate } from '../../../pki/x509/issue.ts'
import { MADE_AT } from '../../support/seals.ts'

/** The only signature of a file, or the one of an index. */
export function signatureOf(bytes: Uint8Array, index = 0): PdfSignatureReading {
  const reading = readPdf(bytes).signatures[index]
  if (!reading) throw new TypeError('the file has no such signature')
  return reading
}

/** Every row that neither passed nor has nothing to do, as `CHECK OUTCOME`. */
export function remarkable({ rows }: { readonly rows: readonly PdfRow[] }): readonly string[] {
  return rows
    .filter(({ outcome }) => outcome !== 'PASSED' && outcome !== 'NOT_APPLICABLE')
    .map(({ check, outcome }) => `${check} ${outcome}`)
}

/** The outcome of a check, null where there is no such row. */
export function outcomeOf({ rows }: { readonly rows: readonly PdfRow[] }, check: PdfRow['check']): PdfRow['outcome'] | null {
  return rows.find((row) => row.check === check)?.outcome ?? null
}

/** Whether a conclusion drawn from the bytes could be a pass for every signature. */
export function couldPass({ signatures }: PdfReading): boolean {
  const holds = ({ rows }: PdfSignatureReading) =>
    ['PDF_LATER_CHANGES', 'DATA_HASH', 'SIGNATURE_VALUE'].every((check) => rows.some((row) => row.check === check)) &&
    rows.every(({ outcome }) => outcome !== 'FAILED' && outcome !== 'UNKNOWN')
  return signatures.length > 0 && signatures.every(holds)
}

const rsaKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

/** A signer with an RSA key and a certificate of its own. */
export const rsaSigner: Signer = softwareSigner(
  rsaKey,
  issueCertificate({
    subject: [['CN', 'RSA']],
    spki: spkiOf(rsaKey),
    serialNumber: 0x80n,
    notBefore: MADE_AT,
    notAfter: MADE_AT + 86_400_000,
    issuerKey: rsaKey,
  }),
)
