import { expect, test } from 'vitest'
import { algorithmWithNull, bareAlgorithm } from '../../../pki/algorithm.ts'
import { TAG } from '../../../pki/der/tag.ts'
import {
  encodeBitString,
  encodeElement,
  encodeExplicit,
  encodeGeneralizedTime,
  encodeIa5String,
  encodeInteger,
  encodeNull,
  encodeObjectIdentifier,
  encodeOctetString,
  encodePrintableString,
  encodeSequence,
  encodeUtcTime,
  encodeUtf8String,
} from '../../../pki/der/writer.ts'
import type { CheckRow } from '../../../pki/ses/check-row.ts'
import { kindOfBytes } from '../../../pki/ses/kind.ts'
import { decodeSeal, type Seal } from '../../../pki/ses/seal.ts'
import type { SesFormat } from '../../../pki/ses/seal-info.ts'
import { decodeSignature, type SealSignature } from '../../../pki/ses/signature.ts'
import { verifySeal } from '../../../pki/ses/verify-seal.ts'
import { verifySignatureValue } from '../../../pki/ses/verify-signature.ts'
import { sm3 } from '../../../pki/sm3.ts'
import { type OddSeal, type OddSignature, oddSeal, oddSignature } from '../../support/odd-seals.ts'
import { CONTENT, MADE_AT, pki, sealOf, sealToMake, stampOver } from '../../support/seals.ts'

const text = (tag: number, bytes: Uint8Array | string) => encodeElement(tag, Buffer.from(bytes))
const utf16 = (words: string) => Buffer.from(words, 'utf16le').swap16()
const GB18030 = Buffer.from('cbecc6bdcfd8', 'hex') // 遂平县

/** What did not pass, with its outcome; empty for one that passes everything. */
function notPassed(rows: readonly CheckRow[]): Record<string, string> {
  const odd = rows.filter(({ outcome }) => outcome !== 'PASSED' && outcome !== 'NOT_APPLICABLE')
  return Object.fromEntries(odd.map(({ check, outcome }) => [check, outcome]))
}

async function readSeal(format: SesFormat, odd: OddSeal): Promise<{ seal: Seal; odd: Record<string, string> }> {
  const bytes = await oddSeal(format, odd)
  expect(kindOfBytes(bytes)).toBe('SEAL')
  const seal = decodeSeal(bytes)
  return { seal, odd: notPassed(verifySeal(seal)) }
}

async function readSignature(
  format: SesFormat,
  odd: OddSignature,
): Promise<{ value: SealSignature; odd: Record<string, string> }> {
  const bytes = await oddSignature(format, await sealOf(format), odd)
  expect(kindOfBytes(bytes)).toBe('SIGNATURE')
  const value = decodeSignature(bytes)
  return { value, odd: notPassed(verifySignatureValue(value, CONTENT)) }
}

test('what is written by the standard is not remarked upon', async () => {
  for (const format of ['SES_V1', 'SES_V4', 'SES_V5'] as const) {
    expect(await readSeal(format, {})).toMatchObject({ odd: {}, seal: { departures: [] } })
    expect(await readSignature(format, {})).toMatchObject({ odd: {}, value: { departures: [] } })
  }
})

test.each([
  ['UTF8String', TAG.UTF8_STRING, Buffer.from('41172800000001')],
  ['PrintableString', TAG.PRINTABLE_STRING, Buffer.from('41172800000001')],
  ['VisibleString', TAG.VISIBLE_STRING, Buffer.from('41172800000001')],
  ['BMPString', TAG.BMP_STRING, utf16('41172800000001')],
] as const)('a seal code written as %s is the same code, and noted', async (name, tag, bytes) => {
  const { seal, odd } = await readSeal('SES_V4', { esID: text(tag, bytes) })
  expect(seal.eSealInfo.esID).toBe('41172800000001')
  expect([odd, seal.departures]).toEqual([
    { SEAL_FORMAT: 'NOTE' },
    [{ zh: expect.any(String), en: `esID is written as ${name}` }],
  ])
})

test.each([
  ['a BMPString', text(TAG.BMP_STRING, utf16('遂平县'))],
  ['a UTF8String in GB 18030', text(TAG.UTF8_STRING, GB18030)],
  ['an IA5String in GB 18030', text(TAG.IA5_STRING, GB18030)],
  ['an IA5String in UTF-8', encodeElement(TAG.IA5_STRING, Buffer.from('遂平县'))],
] as const)('a name or maker in Chinese is read from %s, and noted', async (_, encoded) => {
  const { seal, odd } = await readSeal('SES_V4', { property: { name: encoded }, header: { vid: encoded } })
  expect([seal.eSealInfo.property.name, seal.eSealInfo.header.vid]).toEqual(['遂平县', '遂平县'])
  expect(odd).toEqual({ SEAL_FORMAT: 'NOTE' })
})

test('a code of no character set is read byte by byte, which no code may be', async () => {
  const { seal, odd } = await readSeal('SES_V4', { esID: text(TAG.IA5_STRING, Uint8Array.of(0x41, 0xff)) })
  expect([seal.eSealInfo.esID, odd]).toEqual(['A\u00ff', { SEAL_FORMAT: 'FAILED' }])
})

test('a name of no character set is no text, and one too long is refused before it is decoded', async () => {
  const name = text(TAG.UTF8_STRING, Uint8Array.of(0xff, 0xff))
  await expect(readSeal('SES_V4', { property: { name } })).rejects.toMatchObject({ code: 'DER' })
  const odd = text(TAG.BMP_STRING, Uint8Array.of(0x00))
  await expect(readSeal('SES_V4', { property: { name: odd } })).rejects.toMatchObject({ code: 'DER' })
  const long = text(TAG.UTF8_STRING, Buffer.alloc(5000, 0x41))
  await expect(readSeal('SES_V4', { property: { name: long } })).rejects.toMatchObject({ code: 'TOO_LARGE' })
})

test.each([
  ['SES_V1', encodeGeneralizedTime(MADE_AT), MADE_AT],
  ['SES_V4', encodeUtcTime(MADE_AT), MADE_AT],
  ['SES_V4', text(TAG.GENERALIZED_TIME, '20260101080000+0800'), MADE_AT],
  ['SES_V4', text(TAG.GENERALIZED_TIME, '20260101080000'), MADE_AT],
  ['SES_V4', text(TAG.GENERALIZED_TIME, '20260101000000.500Z'), MADE_AT + 500],
  ['SES_V4', text(TAG.GENERALIZED_TIME, '20260101000000,5Z'), MADE_AT + 500],
  ['SES_V4', text(TAG.GENERALIZED_TIME, '202601010000Z'), MADE_AT],
  ['SES_V1', text(TAG.UTC_TIME, '2601010000Z'), MADE_AT],
  ['SES_V1', text(TAG.UTC_TIME, '260101080000+0800'), MADE_AT],
] as const)(
  '%s: a time that is no DER time of its type is read as the moment it is, and noted',
  async (format, encoded, expected) => {
    const { seal, odd } = await readSeal(format, { property: { createDate: encoded } })
    expect([seal.eSealInfo.property.createDate, odd]).toEqual([expected, { SEAL_FORMAT: 'NOTE' }])
  },
)

test.each(['20261301000000Z', '20260230000000Z', '20260101250000Z', '20260101000000+9900', 'yesterday', ''])(
  'what is no moment at all (%j) breaks the seal',
  async (words) => {
    const createDate = text(TAG.GENERALIZED_TIME, words)
    await expect(readSeal('SES_V4', { property: { createDate } })).rejects.toMatchObject({ code: 'DER' })
  },
)

test('certificates stand in an OCTET STRING, a BIT STRING or as they are', async () => {
  const { certificate } = pki.maker
  for (const cert of [encodeBitString(certificate), certificate]) {
    for (const format of ['SES_V1', 'SES_V4'] as const) {
      const { seal, odd } = await readSeal(format, { cert, property: { certList: encodeSequence(pki.signer.certificate) } })
      expect([seal.format, odd, Buffer.compare(seal.cert, certificate)]).toEqual([format, { SEAL_FORMAT: 'NOTE' }, 0])
      expect(seal.eSealInfo.property.certList).toEqual({ certListType: 1, certs: [pki.signer.certificate] })
    }
  }
})

test('a digest in the list is named by text of any type or by its OID', async () => {
  const value = encodeOctetString(sm3(pki.signer.certificate))
  for (const type of [encodeUtf8String('SM3'), encodeIa5String('sm3'), encodeObjectIdentifier('1.2.156.10197.1.401')]) {
    const certList = encodeSequence(encodeSequence(type, value))
    const seal = await oddSeal('SES_V4', { property: { certListType: encodeInteger(2), certList } })
    const rows = verifySignatureValue(decodeSignature(await oddSignature('SES_V4', seal, {})), CONTENT)
    expect(notPassed(rows)).toEqual({})
  }
})

test.each([
  ['as AlgorithmIdentifier', bareAlgorithm('1.2.156.10197.1.501').encoded, { SEAL_FORMAT: 'NOTE' }],
  ['as AlgorithmIdentifier with NULL', algorithmWithNull('1.2.156.10197.1.501').encoded, { SEAL_FORMAT: 'NOTE' }],
  ['by SM2’s own signature OID', encodeObjectIdentifier('1.2.156.10197.1.301.1'), { SEAL_ALGORITHM: 'NOTE' }],
  ['by the curve', encodeObjectIdentifier('1.2.156.10197.1.301'), { SEAL_ALGORITHM: 'NOTE' }],
] as const)('the algorithm may be named %s: the value is verified all the same', async (_, algorithm, expected) => {
  for (const format of ['SES_V1', 'SES_V4'] as const) expect((await readSeal(format, { algorithm })).odd).toEqual(expected)
  const signed = await readSignature('SES_V4', { algorithm })
  expect(Object.values(signed.odd)).toEqual(['NOTE'])
})

test('an algorithm with parameters, or of another digest, is not taken for SM2 with SM3', async () => {
  const withCurve = encodeSequence(encodeObjectIdentifier('1.2.156.10197.1.501'), encodeObjectIdentifier('1.2.156.10197.1.301'))
  await expect(readSeal('SES_V4', { algorithm: withCurve })).rejects.toMatchObject({ code: 'STRUCTURE' })
  const { odd } = await readSeal('SES_V4', { algorithm: encodeObjectIdentifier('1.2.156.10197.1.503') })
  expect(odd).toMatchObject({ SEAL_ALGORITHM: 'UNKNOWN', SEAL_SIGNATURE: 'UNKNOWN' })
})

test('values, digests and pictures in the other of BIT STRING and OCTET STRING mean the same', async () => {
  const { picture } = sealToMake('SES_V4')
  for (const format of ['SES_V1', 'SES_V4', 'SES_V5'] as const) {
    const seal = await readSeal(format, { signedValue: encodeOctetString, picture: { data: encodeBitString(picture.data) } })
    expect([seal.seal.format, seal.odd]).toEqual([format, { SEAL_FORMAT: 'NOTE' }])
    const odd = { signature: encodeOctetString, dataHash: encodeOctetString(sm3(CONTENT)) }
    const signature = await readSignature(format, odd)
    expect([signature.value.format, signature.odd]).toEqual([format, { SIGNATURE_FORMAT: 'NOTE' }])
  }
})

test('GM/T 0031-2014: SES_SignInfo in a BIT STRING, the time outside one or in an OCTET STRING', async () => {
  expect((await readSeal('SES_V1', { signInfo: encodeBitString })).odd).toEqual({ SEAL_FORMAT: 'NOTE' })
  const times = [encodeUtcTime(MADE_AT), encodeGeneralizedTime(MADE_AT), encodeOctetString(encodeUtcTime(MADE_AT))]
  for (const timeInfo of times) {
    const { value, odd } = await readSignature('SES_V1', { timeInfo })
    expect([value.toSign.timeInfo.time, odd]).toEqual([MADE_AT, { SIGNATURE_FORMAT: 'NOTE' }])
  }
})

test('GB/T 38540-2020: a UTCTime, or a time in a BIT STRING as its predecessor has it', async () => {
  for (const timeInfo of [encodeUtcTime(MADE_AT), encodeBitString(encodeGeneralizedTime(MADE_AT))]) {
    const { value, odd } = await readSignature('SES_V4', { timeInfo })
    expect([value.toSign.timeInfo.time, odd]).toEqual([MADE_AT, { SIGNATURE_FORMAT: 'NOTE' }])
  }
})

test('extensions in an OCTET STRING, with a TRUE of BER or a value in no OCTET STRING are read, and what may be critical is', async () => {
  const oid = encodeObjectIdentifier('1.2.3.4.5.6')
  const value = encodeOctetString(Uint8Array.of(1))
  const flag = (byte: number) => encodeElement(TAG.BOOLEAN, Uint8Array.of(byte))
  const listed = (...items: readonly Uint8Array[]) => encodeSequence(...items.map((item) => encodeSequence(oid, item)))
  const wrapped = await readSeal('SES_V1', { extDatas: encodeOctetString(listed(value)) })
  expect(wrapped.odd).toEqual({ SEAL_FORMAT: 'NOTE' })
  const text = await readSeal('SES_V4', { extDatas: listed(encodeUtf8String('任意')) })
  expect(text.odd).toEqual({ SEAL_FORMAT: 'NOTE' })
  const critical = await readSeal('SES_V4', { extDatas: encodeSequence(encodeSequence(oid, flag(1), value)) })
  expect(critical.odd).toEqual({ SEAL_FORMAT: 'NOTE', SEAL_EXTENSIONS: 'UNKNOWN' })
})

test('a time-stamp in an OCTET STRING, in none, or as the whole response of the service holds as the token would', async () => {
  const response = (value: Uint8Array) => encodeSequence(encodeSequence(encodeInteger(0)), stampOver(value))
  const forms: readonly ((value: Uint8Array) => Uint8Array)[] = [
    (value) => encodeExplicit(0, encodeOctetString(stampOver(value))),
    (value) => encodeExplicit(0, stampOver(value)),
    (value) => encodeOctetString(stampOver(value)),
    (value) => encodeExplicit(0, encodeBitString(response(value))),
  ]
  for (const timeStamp of forms) {
    const { seal, odd } = await readSeal('SES_V5', { timeStamp })
    expect([seal.format, odd]).toEqual(['SES_V5', { SEAL_FORMAT: 'NOTE' }])
    expect((await readSignature('SES_V4', { timeStamp })).odd).toEqual({ SIGNATURE_FORMAT: 'NOTE' })
  }
  const refusal = (_: Uint8Array) => encodeExplicit(0, encodeBitString(encodeSequence(encodeSequence(encodeInteger(2)))))
  expect((await readSeal('SES_V5', { timeStamp: refusal })).odd).toMatchObject({ SEAL_TIME_STAMP: 'FAILED' })
})

test('propertyInfo twice, as a signing library once wrote it in place of extensions, is no structure of any standard', async () => {
  const again = encodeIa5String('/Doc_0/Signs/Sign_0/Signature.xml')
  await expect(readSignature('SES_V4', { extDatas: again })).rejects.toMatchObject({ code: 'STRUCTURE' })
})

test('another type than those that mean the same is refused: nothing is guessed', async () => {
  const refused: readonly OddSeal[] = [
    { esID: encodeInteger(41172800000001) },
    { esID: encodeOctetString(Buffer.from('41172800000001')) },
    { cert: encodeUtf8String('cert') },
    { algorithm: encodeUtf8String('SM2') },
    { property: { createDate: encodePrintableString('20260101000000Z') } },
    { picture: { data: encodeNull() } },
    { signedValue: () => encodeNull() },
  ]
  for (const odd of refused) await expect(oddSeal('SES_V4', odd).then(decodeSeal)).rejects.toMatchObject({ code: 'STRUCTURE' })
})
