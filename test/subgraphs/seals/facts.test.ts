import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CheckOutcome } from '../../../model/check.ts'
import { describe } from '../../../model/checks/catalogue.ts'
import { HubError } from '../../../model/error.ts'
import type { FactCheck, Registration } from '../../../model/facts.ts'
import { encodeSignedData } from '../../../pki/cms/signed-data.ts'
import { sm3, sm3Hex } from '../../../pki/sm3.ts'
import { inspectSealBytes } from '../../../subgraphs/seals/facts/seal.ts'
import { inspectSignatureBytes } from '../../../subgraphs/seals/facts/signature.ts'
import { sealFactsOf } from '../../../subgraphs/seals/facts.ts'
import { assemble, signerInfosOf } from '../../pki/cms/surgery.ts'
import { codeOf } from '../../support/code.ts'
import { CONTENT, FORMATS, MADE_AT, pki, sealOf, sealToMake, signatureWith } from '../../support/seals.ts'

function outcomesOf(checks: readonly FactCheck[]): Record<string, CheckOutcome> {
  return Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome]))
}

const UNIT = pki.issue('41172800000001', {
  subject: [
    ['C', 'CN'],
    ['O', '11320500014150050B苏州市民政局'],
    ['CN', '41172800000001'],
  ],
})

test.each(FORMATS)('a seal of %s is read whole: description, certificates, fingerprints, digest', async (format) => {
  const bytes = await sealOf(format)
  const reading = inspectSealBytes(bytes)
  expect(reading).toMatchObject({
    digest: sm3Hex(bytes),
    format,
    vendor: 'sealhub-test',
    picture: { type: 'png', width: 40, height: 40 },
    makerFingerprint: pki.maker.fingerprint,
    signerFingerprint: pki.signer.fingerprint,
    certificates: [pki.maker.certificate, pki.signer.certificate],
  })
  expect(reading.seal).toMatchObject({
    code: '41172800000001',
    name: '遂平县民政局',
    division: '411728',
    class: 'PUBLIC',
    kind: 'LEGAL_NAME',
    createdAt: MADE_AT,
    makerCertificate: pki.maker.fingerprint,
    signerCertificates: [pki.signer.fingerprint],
    digest: sm3Hex(bytes),
  })
  expect(reading.checks.every((check) => check.format === format)).toBe(true)
})

test('a type code nobody defined is a public seal only where every listed certificate names the unit by a valid credit code', async () => {
  const { property } = sealToMake('SES_V4')
  const listing = async (certs: readonly Uint8Array[]) =>
    inspectSealBytes(await sealOf('SES_V4', { property: { ...property, type: 15, certList: { certListType: 1, certs } } }))
  const other = pki.issue('外单位', { subject: [['O', '91130602R8TTDB3PTG河北戈德']] })
  const named = await listing([UNIT.certificate])
  expect(named.seal).toMatchObject({ kind: 'OTHER', class: 'PUBLIC' })
  expect(named.owner).toEqual({ creditCode: '11320500014150050B', name: '苏州市民政局' })
  for (const certs of [
    [pki.signer.certificate],
    [UNIT.certificate, pki.signer.certificate],
    [UNIT.certificate, other.certificate],
  ]) {
    const reading = await listing(certs)
    expect([reading.seal?.class, reading.owner]).toEqual(['UNKNOWN', null])
  }
})

test('a list of digests gives the digests as listed and no signer certificate', async () => {
  const { property } = sealToMake('SES_V4')
  const digests = [{ type: 'SM3', value: sm3(pki.signer.certificate) }]
  const reading = inspectSealBytes(await sealOf('SES_V4', { property: { ...property, certList: { certListType: 2, digests } } }))
  expect(reading.seal?.signerCertificates).toEqual([sm3Hex(pki.signer.certificate)])
  expect([reading.signerFingerprint, reading.certificates]).toEqual([null, [pki.maker.certificate]])
})

test('a broken seal is a reading with a failed format, bytes that are none are UNREADABLE, larger ones TOO_LARGE', async () => {
  const seal = await sealOf('SES_V4')
  const broken = inspectSealBytes(seal.subarray(0, -3))
  expect([broken.format, broken.seal, outcomesOf(broken.checks)]).toEqual([null, null, { SEAL_FORMAT: 'FAILED' }])
  const others = [
    new Uint8Array(),
    Buffer.from('PK\u0003\u0004'),
    pki.maker.certificate,
    await signatureWith(seal),
    await encodeSignedData(CONTENT, pki.signer.signer),
  ]
  for (const bytes of others) expect(codeOf(() => inspectSealBytes(bytes))).toBe('UNREADABLE')
  const { picture } = sealToMake('SES_V4')
  const large = await sealOf('SES_V4', { picture: { ...picture, data: new Uint8Array(5 * 1024 * 1024) } })
  expect(codeOf(() => inspectSealBytes(large))).toBe('TOO_LARGE')
  expect(codeOf(() => inspectSignatureBytes(seal, null))).toBe('UNREADABLE')
})

test('sequences nested without end are no seal and no signature', () => {
  const nested = Buffer.alloc(100_000, Uint8Array.of(0x30, 0x80))
  expect(codeOf(() => inspectSealBytes(nested))).toBe('UNREADABLE')
  expect(codeOf(() => inspectSignatureBytes(nested, null))).toBe('UNREADABLE')
})

test.each(FORMATS)('a signature of %s is read with the seal inside, and its checks come before the seal’s', async (format) => {
  const seal = await sealOf(format)
  const value = await signatureWith(seal)
  const reading = inspectSignatureBytes(value, CONTENT)
  expect(reading).toMatchObject({
    id: `${sm3Hex(value)}-${sm3Hex(CONTENT)}`,
    digest: sm3Hex(value),
    format,
    protects: '/Doc_0/Signs/Sign_0/Signature.xml',
    signature: { claimedAt: MADE_AT, signerCertificate: pki.signer.fingerprint, contentGiven: true },
    makerFingerprint: pki.maker.fingerprint,
    signerFingerprint: pki.signer.fingerprint,
  })
  expect(reading.seal).toEqual(inspectSealBytes(seal))
  const names = reading.checks.map(({ check }) => check)
  expect(names.indexOf('SIGNATURE_VALUE')).toBeLessThan(names.indexOf('SEAL_SIGNATURE'))
  expect(inspectSignatureBytes(value, null)).toMatchObject({ id: sm3Hex(value), signature: { contentGiven: false } })
})

test('a broken signature value is a reading with a failed format and nothing else claimed', async () => {
  const value = await signatureWith(await sealOf('SES_V4'))
  const reading = inspectSignatureBytes(Buffer.concat([value, Uint8Array.of(0)]), CONTENT)
  expect(outcomesOf(reading.checks)).toEqual({ SIGNATURE_FORMAT: 'FAILED' })
  expect(reading).toMatchObject({ format: null, seal: null, signature: { claimedAt: null, signerCertificate: null } })
})

test('GB/T 35275: content inside, content beside and the digest of the content inside all hold, and name the signer', async () => {
  const { signer } = pki.signer
  const inside = await encodeSignedData(CONTENT, signer, { signingTime: MADE_AT })
  const beside = await encodeSignedData(CONTENT, signer, { detached: true, signingTime: MADE_AT })
  const digest = await encodeSignedData(sm3(CONTENT), signer, { signingTime: MADE_AT })
  for (const [value, content] of [
    [inside, null],
    [inside, CONTENT],
    [beside, CONTENT],
    [digest, CONTENT],
  ] as const) {
    const reading = inspectSignatureBytes(value, content)
    expect(outcomesOf(reading.checks)).toMatchObject({
      DATA_HASH: 'PASSED',
      SIGNATURE_ALGORITHM: 'PASSED',
      SIGNATURE_VALUE: 'PASSED',
      SIGNER_CERTIFICATE: 'PASSED',
    })
    expect(reading).toMatchObject({
      format: 'GBT_35275',
      seal: null,
      signature: { claimedAt: MADE_AT, signerCertificate: pki.signer.fingerprint, contentGiven: true },
      certificates: [pki.signer.certificate],
    })
  }
})

test('GB/T 35275: without the content, with another one, or with only a digest inside, the digest does not pass', async () => {
  const { signer } = pki.signer
  const beside = await encodeSignedData(CONTENT, signer, { detached: true })
  const inside = await encodeSignedData(CONTENT, signer)
  const digest = await encodeSignedData(sm3(CONTENT), signer)
  const dataHash = (value: Uint8Array, content: Uint8Array | null) =>
    outcomesOf(inspectSignatureBytes(value, content).checks).DATA_HASH
  expect(dataHash(beside, null)).toBe('UNKNOWN')
  expect(dataHash(digest, null)).toBe('UNKNOWN')
  expect(inspectSignatureBytes(digest, null).signature.contentGiven).toBe(false)
  expect(dataHash(beside, Buffer.from('other'))).toBe('FAILED')
  expect(dataHash(inside, Buffer.from('other'))).toBe('FAILED')
})

test('GB/T 35275: a changed signature fails, and one without its certificate is unknown', async () => {
  const value = await encodeSignedData(CONTENT, pki.signer.signer)
  const changed = Uint8Array.from(value)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  expect(outcomesOf(inspectSignatureBytes(changed, null).checks)).toMatchObject({
    DATA_HASH: 'PASSED',
    SIGNATURE_VALUE: 'FAILED',
  })
  const stranger = { ...pki.signer.signer, certificate: pki.issue('别人', { serialNumber: 0x1234n }).certificate }
  const foreign = inspectSignatureBytes(await encodeSignedData(CONTENT, stranger), null)
  expect(outcomesOf(foreign.checks)).toMatchObject({ SIGNATURE_VALUE: 'FAILED' })
  const bare = assemble({ content: CONTENT, certificates: [], signerInfos: signerInfosOf(value) })
  expect(outcomesOf(inspectSignatureBytes(bare, null).checks)).toMatchObject({
    SIGNER_CERTIFICATE: 'UNKNOWN',
    SIGNATURE_ALGORITHM: 'UNKNOWN',
    SIGNATURE_VALUE: 'UNKNOWN',
  })
})

test('facts carry what the bytes tell and what the hub adds, with no verdict of a moment', async () => {
  const value = await signatureWith(await sealOf('SES_V5'))
  const reading = inspectSignatureBytes(value, CONTENT)
  const registration: Registration = { platform: '411728', division: '411728', sealDigests: [], timeline: [], heardAt: MADE_AT }
  const facts = sealFactsOf(reading, { firstSeenAt: MADE_AT, registration })
  expect(facts).toEqual({
    subject: 'SIGNATURE',
    format: 'SES_V5',
    digest: sm3Hex(value),
    firstSeenAt: MADE_AT,
    checks: reading.checks,
    seal: reading.seal?.seal,
    signature: reading.signature,
    registration,
  })
  const ofSeal = sealFactsOf(inspectSealBytes(await sealOf('SES_V5')), { firstSeenAt: null, registration: null })
  expect(ofSeal).toMatchObject({ subject: 'SEAL', signature: null, registration: null })
})

test('every fact can be put into words', async () => {
  const readings = await Promise.all(
    FORMATS.map(async (format) => inspectSignatureBytes(await signatureWith(await sealOf(format)), null)),
  )
  const signed = inspectSignatureBytes(await encodeSignedData(CONTENT, pki.signer.signer), null)
  const checks = [...readings, signed].flatMap((reading) => reading.checks.map(describe))
  expect(checks.find(({ check }) => check === 'DATA_HASH')).toMatchObject({
    rule: { source: { zh: 'GM/T 0031-2014' }, clause: '6.2.3 e' },
  })
  expect(checks.filter(({ outcome, next }) => outcome === 'UNKNOWN' && next === null)).toEqual([])
})

test('arbitrary changes to seals and values give a reading or a coded refusal', async () => {
  const value = await signatureWith(await sealOf('SES_V4'))
  const signed = await encodeSignedData(CONTENT, pki.signer.signer)
  const edits = fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.constantFrom(value, signed), edits, fc.nat(300), (original, changes, cut) => {
      const bytes = Uint8Array.from(original.subarray(0, original.length - (cut > 250 ? cut : 0)))
      for (const [position, to] of changes) bytes[position % bytes.length] = to
      try {
        inspectSignatureBytes(bytes, CONTENT).checks.map(describe)
      } catch (error) {
        if (!(error instanceof HubError)) throw error
      }
    }),
    { numRuns: 600 },
  )
})
