import { expect, test } from 'vitest'
import { openDer } from '../../../pki/der/reader.ts'
import { encodeExplicit, encodeSequence } from '../../../pki/der/writer.ts'
import type { CheckRow, SesCheck } from '../../../pki/ses/check-row.ts'
import { digestOf } from '../../../pki/ses/digest-name.ts'
import type { SignatureToMake } from '../../../pki/ses/make-signature.ts'
import type { SesFormat } from '../../../pki/ses/seal-info.ts'
import { decodeSignature } from '../../../pki/ses/signature.ts'
import { verifySignatureValue } from '../../../pki/ses/verify-signature.ts'
import { codeOf } from '../../support/code.ts'
import { CONTENT, FORMATS, MADE_AT, pki, sealOf, sealToMake, signatureWith, stampOver } from '../../support/seals.ts'

async function rowsOf(format: SesFormat, changes: Partial<SignatureToMake> = {}): Promise<readonly CheckRow[]> {
  return verifySignatureValue(decodeSignature(await signatureWith(await sealOf(format), changes)), CONTENT)
}

function outcomeIn(rows: readonly CheckRow[], check: SesCheck): string | undefined {
  return rows.find((row) => row.check === check)?.outcome
}

test.each(FORMATS)('a proper signature of %s reads back as it was made and passes every check it has', async (format) => {
  const seal = await sealOf(format)
  const signature = decodeSignature(await signatureWith(seal))
  expect(signature).toMatchObject({ format, cert: pki.signer.certificate, timeStamp: null })
  expect(signature.toSign).toMatchObject({
    timeInfo: { form: 'TIME', time: MADE_AT },
    propertyInfo: '/Doc_0/Signs/Sign_0/Signature.xml',
  })
  expect(signature.toSign.eseal.encoded).toEqual(seal)
  expect(signature.signedBytes).toEqual(openDer(signature.encoded).sequence().any().encoded)
  const outcomes = Object.fromEntries(verifySignatureValue(signature, CONTENT).map(({ check, outcome }) => [check, outcome]))
  expect(outcomes).toEqual({
    SIGNATURE_FORMAT: 'PASSED',
    SIGNATURE_ALGORITHM: 'PASSED',
    SIGNATURE_VALUE: 'PASSED',
    SIGNATURE_ENCODING: 'PASSED',
    SIGNER_IN_SEAL: 'PASSED',
    DATA_HASH: 'PASSED',
    VERSIONS_AGREE: 'PASSED',
    SIGNATURE_EXTENSIONS: 'NOT_APPLICABLE',
    SIGNATURE_TIME_STAMP: 'NOT_APPLICABLE',
  })
})

test('without the content the digest is unknown, with another content it fails', async () => {
  const signature = decodeSignature(await signatureWith(await sealOf('SES_V4')))
  expect(outcomeIn(verifySignatureValue(signature, null), 'DATA_HASH')).toBe('UNKNOWN')
  expect(outcomeIn(verifySignatureValue(signature, Buffer.from('other')), 'DATA_HASH')).toBe('FAILED')
  expect(outcomeIn(verifySignatureValue(signature, new Uint8Array()), 'DATA_HASH')).toBe('FAILED')
})

test('a digest that its algorithm does not name is unknown, and one that is empty is none', async () => {
  const signature = decodeSignature(await signatureWith(await sealOf('SES_V4')))
  const odd = verifySignatureValue({ ...signature, signatureAlgID: '1.2.3' }, CONTENT)
  expect(['SIGNATURE_ALGORITHM', 'SIGNATURE_VALUE', 'DATA_HASH'].map((check) => outcomeIn(odd, check as SesCheck))).toEqual([
    'UNKNOWN',
    'UNKNOWN',
    'UNKNOWN',
  ])
  const empty = { ...signature, toSign: { ...signature.toSign, dataHash: new Uint8Array() } }
  expect(outcomeIn(verifySignatureValue(empty, null), 'SIGNATURE_FORMAT')).toBe('FAILED')
})

test('a signer who is not in the seal’s list fails, however right the signature is', async () => {
  for (const format of FORMATS) {
    const stranger = pki.issue('外人')
    const rows = verifySignatureValue(decodeSignature(await signatureWith(await sealOf(format), {}, stranger)), CONTENT)
    expect([outcomeIn(rows, 'SIGNATURE_VALUE'), outcomeIn(rows, 'SIGNER_IN_SEAL')]).toEqual(['PASSED', 'FAILED'])
  }
})

test('a renewed certificate of the same key and name is another certificate', async () => {
  const renewed = pki.issue('41172800000001', { serialNumber: 0x7777n })
  const rows = verifySignatureValue(decodeSignature(await signatureWith(await sealOf('SES_V4'), {}, renewed)), CONTENT)
  expect([outcomeIn(rows, 'SIGNATURE_VALUE'), outcomeIn(rows, 'SIGNER_IN_SEAL')]).toEqual(['PASSED', 'FAILED'])
})

test.each([
  ['SM3', 'sm3', 'PASSED'],
  ['sm3', 'sm3', 'PASSED'],
  ['1.2.156.10197.1.401', 'sm3', 'PASSED'],
  ['SHA-256', 'sha256', 'PASSED'],
  ['SHA256', 'sha256', 'PASSED'],
  ['2.16.840.1.101.3.4.2.1', 'sha256', 'PASSED'],
  ['SM3', 'sha256', 'FAILED'],
  ['SHA-1', 'sm3', 'UNKNOWN'],
  ['constructor', 'sm3', 'UNKNOWN'],
] as const)('a list of digests named %s with %s values: %s', async (type, digest, expected) => {
  const { property } = sealToMake('SES_V4')
  const digests = [{ type, value: digestOf(digest, pki.signer.certificate) }]
  const seal = await sealOf('SES_V4', { property: { ...property, certList: { certListType: 2, digests } } })
  const rows = verifySignatureValue(decodeSignature(await signatureWith(seal)), CONTENT)
  expect(outcomeIn(rows, 'SIGNER_IN_SEAL')).toBe(expected)
})

test('a known digest that matches counts beside an unknown one', async () => {
  const { property } = sealToMake('SES_V4')
  const digests = [
    { type: 'X', value: Uint8Array.of(1) },
    { type: 'SM3', value: digestOf('sm3', pki.signer.certificate) },
  ]
  const seal = await sealOf('SES_V4', { property: { ...property, certList: { certListType: 2, digests } } })
  const rows = verifySignatureValue(decodeSignature(await signatureWith(seal)), CONTENT)
  expect(outcomeIn(rows, 'SIGNER_IN_SEAL')).toBe('PASSED')
})

test('signature and seal must be of one structure and version; GM/T 0031-2014 only of one structure', async () => {
  const mixing = async (sealFormat: SesFormat, changes: Partial<SignatureToMake>) =>
    outcomeIn(await rowsOf(sealFormat, changes), 'VERSIONS_AGREE')
  expect(await mixing('SES_V1', { version: 11 })).toBe('NOTE')
  expect(await mixing('SES_V4', { version: 5 })).toBe('FAILED')
  expect(await mixing('SES_V5', { version: 4 })).toBe('FAILED')
  expect(await mixing('SES_V4', { version: 3 })).toBe('FAILED')
  expect(await mixing('SES_V1', { format: 'SES_V4', version: 4 })).toBe('FAILED')
  expect(await mixing('SES_V4', { format: 'SES_V1', version: 4 })).toBe('FAILED')
})

test('raw values and unknown critical extensions are treated as in a seal', async () => {
  const raw = await rowsOf('SES_V4', { signatureForm: 'RAW' })
  expect([outcomeIn(raw, 'SIGNATURE_VALUE'), outcomeIn(raw, 'SIGNATURE_ENCODING')]).toEqual(['PASSED', 'NOTE'])
  const items = [{ extnID: '1.2.3.4.5.6', critical: true, writesDefault: false, extnValue: Uint8Array.of(1) }]
  const extended = await rowsOf('SES_V5', { extDatas: { form: 'EXPLICIT', items } })
  expect([outcomeIn(extended, 'SIGNATURE_VALUE'), outcomeIn(extended, 'SIGNATURE_EXTENSIONS')]).toEqual(['PASSED', 'UNKNOWN'])
})

test('a raw value with anything before or after it holds for nothing', async () => {
  const signature = decodeSignature(await signatureWith(await sealOf('SES_V4'), { signatureForm: 'RAW' }))
  for (const stray of [Uint8Array.of(0), Uint8Array.of(2)]) {
    for (const value of [Buffer.concat([stray, signature.signature]), Buffer.concat([signature.signature, stray])])
      expect(outcomeIn(verifySignatureValue({ ...signature, signature: value }, CONTENT), 'SIGNATURE_VALUE')).toBe('FAILED')
  }
})

test.each(['EXPLICIT', 'IMPLICIT', 'UNTAGGED'] as const)(
  'a time-stamp and extensions are read %s; other forms than EXPLICIT are noted',
  async (form) => {
    const items = [{ extnID: '1.2.3.4', critical: false, writesDefault: false, extnValue: Uint8Array.of(1) }]
    const timeStamp = async (value: Uint8Array) => stampOver(value)
    for (const format of ['SES_V4', 'SES_V5'] as const) {
      const rows = await rowsOf(format, { extDatas: { form, items }, timeStamp, timeStampForm: form })
      expect(outcomeIn(rows, 'SIGNATURE_VALUE')).toBe('PASSED')
      expect(outcomeIn(rows, 'SIGNATURE_TIME_STAMP')).toBe('PASSED')
      expect(outcomeIn(rows, 'SIGNATURE_FORMAT')).toBe(form === 'EXPLICIT' ? 'PASSED' : 'NOTE')
    }
  },
)

test('a time-stamp over anything but the signature value fails', async () => {
  const timeStamp = async () => stampOver(CONTENT)
  expect(outcomeIn(await rowsOf('SES_V5', { timeStamp }), 'SIGNATURE_TIME_STAMP')).toBe('FAILED')
})

test('GM/T 0031-2014: a token as signing time holds over the content and is unknown over anything else; text is noted, no time fails', async () => {
  const withTime = (timeInfo: Uint8Array) => rowsOf('SES_V1', { timeInfo })
  expect(outcomeIn(await withTime(stampOver(CONTENT)), 'SIGNATURE_TIME_STAMP')).toBe('PASSED')
  expect(outcomeIn(await withTime(stampOver(Buffer.from('other'))), 'SIGNATURE_TIME_STAMP')).toBe('UNKNOWN')
  expect(outcomeIn(await withTime(Buffer.from('2026-01-01 08:00:00')), 'SIGNATURE_FORMAT')).toBe('NOTE')
  expect(outcomeIn(await withTime(Buffer.from('soon')), 'SIGNATURE_FORMAT')).toBe('FAILED')
})

test('a signature cut off, followed by bytes, or with a further element is refused', async () => {
  const encoded = await signatureWith(await sealOf('SES_V4'))
  const parts: Uint8Array[] = []
  const reader = openDer(encoded).sequence()
  while (!reader.isEmpty()) parts.push(reader.any().encoded)
  expect(codeOf(() => decodeSignature(encoded.subarray(0, -1)))).toBe('DER')
  expect(codeOf(() => decodeSignature(Buffer.concat([encoded, Uint8Array.of(0)])))).toBe('DER')
  expect(codeOf(() => decodeSignature(encodeSequence(...parts, encodeExplicit(1))))).toBe('STRUCTURE')
  expect(codeOf(() => decodeSignature(new Uint8Array(6 * 1024 * 1024 + 1)))).toBe('TOO_LARGE')
})
