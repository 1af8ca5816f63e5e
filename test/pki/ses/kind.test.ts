import { expect, test } from 'vitest'
import { encodeSignedData } from '../../../pki/cms/signed-data.ts'
import { encodeObjectIdentifier, encodeSequence, encodeUnsigned } from '../../../pki/der/writer.ts'
import { kindOfBytes } from '../../../pki/ses/kind.ts'
import { CONTENT, FORMATS, pki, sealOf, signatureWith } from '../../support/seals.ts'

test('seals and signatures of every format are told apart, cut off or followed by bytes as well', async () => {
  for (const format of FORMATS) {
    const seal = await sealOf(format)
    const signature = await signatureWith(seal)
    for (const bytes of [seal, seal.subarray(0, 40), Buffer.concat([seal, seal])]) expect(kindOfBytes(bytes)).toBe('SEAL')
    for (const bytes of [signature, signature.subarray(0, 60)]) expect(kindOfBytes(bytes)).toBe('SIGNATURE')
  }
})

test('a seal with a length that is not DER is still meant to be a seal', async () => {
  const seal = await sealOf('SES_V4')
  const content = seal.subarray(4)
  const long = Buffer.concat([Uint8Array.of(0x30, 0x84, 0, 0, content.length >> 8, content.length & 0xff), content])
  expect(kindOfBytes(long)).toBe('SEAL')
})

test('signed data of both standards is known by its object identifier, a bare value by its two integers', async () => {
  for (const standard of ['GB/T 35275', 'RFC 5652'] as const)
    expect(kindOfBytes(await encodeSignedData(CONTENT, pki.signer.signer, { standard }))).toBe('SIGNED_DATA')
  const integer = encodeUnsigned(new Uint8Array(32).fill(7))
  expect(kindOfBytes(encodeSequence(integer, integer))).toBe('BARE_SIGNATURE')
})

test('anything else is nothing known', () => {
  const integer = encodeUnsigned(new Uint8Array(32).fill(7))
  const others = [
    new Uint8Array(),
    Uint8Array.of(0x30),
    Buffer.from('%PDF-1.7'),
    pki.maker.certificate,
    encodeSequence(encodeObjectIdentifier('1.2.3')),
    encodeSequence(integer, integer, integer),
    encodeSequence(encodeUnsigned(new Uint8Array(200).fill(7)), integer),
  ]
  for (const bytes of others) expect(kindOfBytes(bytes)).toBeNull()
})
