import { describe, expect, test } from 'vitest'
import type { CheckOutcome } from '../../../../model/check.ts'
import { describe as inWords } from '../../../../model/checks/catalogue.ts'
import type { FactCheck } from '../../../../model/facts.ts'
import { inspectSealBytes } from '../../../../subgraphs/seals/facts/seal.ts'
import { inspectSignatureBytes } from '../../../../subgraphs/seals/facts/signature.ts'
import { sampleBytes, samplesIn } from '../../../support/samples.ts'
import { hasShared } from '../../../support/shared.ts'

/** What the expectation text of INDEX says of one check, as an outcome of ours. */
function stated(text: string, label: string): CheckOutcome | null {
  const value = new RegExp(`(?:^|, )${label} (True|False)`).exec(text)?.[1]
  return value === undefined ? null : value === 'True' ? 'PASSED' : 'FAILED'
}

function outcomeOf(checks: readonly FactCheck[], name: string): CheckOutcome | null {
  return checks.find(({ check }) => check === name)?.outcome ?? null
}

/** Everything that failed or could not be told, by name. */
function notHolding(checks: readonly FactCheck[]): Record<string, CheckOutcome> {
  const rows = checks.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNKNOWN')
  return Object.fromEntries(rows.map(({ check, outcome }) => [check, outcome]))
}

/** UNKNOWN for want of content, or of certificates where a seal lists digests. */
const WITHOUT_CONTENT = { DATA_HASH: 'UNKNOWN' } as const
const DIGESTS_ONLY = { SEAL_VALIDITY_AGREES: 'UNKNOWN' } as const

/** `made/`: the checks that name what was done to the sample, and nothing else may fail. Cross-read with INDEX in the test below. */
const MADE_SEALS: Readonly<Record<string, Record<string, CheckOutcome>>> = {
  'seal_lookalike_untrusted_maker.esl': {},
  'seal_suzhou_name_changed.esl': { SEAL_SIGNATURE: 'FAILED' },
  'seal_suzhou_trailing_garbage.esl': { SEAL_FORMAT: 'FAILED' },
  'seal_suzhou_validend_extended.esl': { SEAL_SIGNATURE: 'FAILED' },
  'seal_v1_validend_extended.esl': { SEAL_SIGNATURE: 'FAILED' },
  'seal_v4_certlisttype2.esl': DIGESTS_ONLY,
  'seal_v4_header_EX.esl': { SEAL_FORMAT: 'FAILED', SEAL_SIGNATURE: 'FAILED' },
  'seal_v4_nonminimal_length.esl': { SEAL_FORMAT: 'FAILED' },
  'seal_v4_signed_with_cert_alg.esl': { SEAL_SIGNATURE: 'FAILED' },
  'seal_v4_unknown_critical_ext.esl': { SEAL_EXTENSIONS: 'UNKNOWN' },
}
const MADE_SIGNATURES: Readonly<Record<string, Record<string, CheckOutcome>>> = {
  'sig_after_seal_expiry.dat': WITHOUT_CONTENT,
  'sig_certlisttype2_ok.dat': { ...WITHOUT_CONTENT, ...DIGESTS_ONLY },
  'sig_datahash_other_document.dat': WITHOUT_CONTENT,
  'sig_real_seal_foreign_signer.dat': { ...WITHOUT_CONTENT, SIGNER_IN_SEAL: 'FAILED' },
  'sig_suzhou_raw64.dat': WITHOUT_CONTENT,
  'sig_suzhou_time_changed.dat': { ...WITHOUT_CONTENT, SIGNATURE_VALUE: 'FAILED' },
}

const SEALS = samplesIn('seals', /\.(?:esl|DER)$/)
const SIGNATURES = [...samplesIn('seals', /\.dat$/), ...samplesIn('signatures', /SignedValue\.dat$/)]

describe.runIf(hasShared)('samples of INDEX.tsv', () => {
  test('the index names every seal and signature that is tried here', () => {
    expect(SIGNATURES.filter(({ what }) => what.includes('GB/T 35275')).length).toBeGreaterThanOrEqual(4)
    expect(SEALS.length).toBeGreaterThanOrEqual(5)
    expect(SIGNATURES.length).toBeGreaterThanOrEqual(14)
    expect(
      samplesIn('made', /\.esl$/)
        .map(({ path }) => path.slice(5))
        .sort(),
    ).toEqual(Object.keys(MADE_SEALS).sort())
    expect(
      samplesIn('made', /\.dat$/)
        .map(({ path }) => path.slice(5))
        .sort(),
    ).toEqual(Object.keys(MADE_SIGNATURES).sort())
  })

  test.each(SEALS)('$path reads as INDEX describes it, its maker’s signature as verified there', ({ path, what, expected }) => {
    const reading = inspectSealBytes(sampleBytes(path))
    const described = /struct (v\d(?:\/5)?), header v(\d+), vid (.*), esID (\S+), type (\d+), name "(.*)", valid/.exec(what)
    const [, structure, version, vid, esID, type, name] = described ?? []
    expect(structure === 'v1').toBe(reading.format === 'SES_V1')
    expect(reading.version).toBe(Number(version))
    expect(reading.vendor).toBe(vid)
    expect(reading.seal).toMatchObject({ code: esID, name, typeCode: Number(type) })
    expect(outcomeOf(reading.checks, 'SEAL_SIGNATURE')).toBe(/seal signature True/.test(expected) ? 'PASSED' : 'FAILED')
    const failing = Object.keys(notHolding(reading.checks))
    const foreseen = { 'seals/SESealData.DER': ['SEAL_SIGNATURE'], 'seals/UserV5_ts.esl': ['SEAL_TIME_STAMP'] }[path] ?? []
    expect(failing).toEqual(foreseen)
  })

  test.each(SIGNATURES.filter(({ expected }) => stated(expected, 'signature') !== null))(
    '$path with its content has the outcomes of INDEX, check by check',
    ({ path, expected }) => {
      const content = path.startsWith('signatures/') ? sampleBytes(path.replace('SignedValue.dat', 'Signature.xml')) : null
      const { checks, seal } = inspectSignatureBytes(sampleBytes(path), content)
      expect(outcomeOf(checks, 'SIGNATURE_VALUE')).toBe(stated(expected, 'signature'))
      expect(outcomeOf(checks, 'SEAL_SIGNATURE')).toBe(stated(expected, 'seal signature'))
      expect(outcomeOf(checks, 'SIGNER_IN_SEAL')).toBe(stated(expected, 'signer in seal (?:certL|l)ist'))
      const dataHash = stated(expected, String.raw`dataHash==SM3\(Signature\.xml\)`)
      expect(outcomeOf(checks, 'DATA_HASH')).toBe(content === null ? 'UNKNOWN' : dataHash)
      expect(seal?.format).not.toBeNull()
    },
  )

  test.each(Object.entries(MADE_SEALS))('made/%s fails by the check that names what was done to it', (name, expected) => {
    expect(notHolding(inspectSealBytes(sampleBytes(`made/${name}`)).checks)).toEqual(expected)
  })

  test.each(Object.entries(MADE_SIGNATURES))('made/%s fails by the check that names what was done to it', (name, expected) => {
    expect(notHolding(inspectSignatureBytes(sampleBytes(`made/${name}`), null).checks)).toEqual(expected)
  })

  test('a signature over another document fails on its digest with every content of the set', () => {
    const value = sampleBytes('made/sig_datahash_other_document.dat')
    const contents = samplesIn('signatures', /Signature\.xml$/)
    const outcomes = contents.map(({ path }) => outcomeOf(inspectSignatureBytes(value, sampleBytes(path)).checks, 'DATA_HASH'))
    expect(new Set(outcomes)).toEqual(new Set(['FAILED']))
  })

  test('the raw value of 64 bytes is accepted and noted', () => {
    const content = sampleBytes('signatures/suzhou-civil-affairs/Signature.xml')
    const { checks } = inspectSignatureBytes(sampleBytes('made/sig_suzhou_raw64.dat'), content)
    expect(notHolding(checks)).toEqual({})
    expect(checks.filter(({ check }) => check === 'SIGNATURE_ENCODING').map(({ outcome }) => outcome)).toEqual(['NOTE', 'PASSED'])
  })

  test('a bare SM2 value says nothing of its signer and passes nothing', () => {
    const content = sampleBytes('signatures/DigitalSign__sigs001/Signature.xml')
    const reading = inspectSignatureBytes(sampleBytes('signatures/DigitalSign__sigs001/SignedValue.dat'), content)
    expect(reading).toMatchObject({ format: null, seal: null, signerFingerprint: null, signature: { signerCertificate: null } })
    expect(notHolding(reading.checks)).toEqual({ SIGNER_CERTIFICATE: 'UNKNOWN', SIGNATURE_VALUE: 'UNKNOWN' })
  })

  test.each(SIGNATURES.filter(({ what }) => what.includes('GB/T 35275')))(
    '$path holds over its Signature.xml, over no other content, and claims no seal',
    ({ path }) => {
      const value = sampleBytes(path)
      const reading = inspectSignatureBytes(value, sampleBytes(path.replace('SignedValue.dat', 'Signature.xml')))
      expect(reading).toMatchObject({ format: 'GBT_35275', seal: null })
      expect(notHolding(reading.checks)).toEqual({})
      const elsewhere = sampleBytes('signatures/suzhou-civil-affairs/Signature.xml')
      expect(outcomeOf(inspectSignatureBytes(value, elsewhere).checks, 'DATA_HASH')).toBe('FAILED')
    },
  )

  test('the Suzhou seal names its unit by credit code, its division and its makers as INDEX has them', () => {
    const reading = inspectSealBytes(sampleBytes('signatures/suzhou-civil-affairs/Seal.esl'))
    expect(reading.owner).toEqual({ creditCode: '11320500014150050B', name: '苏州市民政局' })
    expect(reading.seal).toMatchObject({ code: '32050000011053', division: '320500', class: 'PUBLIC', kind: 'CONTRACT' })
    expect(reading.certificates.map((der) => Buffer.from(der).toString('base64'))).toEqual(
      ['maker', 'signer'].map((name) =>
        Buffer.from(sampleBytes(`signatures/suzhou-civil-affairs/${name}.cer`)).toString('base64'),
      ),
    )
  })

  test('every check that a sample gives can be put into words, with the clause of its own standard', () => {
    const readings = [...SEALS, ...samplesIn('made', /\.esl$/)].map(({ path }) => inspectSealBytes(sampleBytes(path)))
    const sources = readings.flatMap(({ checks }) => checks.map(inWords)).filter(({ check }) => check === 'SEAL_SIGNATURE')
    expect(new Set(sources.map(({ rule }) => rule.source.zh))).toEqual(
      new Set(['GM/T 0031-2014', 'GB/T 38540-2020', 'GM/T 0031-2025']),
    )
  })
})
