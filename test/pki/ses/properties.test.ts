import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PkiError } from '../../../pki/error.ts'
import type { CheckRow } from '../../../pki/ses/check-row.ts'
import { kindOfBytes } from '../../../pki/ses/kind.ts'
import { decodeSeal, type Seal } from '../../../pki/ses/seal.ts'
import type { SesFormat } from '../../../pki/ses/seal-info.ts'
import { decodeSignature, type SealSignature } from '../../../pki/ses/signature.ts'
import { verifySeal } from '../../../pki/ses/verify-seal.ts'
import { verifySignatureValue } from '../../../pki/ses/verify-signature.ts'
import { verifySignature } from '../../../pki/signature.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { CONTENT, FORMATS, pki, sealOf, sealToMake, signatureWith } from '../../support/seals.ts'

const RUNS = { numRuns: 150 }
const format = fc.constantFrom<SesFormat>(...FORMATS)
/** Seconds from 1970 to 2049, which UTCTime and GeneralizedTime both hold. */
const instant = fc.integer({ min: 0, max: 2_493_000_000 }).map((seconds) => seconds * 1000)
const extension = fc.record({
  extnID: fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.nat(300)).map(([a, b]) => `1.2.${a}.${b}`),
  critical: fc.boolean(),
  writesDefault: fc.constant(false),
  extnValue: fc.uint8Array({ maxLength: 20 }),
})
const extensions = fc.option(
  fc.record({
    form: fc.constantFrom('EXPLICIT' as const, 'IMPLICIT' as const, 'UNTAGGED' as const),
    items: fc.array(extension, { minLength: 1, maxLength: 4 }),
  }),
)
const identifier = fc.string({ unit: fc.constantFrom(...'0123456789abcXYZ -'), minLength: 1, maxLength: 30 })
const certList = fc.oneof(
  fc.record({
    certListType: fc.constant(1 as const),
    certs: fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    certListType: fc.constant(2 as const),
    digests: fc.array(fc.record({ type: fc.constantFrom('SM3', 'SHA-256', '1.2.3'), value: fc.uint8Array({ maxLength: 64 }) }), {
      maxLength: 4,
    }),
  }),
)
const property = fc.record({
  type: fc.nat(99),
  name: fc.string({ unit: 'grapheme', maxLength: 40 }),
  certList,
  createDate: instant,
  validStart: instant,
  validEnd: instant,
})
const picture = fc.record({ type: identifier, data: fc.uint8Array({ maxLength: 300 }), width: fc.nat(200), height: fc.nat(200) })

test('whatever a seal says in any format reads back, and its signature holds', async () => {
  const seal = fc.record({ format, vid: identifier, esID: identifier, property, picture, extDatas: extensions })
  await fc.assert(
    fc.asyncProperty(seal, async (made) => {
      const { certList } = made.property
      const format = certList.certListType === 2 && made.format === 'SES_V1' ? 'SES_V4' : made.format
      const decoded = decodeSeal(await sealOf(format, { ...made, format }))
      const { esID, property, picture, extDatas } = decoded.eSealInfo
      expect({ format: decoded.format, esID, property, picture, extDatas }).toEqual({
        format,
        esID: made.esID,
        property: made.property,
        picture: made.picture,
        extDatas: made.extDatas,
      })
      expect(verifySeal(decoded)[2]).toMatchObject({ check: 'SEAL_SIGNATURE', outcome: 'PASSED' })
    }),
    RUNS,
  )
})

const seals = new Map<SesFormat, Uint8Array>()
const signatures = new Map<SesFormat, Uint8Array>()
for (const made of FORMATS) {
  const seal = await sealOf(made)
  seals.set(made, seal)
  signatures.set(made, await signatureWith(seal))
}

/** Whether every check of the bytes holds, as a conclusion of TOTAL_PASSED would need. */
function holds(rows: readonly CheckRow[]): boolean {
  return rows.every(({ outcome }) => outcome === 'PASSED' || outcome === 'NOTE' || outcome === 'NOT_APPLICABLE')
}

/**
 * With the maker's certificate as its CA issued it: the later standards' seal signature does not cover that certificate, so the
 * path has to, and here it does.
 */
function sealHolds(bytes: Uint8Array): boolean {
  return holdsIfRead(bytes, decodeSeal, (seal) => [
    ...verifySeal(seal),
    { check: 'SEAL_FORMAT', object: 'path', outcome: isIssued(seal.cert) ? 'PASSED' : 'FAILED' },
  ])
}

function isIssued(der: Uint8Array): boolean {
  const { signatureAlgorithm, tbs, signature } = decodeCertificate(der)
  return verifySignature(signatureAlgorithm, pki.ca.spki, tbs, signature)
}

function signatureHolds(bytes: Uint8Array): boolean {
  return holdsIfRead(bytes, decodeSignature, (value) => [
    ...verifySignatureValue(value, CONTENT),
    ...verifySeal(value.toSign.eseal),
  ])
}

/** False for what is refused with a code; anything else thrown fails the test. */
function holdsIfRead<Value extends Seal | SealSignature>(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => Value,
  verify: (value: Value) => readonly CheckRow[],
): boolean {
  try {
    return holds(verify(decode(bytes)))
  } catch (error) {
    if (error instanceof PkiError) return false
    throw error
  }
}

function changed(bytes: Uint8Array, position: number, by: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[position] = (copy[position] ?? 0) ^ by
  return copy
}

const change = fc.record({
  format,
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  by: fc.integer({ min: 1, max: 255 }),
})

test('no changed byte of a seal leaves it and its maker’s certificate holding', () => {
  for (const bytes of seals.values()) expect(sealHolds(bytes)).toBe(true)
  fc.assert(
    fc.property(change, ({ format, at, by }) => {
      const bytes = seals.get(format) ?? new Uint8Array()
      expect(sealHolds(changed(bytes, Math.floor(at * bytes.length), by))).toBe(false)
    }),
    { numRuns: 600 },
  )
})

test('no changed byte of a signature, its content or the seal inside leaves it holding', () => {
  for (const bytes of signatures.values()) expect(signatureHolds(bytes)).toBe(true)
  fc.assert(
    fc.property(change, ({ format, at, by }) => {
      const bytes = signatures.get(format) ?? new Uint8Array()
      expect(signatureHolds(changed(bytes, Math.floor(at * bytes.length), by))).toBe(false)
    }),
    { numRuns: 600 },
  )
})

const mutation = fc.record({
  format,
  edits: fc.array(fc.tuple(fc.nat(4000), fc.constantFrom('SET', 'CUT', 'INSERT', 'DOUBLE'), fc.nat(255)), {
    minLength: 1,
    maxLength: 6,
  }),
})

function mutate(bytes: Uint8Array, edits: readonly (readonly [number, string, number])[]): Uint8Array {
  return edits.reduce((current, [position, kind, value]) => {
    const at = current.length === 0 ? 0 : position % current.length
    const [before, after] = [current.subarray(0, at), current.subarray(at)]
    if (kind === 'CUT') return Buffer.concat([before, after.subarray(value % 40)])
    if (kind === 'INSERT') return Buffer.concat([before, Uint8Array.of(value), after])
    if (kind === 'DOUBLE') return Buffer.concat([before, after.subarray(0, value), after])
    return Buffer.concat([before, Uint8Array.of(value), after.subarray(1)])
  }, bytes)
}

test('mutated seals and signatures are refused with a code or read, and never hold unless they are what they were', () => {
  fc.assert(
    fc.property(mutation, ({ format, edits }) => {
      for (const [original, stillHolds] of [
        [seals.get(format), sealHolds],
        [signatures.get(format), signatureHolds],
      ] as const) {
        const bytes = mutate(original ?? new Uint8Array(), edits)
        kindOfBytes(bytes)
        if (stillHolds(bytes)) expect(Buffer.compare(bytes, original ?? bytes)).toBe(0)
      }
    }),
    { numRuns: 1000 },
  )
})

test('arbitrary bytes are refused with a code', () => {
  const anything = fc.uint8Array({ maxLength: 400 })
  fc.assert(
    fc.property(anything, (bytes) => {
      kindOfBytes(bytes)
      expect([sealHolds(bytes), signatureHolds(bytes)]).toEqual([false, false])
    }),
    { numRuns: 1000 },
  )
})

test('a seal of the most the limits allow is read in one pass', async () => {
  const { property, picture } = sealToMake('SES_V4')
  const certs = Array.from({ length: 64 }, () => pki.signer.certificate)
  const bytes = await sealOf('SES_V4', {
    property: { ...property, certList: { certListType: 1, certs } },
    picture: { ...picture, data: new Uint8Array(5 * 1024 * 1024 - 100_000) },
  })
  expect(sealHolds(bytes)).toBe(true)
})
