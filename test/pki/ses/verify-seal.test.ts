import { expect, test } from 'vitest'
import { encodeObjectIdentifier, encodeOctetString, encodeSequence } from '../../../pki/der/writer.ts'
import type { CheckRow, SesCheck } from '../../../pki/ses/check-row.ts'
import type { SealToMake } from '../../../pki/ses/make-seal.ts'
import { decodeSeal } from '../../../pki/ses/seal.ts'
import type { SesFormat } from '../../../pki/ses/seal-info.ts'
import { verifySeal } from '../../../pki/ses/verify-seal.ts'
import { FORMATS, MADE_AT, pki, sealOf, sealToMake, stampOver } from '../../support/seals.ts'
import { timeStampToken } from '../../support/time-stamp.ts'

const DAY_MS = 86_400_000
const EXTENSION = { extnID: '1.2.3.4', critical: false, writesDefault: false, extnValue: Uint8Array.of(1) }

async function rowsOf(format: SesFormat, changes: Partial<SealToMake> = {}): Promise<readonly CheckRow[]> {
  return verifySeal(decodeSeal(await sealOf(format, changes)))
}

async function outcomeOf(check: SesCheck, format: SesFormat, changes: Partial<SealToMake> = {}): Promise<string | undefined> {
  return (await rowsOf(format, changes)).find((row) => row.check === check)?.outcome
}

test.each(FORMATS)('a proper seal of %s passes every check it has', async (format) => {
  const outcomes = Object.fromEntries((await rowsOf(format)).map(({ check, outcome }) => [check, outcome]))
  expect(outcomes).toEqual({
    SEAL_FORMAT: 'PASSED',
    SEAL_ALGORITHM: 'PASSED',
    SEAL_SIGNATURE: 'PASSED',
    SIGNATURE_ENCODING: 'PASSED',
    SEAL_EXTENSIONS: 'NOT_APPLICABLE',
    SEAL_TIME_STAMP: 'NOT_APPLICABLE',
    SEAL_VALIDITY_AGREES: 'PASSED',
  })
})

test('each standard signs its own bytes: a value made by the rule of the other fails', async () => {
  for (const [format, over] of [
    ['SES_V1', 'INFO'],
    ['SES_V4', 'INFO_AND_SIGNER'],
  ] as const) {
    const seal = decodeSeal(await sealOf(format))
    const signer = [encodeOctetString(seal.cert), encodeObjectIdentifier(seal.signAlgID)]
    const bytes = over === 'INFO' ? seal.eSealInfo.encoded : encodeSequence(seal.eSealInfo.encoded, ...signer)
    const resigned = { ...seal, signedValue: await pki.maker.signer.sign(bytes) }
    expect(verifySeal(resigned).find(({ check }) => check === 'SEAL_SIGNATURE')?.outcome).toBe('FAILED')
    const proper = { ...seal, signedValue: await pki.maker.signer.sign(seal.signedBytes) }
    expect(verifySeal(proper).find(({ check }) => check === 'SEAL_SIGNATURE')?.outcome).toBe('PASSED')
  }
})

test('the bytes received are verified: an extension that leaves critical out and one that writes it out both hold', async () => {
  for (const writesDefault of [false, true]) {
    const extDatas = { form: 'UNTAGGED' as const, items: [{ ...EXTENSION, writesDefault }] }
    const rows = await rowsOf('SES_V4', { extDatas })
    expect(rows.find(({ check }) => check === 'SEAL_SIGNATURE')?.outcome).toBe('PASSED')
    expect(rows.find(({ check }) => check === 'SEAL_FORMAT')?.outcome).toBe(writesDefault ? 'NOTE' : 'PASSED')
  }
})

test('a header that is not ES, another number than the structure’s, an empty list, name or picture, or an inverted validity is a fault of format', async () => {
  const { property, picture } = sealToMake('SES_V4')
  const faults: Partial<SealToMake>[] = [
    { header: { id: 'EX' } },
    { header: { version: 3 } },
    { esID: '' },
    { esID: '4117\u0007' },
    { property: { ...property, name: ' ' } },
    { property: { ...property, certList: { certListType: 1, certs: [] } } },
    { property: { ...property, validEnd: property.validStart - 1000 } },
    { picture: { ...picture, data: new Uint8Array() } },
  ]
  for (const changes of faults) {
    const rows = await rowsOf('SES_V4', changes)
    expect(rows.find(({ check }) => check === 'SEAL_FORMAT')?.outcome).toBe('FAILED')
    expect(rows.find(({ check }) => check === 'SEAL_SIGNATURE')?.outcome).toBe('PASSED')
  }
})

test('what an outsider writes into a code or header reaches a report without control characters', async () => {
  const rows = await rowsOf('SES_V4', { esID: '41\u001b[2J', header: { id: 'E\u0000' } })
  expect(JSON.stringify(rows)).not.toMatch(/\\u00[01]/)
  expect(rows[0]?.object).toBe('seal 41·[2J')
})

test('GM/T 0031-2014 leaves header.version open', async () => {
  for (const version of [1, 2, 11]) expect(await outcomeOf('SEAL_FORMAT', 'SES_V1', { header: { version } })).toBe('PASSED')
})

test('a maker’s certificate that cannot be read fails the format and leaves the signature unknown', async () => {
  const seal = { ...decodeSeal(await sealOf('SES_V4')), cert: Uint8Array.of(0x30, 0x00) }
  const outcomes = Object.fromEntries(verifySeal(seal).map(({ check, outcome }) => [check, outcome]))
  expect(outcomes).toMatchObject({ SEAL_FORMAT: 'FAILED', SEAL_ALGORITHM: 'UNKNOWN', SEAL_SIGNATURE: 'UNKNOWN' })
})

test('an algorithm that is not accepted is unknown, one that disagrees with the certificate’s key fails, and neither passes', async () => {
  const seal = decodeSeal(await sealOf('SES_V4'))
  const withAlgorithm = (signAlgID: string) =>
    Object.fromEntries(verifySeal({ ...seal, signAlgID }).map(({ check, outcome }) => [check, outcome]))
  expect(withAlgorithm('1.2.156.10197.1.503')).toMatchObject({ SEAL_ALGORITHM: 'UNKNOWN', SEAL_SIGNATURE: 'UNKNOWN' })
  expect(withAlgorithm('1.2.840.113549.1.1.11')).toMatchObject({ SEAL_ALGORITHM: 'FAILED', SEAL_SIGNATURE: 'UNKNOWN' })
})

test('a raw value of 64 bytes is accepted and noted', async () => {
  const rows = await rowsOf('SES_V4', { signatureForm: 'RAW' })
  expect(rows.find(({ check }) => check === 'SEAL_SIGNATURE')?.outcome).toBe('PASSED')
  expect(rows.find(({ check }) => check === 'SIGNATURE_ENCODING')?.outcome).toBe('NOTE')
})

test('an unknown critical extension leaves it unknown and is named; a known one is noted; others are only named', async () => {
  const holding = (extnID: string, critical: boolean) => ({
    extDatas: { form: 'UNTAGGED' as const, items: [{ ...EXTENSION, extnID, critical }] },
  })
  const rowFor = async (extnID: string, critical: boolean) =>
    (await rowsOf('SES_V4', holding(extnID, critical))).find(({ check }) => check === 'SEAL_EXTENSIONS')
  expect(await rowFor('1.2.3.4.5.6', true)).toMatchObject({ outcome: 'UNKNOWN', detail: { en: '1.2.3.4.5.6' } })
  expect(await rowFor('1.2.156.112600.7.2', true)).toMatchObject({ outcome: 'NOTE' })
  expect(await rowFor('1.2.3.4.5.6', false)).toMatchObject({ outcome: 'PASSED', detail: { en: '1.2.3.4.5.6' } })
})

test('a time-stamp in a seal holds over its signature alone: no token, an unsigned, a foreign and one older than the seal fail', async () => {
  const stampedBy = (token: (value: Uint8Array) => Uint8Array) =>
    outcomeOf('SEAL_TIME_STAMP', 'SES_V5', { timeStamp: async (value) => token(value) })
  expect(await stampedBy(() => Uint8Array.of(1, 2, 3))).toBe('FAILED')
  expect(await stampedBy(() => stampOver(Buffer.from('other')))).toBe('FAILED')
  expect(await stampedBy((value) => stampOver(value, MADE_AT - 1000))).toBe('FAILED')
  expect(await stampedBy((value) => timeStampToken(value, MADE_AT))).toBe('FAILED')
  expect(await stampedBy((value) => stampOver(value, MADE_AT, { authority: pki.signer }))).toBe('FAILED')
  expect(await stampedBy((value) => stampOver(value, MADE_AT, { certificates: [] }))).toBe('UNKNOWN')
  expect(await stampedBy((value) => stampOver(value))).toBe('PASSED')
})

test('validities may differ by a day; more is a note, and a list of digests leaves it unknown', async () => {
  const { property } = sealToMake('SES_V4')
  const ending = (validEnd: number) => outcomeOf('SEAL_VALIDITY_AGREES', 'SES_V4', { property: { ...property, validEnd } })
  expect(await ending(property.validEnd + DAY_MS)).toBe('PASSED')
  expect(await ending(property.validEnd + DAY_MS + 1000)).toBe('NOTE')
  const beginning = (validStart: number) => outcomeOf('SEAL_VALIDITY_AGREES', 'SES_V4', { property: { ...property, validStart } })
  expect(await beginning(property.validStart - DAY_MS)).toBe('PASSED')
  expect(await beginning(property.validStart - DAY_MS - 1000)).toBe('NOTE')
  const certs = { certListType: 1 as const, certs: [pki.signer.certificate, Uint8Array.of(0x30, 0)] }
  expect(await outcomeOf('SEAL_VALIDITY_AGREES', 'SES_V4', { property: { ...property, certList: certs } })).toBe('UNKNOWN')
  const certList = { certListType: 2 as const, digests: [{ type: 'SM3', value: Uint8Array.of(1) }] }
  expect(await outcomeOf('SEAL_VALIDITY_AGREES', 'SES_V4', { property: { ...property, certList } })).toBe('UNKNOWN')
})

test('a maker whose key is none, or of another kind than the algorithm, fails, and the signature is not proven', async () => {
  const seal = decodeSeal(await sealOf('SES_V4'))
  const cert = Buffer.from(seal.cert)
  const point = cert.indexOf(pki.maker.spki) + pki.maker.spki.length - 1
  cert[point] = (cert[point] ?? 0) ^ 1
  for (const broken of [
    { ...seal, cert },
    { ...seal, signAlgID: '1.2.840.10045.4.3.2' },
  ]) {
    const found = Object.fromEntries(verifySeal(broken).map(({ check, outcome }) => [check, outcome]))
    expect(found).toMatchObject({ SEAL_ALGORITHM: 'FAILED', SEAL_SIGNATURE: 'UNKNOWN', SIGNATURE_ENCODING: 'UNKNOWN' })
  }
})

test('what a standard cannot say is not made', async () => {
  const { property } = sealToMake('SES_V1')
  const certList = { certListType: 2 as const, digests: [] }
  await expect(sealOf('SES_V1', { property: { ...property, certList } })).rejects.toMatchObject({ code: 'STRUCTURE' })
  await expect(sealOf('SES_V4', { timeStamp: async () => Uint8Array.of(1) })).rejects.toMatchObject({ code: 'STRUCTURE' })
})
