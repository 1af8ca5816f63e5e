import { expect, test } from 'vitest'
import { encodeSequence } from '../../../../pki/der/writer.ts'
import { inspectDocumentBytes } from '../../../../subgraphs/seals/facts/document.ts'
import { bytesOfReading, withOwnBytes } from '../../../../subgraphs/seals/facts/portable-reading.ts'
import type { SignatureReading } from '../../../../subgraphs/seals/facts.ts'
import { attribute, cadesSignature } from '../../../support/cades.ts'
import { basicOf, testOcspResponse } from '../../../support/ocsp.ts'
import { archiveOf, signedDocument } from '../../../support/ofd.ts'
import { onePage, writePdf } from '../../../support/pdf.ts'
import { detached, signPdf } from '../../../support/pdf-signing.ts'
import { withSecurityStore } from '../../../support/pdf-store.ts'
import { CONTENT, MADE_AT, pki, sealOf, signatureWith, stampOver } from '../../../support/seals.ts'
import { CERTIFICATE_VALUES, REVOCATION_VALUES, revocationValues, withCrls } from '../../../support/validation-material.ts'

const make = detached(pki.signer.signer, MADE_AT)
const ocsp = testOcspResponse({ certificate: pki.signer.certificate, issuer: pki.ca, producedAt: MADE_AT })
const crls = Array.from({ length: 40 }, (_, i) => pki.crl({ number: BigInt(i + 1) }))
const [crl = ocsp, other = ocsp, third = ocsp] = crls
const plain = (bytes: readonly Uint8Array[] = []) => bytes.map((one) => Buffer.from(one).toString('hex'))
const inspected = (bytes: Uint8Array, content: Uint8Array | null = null) => inspectDocumentBytes(bytes, content).signatures

function leftOut({ checks }: SignatureReading): readonly string[] {
  return checks.filter(({ check }) => check === 'EVIDENCE_LEFT_OUT').map(({ outcome, detail }) => `${outcome} ${detail?.en}`)
}

test('what a PDF signature brings itself goes before what the security store keeps, each piece once', async () => {
  const options = { unsigned: () => attribute(REVOCATION_VALUES, revocationValues([other], [basicOf(ocsp)])) }
  const value = async (content: Uint8Array) => withCrls(await cadesSignature(content, pki.signer.signer, options), [crl])
  const signed = await signPdf(writePdf(onePage()), value, { subFilter: 'ETSI.CAdES.detached', room: 8192 })
  const [signature] = inspected(withSecurityStore(signed, { crls: [crl, third], ocspResponses: [ocsp] }))
  expect(plain(signature?.revocationEvidence)).toEqual(plain([crl, other, ocsp, third]))
  expect(signature && leftOut(signature)).toEqual([])
})

test('a bare value of GB/T 35275 hands on its CRLs, and certificates from its unsigned attributes', async () => {
  const options = { unsigned: () => attribute(CERTIFICATE_VALUES, encodeSequence(pki.ca.certificate)) }
  const value = withCrls(await cadesSignature(CONTENT, pki.signer.signer, options), [crl])
  const [signature] = inspected(value, CONTENT)
  expect(plain(signature?.revocationEvidence)).toEqual(plain([crl]))
  expect(plain(signature?.certificates)).toEqual(plain([pki.signer.certificate, pki.ca.certificate]))
})

test('an OFD signature hands on what the time-stamps in it and in its seal carry', async () => {
  const stampWith = (piece: Uint8Array) => async (value: Uint8Array) => withCrls(stampOver(value), [piece])
  const seal = await sealOf('SES_V5', { timeStamp: stampWith(other) })
  const bytes = await archiveOf(
    await signedDocument({
      value: (content, protects) => signatureWith(seal, { content, protects, timeStamp: stampWith(crl) }),
    }),
  )
  const [signature] = inspected(bytes)
  expect(plain(signature?.revocationEvidence)).toEqual(plain([crl, other]))
})

test('of one document 32 pieces are handed on, and the rest is left out by a note', async () => {
  const signed = await signPdf(writePdf(onePage()), async (content) => withCrls(await make(content), crls.slice(0, 25)), {
    room: 32_768,
  })
  const [signature] = inspected(withSecurityStore(signed, { crls: crls.slice(20) }))
  expect(signature?.revocationEvidence).toHaveLength(32)
  expect(signature && leftOut(signature)).toEqual([expect.stringContaining('NOTE 8;')])
  expect(signature?.checks.find(({ check }) => check === 'SIGNATURE_VALUE')?.outcome).toBe('PASSED')
})

test('4 MiB of one document are handed on, shared by its signatures', async () => {
  const large = Buffer.alloc(1_500_000)
  const first = await signPdf(writePdf(onePage()), make)
  const both = await signPdf(first, make, { name: 'Second', number: 20, fields: [11] })
  const again = await signPdf(both, make, { name: 'Third', number: 30, fields: [11, 21] })
  const alone = inspected(withSecurityStore(first, { crls: [large, crl] }))
  expect(alone.map(({ revocationEvidence }) => revocationEvidence.length)).toEqual([2])
  const three = inspected(withSecurityStore(again, { crls: [large, crl] }, [11, 21, 31]))
  expect(three.map(({ revocationEvidence }) => plain(revocationEvidence))).toEqual([
    [...plain([crl])],
    plain([crl]),
    plain([crl]),
  ])
  expect(three.map((signature) => leftOut(signature).length)).toEqual([1, 1, 1])
})

test('values that cannot be read are left out by a note, and change nothing on the signature', async () => {
  const value = async (content: Uint8Array) => withCrls(await make(content), [Buffer.of(0xa1, 3, 6, 1, 0x2a)])
  const [signature] = inspected(await signPdf(writePdf(onePage()), value))
  expect(signature && leftOut(signature)).toEqual([expect.stringContaining('NOTE some cannot be read')])
  expect(signature?.checks.find(({ check }) => check === 'SIGNATURE_VALUE')?.outcome).toBe('PASSED')
})

test('evidence goes to another thread in memory of its own', async () => {
  const signed = withSecurityStore(await signPdf(writePdf(onePage()), make), { crls: [crl] })
  const reading = withOwnBytes(inspectDocumentBytes(signed))
  const [evidence] = reading.signatures[0]?.revocationEvidence ?? []
  expect(evidence?.buffer.byteLength).toBe(crl.length)
  expect(bytesOfReading(reading)).toContain(evidence)
})
