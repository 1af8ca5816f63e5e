import { expect, test } from 'vitest'
import { openDer } from '../../../pki/der/reader.ts'
import { encodeBitString, encodeElement, encodeExplicit, encodeSequence } from '../../../pki/der/writer.ts'
import { certificateOrNull } from '../../../pki/ses/readable-certificate.ts'
import { decodeSeal } from '../../../pki/ses/seal.ts'
import { codeOf } from '../../support/code.ts'
import { FORMATS, MADE_AT, pki, sealOf, sealToMake } from '../../support/seals.ts'

const EXTENSION = { extnID: '1.2.3.4', critical: false, writesDefault: false, extnValue: Uint8Array.of(1) }
const TOKEN = Uint8Array.of(0x30, 0x00)

/** The elements of a SEQUENCE, encoded. */
function elementsOf(sequence: Uint8Array): Uint8Array[] {
  const reader = openDer(sequence).sequence()
  const elements: Uint8Array[] = []
  while (!reader.isEmpty()) elements.push(reader.any().encoded)
  return elements
}

test.each(FORMATS)('a seal of %s reads back as it was made', async (format) => {
  const made = sealToMake(format)
  const seal = decodeSeal(await sealOf(format))
  const { encoded: _, ...info } = seal.eSealInfo
  const version = { SES_V1: 1, SES_V4: 4, SES_V5: 5 }[format]
  expect(info).toEqual({
    header: { id: 'ES', version, vid: made.vid },
    esID: made.esID,
    property: made.property,
    picture: made.picture,
    extDatas: null,
  })
  expect(seal).toMatchObject({ format, cert: pki.maker.certificate, signAlgID: '1.2.156.10197.1.501', timeStamp: null })
})

test('GM/T 0031-2014 signs over info, certificate and algorithm in a SEQUENCE of their own, the later standards over the info alone', async () => {
  for (const format of FORMATS) {
    const encoded = await sealOf(format)
    const [info = encoded, second = encoded] = elementsOf(encoded)
    const expected = format === 'SES_V1' ? encodeSequence(info, ...elementsOf(second).slice(0, 2)) : info
    expect(decodeSeal(encoded).signedBytes).toEqual(expected)
  }
})

test('the shape of a seal decides its format, whatever header.version says', async () => {
  expect(decodeSeal(await sealOf('SES_V1', { header: { version: 4 } })).format).toBe('SES_V1')
  expect(decodeSeal(await sealOf('SES_V1', { header: { version: 11 } })).format).toBe('SES_V1')
  expect(decodeSeal(await sealOf('SES_V4', { header: { version: 1 } })).format).toBe('SES_V4')
  expect(decodeSeal(await sealOf('SES_V4', { header: { version: 5 } })).format).toBe('SES_V5')
  const stamped = await sealOf('SES_V5', { header: { version: 4 }, timeStamp: async () => TOKEN })
  expect(decodeSeal(stamped).format).toBe('SES_V5')
})

test.each(['EXPLICIT', 'IMPLICIT', 'UNTAGGED'] as const)(
  'extensions and time-stamp are read %s and the form is kept',
  async (form) => {
    const items = [EXTENSION, { ...EXTENSION, extnID: '1.2.3.5', critical: true }]
    for (const format of FORMATS) {
      const seal = decodeSeal(await sealOf(format, { extDatas: { form, items } }))
      expect(seal.eSealInfo.extDatas).toEqual({ form, items })
    }
    const stamped = decodeSeal(await sealOf('SES_V5', { timeStamp: async () => TOKEN, timeStampForm: form }))
    expect(stamped.timeStamp).toEqual({ form, token: TOKEN })
  },
)

test('an empty list of extensions is told from none', async () => {
  const empty = decodeSeal(await sealOf('SES_V4', { extDatas: { form: 'EXPLICIT', items: [] } }))
  expect(empty.eSealInfo.extDatas).toEqual({ form: 'EXPLICIT', items: [] })
})

test('critical is FALSE when it is left out, and when it is written out that is remembered', async () => {
  const items = [EXTENSION, { ...EXTENSION, writesDefault: true }]
  const { extDatas } = decodeSeal(await sealOf('SES_V4', { extDatas: { form: 'UNTAGGED', items } })).eSealInfo
  expect(extDatas?.items.map(({ critical, writesDefault }) => [critical, writesDefault])).toEqual([
    [false, false],
    [false, true],
  ])
})

test('a list of digests is read by certListType 2', async () => {
  const { property } = sealToMake('SES_V4')
  const certList = { certListType: 2 as const, digests: [{ type: 'SM3', value: Uint8Array.of(1, 2, 3) }] }
  const seal = decodeSeal(await sealOf('SES_V4', { property: { ...property, certList } }))
  expect(seal.eSealInfo.property.certList).toEqual(certList)
})

test('a seal with anything after it, cut off, with a further element or a fractional BIT STRING is refused', async () => {
  const encoded = await sealOf('SES_V5')
  const [info = encoded, cert = encoded, algorithm = encoded, value = encoded] = elementsOf(encoded)
  const stamp = encodeExplicit(0, encodeBitString(TOKEN))
  expect(codeOf(() => decodeSeal(Buffer.concat([encoded, Uint8Array.of(0)])))).toBe('DER')
  expect(codeOf(() => decodeSeal(encoded.subarray(0, -1)))).toBe('DER')
  expect(codeOf(() => decodeSeal(encodeSequence(info, cert, algorithm, value, stamp, stamp)))).toBe('DER')
  expect(codeOf(() => decodeSeal(encodeSequence(info, cert, algorithm)))).toBe('STRUCTURE')
  expect(codeOf(() => decodeSeal(encodeSequence(info, cert, algorithm, encodeBitString(Uint8Array.of(0x80), 4))))).toBe('DER')
  expect(
    codeOf(() => decodeSeal(encodeSequence(info, cert, algorithm, value, encodeElement(0x80, Uint8Array.of(4, 0x10))))),
  ).toBe('DER')
})

test('limits on bytes, certificates, extensions and texts are kept', async () => {
  const { property, picture } = sealToMake('SES_V4')
  const many = (length: number) => Array.from({ length }, () => pki.signer.certificate)
  const listing = (length: number) =>
    sealOf('SES_V4', { property: { ...property, certList: { certListType: 1, certs: many(length) } } })
  const extended = (length: number) =>
    sealOf('SES_V4', { extDatas: { form: 'UNTAGGED', items: Array.from({ length }, () => EXTENSION) } })
  const pictured = (length: number) => sealOf('SES_V4', { picture: { ...picture, data: new Uint8Array(length) } })
  for (const atLimit of [await listing(64), await extended(64)]) expect(codeOf(() => decodeSeal(atLimit))).toBeNull()
  const overLimit = [await listing(65), await extended(65), await pictured(5 * 1024 * 1024)]
  overLimit.push(await sealOf('SES_V4', { esID: '1'.repeat(257) }))
  overLimit.push(await sealOf('SES_V4', { property: { ...property, name: '印'.repeat(1025) } }))
  for (const encoded of overLimit) expect(codeOf(() => decodeSeal(encoded))).toBe('TOO_LARGE')
})

test('numbers that no version, type or length in millimetres can be are refused', async () => {
  const { property, picture } = sealToMake('SES_V4')
  const negative = await sealOf('SES_V4', { picture: { ...picture, width: -1 } })
  const huge = await sealOf('SES_V4', { property: { ...property, type: 2 ** 31 } })
  expect(codeOf(() => decodeSeal(negative))).toBe('STRUCTURE')
  expect(codeOf(() => decodeSeal(huge))).toBe('STRUCTURE')
})

test('what is no certificate is null, whatever is wrong with it', () => {
  expect(certificateOrNull(Uint8Array.of(0x30, 0x00))).toBeNull()
  expect(certificateOrNull(new Uint8Array(70_000))).toBeNull()
  expect(certificateOrNull(pki.maker.certificate)?.validity.notBefore).toBe(MADE_AT - 365 * 86_400_000)
})
