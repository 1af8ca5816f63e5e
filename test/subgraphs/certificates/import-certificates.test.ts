import { expect, test } from 'vitest'
import { importCertificates } from '../../../subgraphs/certificates/import-certificates.ts'
import { testPki } from '../../support/pki.ts'
import { testWithShared } from '../../support/shared.ts'
import { base64, importRoom, NOW, nationalCertificates } from './support.ts'

test('a certificate is taken in once; the same again is unchanged', async () => {
  const { takeIn } = importRoom()
  const { root } = testPki(NOW)
  expect(await takeIn(root.certificate)).toMatchObject([{ outcome: 'IMPORTED', certificate: { fingerprint: root.fingerprint } }])
  expect(await takeIn(root.certificate)).toMatchObject([{ outcome: 'UNCHANGED', refusal: null }])
})

test('a certificate that cannot be read is refused with its code and harms no other', async () => {
  const room = importRoom()
  const { root, ca } = testPki(NOW)
  const nested = Uint8Array.from({ length: 4000 }, (_, i) => (i % 4 === 0 ? 0x30 : i % 4 === 1 ? 0x82 : 0x0f))
  const rows = await importCertificates(
    [
      base64(root.certificate),
      'not base64!',
      base64(Buffer.concat([root.certificate, Buffer.of(0)])),
      base64(root.certificate.subarray(0, 200)),
      base64(Buffer.from('3003020101', 'hex')),
      base64(new Uint8Array(70_000)),
      base64(nested),
      '',
      base64(ca.certificate),
    ],
    room,
  )
  expect(rows.map((row) => row.refusal?.code ?? row.outcome)).toEqual([
    'IMPORTED',
    'STRUCTURE',
    'DER',
    'DER',
    'STRUCTURE',
    'TOO_LARGE',
    'DER',
    'STRUCTURE',
    'IMPORTED',
  ])
  expect(await room.store.bySubject('')).toEqual([])
})

test('at most 500 certificates are taken in at once', async () => {
  const many = new Array<string>(501).fill('')
  await expect(importCertificates(many, importRoom())).rejects.toMatchObject({ code: 'TOO_LARGE' })
})

testWithShared('all 86 national CA certificates are taken in', async () => {
  const { takeIn } = importRoom()
  const rows = await takeIn(...nationalCertificates())
  expect(rows.filter((row) => row.outcome === 'IMPORTED').length).toBe(86)
})
