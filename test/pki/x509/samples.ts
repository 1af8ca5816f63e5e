import { readFileSync } from 'node:fs'
import { decodePem } from '../../../pki/pem.ts'
import { sharedFile } from '../../support/shared.ts'

/** One line of INDEX.tsv that speaks of a certificate. */
export interface CertificateRow {
  readonly path: string
  readonly subject: string
  readonly issuer: string
  readonly expected: string
}

const X509_ROW = /^X\.509 (.*) <- (.*), \d+Z\.\.\d+Z, sig/

/** The certificates of INDEX.tsv whose names are written out there, one a file. */
export function certificateRows(): readonly CertificateRow[] {
  const lines = readFileSync(sharedFile('samples/INDEX.tsv'), 'utf8').split('\n').slice(1)
  return lines.flatMap((line) => {
    const [path = '', what = '', expected = ''] = line.split('\t')
    const [, subject, issuer] = X509_ROW.exec(what) ?? []
    return subject && issuer ? [{ path: `samples/${path}`, subject, issuer, expected }] : []
  })
}

/** Every certificate of a sample file, PEM or DER. */
export function readCertificates(path: string): readonly Uint8Array[] {
  const bytes = new Uint8Array(readFileSync(sharedFile(path)))
  if (bytes[0] === 0x30) return [bytes]
  return decodePem(Buffer.from(bytes).toString('latin1'), 'CERTIFICATE').map((block) => block.der)
}
