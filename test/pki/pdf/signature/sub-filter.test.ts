import { expect, test } from 'vitest'
import type { PdfRow } from '../../../../pki/pdf/check-row.ts'
import { onePage, writePdf } from '../../../support/pdf.ts'
import { detached, signPdf, type ValueMaker } from '../../../support/pdf-signing.ts'
import { MADE_AT, pki, sealOf, signatureWith, stampOver } from '../../../support/seals.ts'
import { outcomeOf, signatureOf } from '../rows.ts'

const MAKERS: Readonly<Record<string, ValueMaker>> = {
  'signed data': detached(pki.signer.signer),
  'a seal signature': async (content) => signatureWith(await sealOf('SES_V4'), { content }),
  'a time-stamp': async (content) => stampOver(content, MADE_AT),
  'nothing known': async () => Uint8Array.of(5, 0),
}

test.each<[string, string, string, PdfRow['outcome']]>([
  ['adbe.pkcs7.detached', 'Sig', 'signed data', 'PASSED'],
  ['adbe.pkcs7.detached', 'Sig', 'a seal signature', 'NOTE'],
  ['adbe.pkcs7.detached', 'Sig', 'a time-stamp', 'FAILED'],
  ['adbe.pkcs7.detached', 'Sig', 'nothing known', 'UNKNOWN'],
  ['adbe.pkcs7.detached', 'DocTimeStamp', 'signed data', 'FAILED'],
  ['ETSI.CAdES.detached', 'Sig', 'signed data', 'PASSED'],
  ['ETSI.CAdES.detached', 'Sig', 'a seal signature', 'FAILED'],
  ['ETSI.RFC3161', 'DocTimeStamp', 'a time-stamp', 'PASSED'],
  ['ETSI.RFC3161', 'Sig', 'signed data', 'FAILED'],
  ['ETSI.RFC3161', 'DocTimeStamp', 'nothing known', 'UNKNOWN'],
  ['adbe.pkcs7.sha1', 'Sig', 'signed data', 'UNKNOWN'],
  ['adbe.x509.rsa_sha1', 'Sig', 'signed data', 'FAILED'],
  ['Vendor.Seal', 'Sig', 'a seal signature', 'NOTE'],
  ['Vendor.Seal', 'Sig', 'a time-stamp', 'FAILED'],
  ['Vendor.Seal', 'Sig', 'nothing known', 'UNKNOWN'],
])('a dictionary of /SubFilter %s and /Type %s around %s: %s', async (subFilter, type, value, outcome) => {
  const make = MAKERS[value] ?? expect.unreachable(value)
  const signed = await signPdf(writePdf(onePage()), make, { subFilter, type })
  expect(outcomeOf(signatureOf(signed), 'PDF_SUB_FILTER')).toBe(outcome)
})
