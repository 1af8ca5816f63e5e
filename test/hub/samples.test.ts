import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCertificates } from '../../cli/certificate-files.ts'
import { subjectOf } from '../../cli/subject.ts'
import { importTrust } from '../../cli/trust-import.ts'
import { askAboutDocument, askAboutSeal, type Question } from '../../cli/verify-query.ts'
import type { Indication, SubIndication } from '../../model/indication.ts'
import type { Conclusion } from '../../model/verification-report.ts'
import { type TestHub, testHub } from '../support/hub.ts'
import { sampleHub } from '../support/sample-hub.ts'
import { sampleBytes, samplesIn } from '../support/samples.ts'
import { hasShared, sharedFile } from '../support/shared.ts'

const SUZHOU = 'signatures/suzhou-civil-affairs'
const IN_USE = '2021-03-31T07:50:23Z'

/** Conclusion and the check that stands for it, where bytes alone do not decide. Revocation optional, as of the graph's own default time. */
type Row = readonly [Indication, SubIndication | null, check: string | null]

/** A maker nobody lists, signed while everything was valid: a doubt. */
const UNLISTED: Row = ['INDETERMINATE', 'NO_CERTIFICATE_CHAIN_FOUND', 'MAKER_LISTED']
/** Asked about today, after its validity: no doubt is left. */
const EXPIRED: Row = ['TOTAL_FAILED', 'EXPIRED', 'SEAL_VALIDITY']
const FORGED: Row = ['TOTAL_FAILED', 'SIG_CRYPTO_FAILURE', 'SEAL_SIGNATURE']
const MALFORMED: Row = ['TOTAL_FAILED', 'FORMAT_FAILURE', 'SEAL_FORMAT']
const PASSED: Row = ['TOTAL_PASSED', null, null]

const EXPECTED: Readonly<Record<string, Row>> = {
  'made/seal_lookalike_untrusted_maker.esl': EXPIRED, // and while it was valid: see the test of its own
  'made/seal_suzhou_name_changed.esl': FORGED,
  'made/seal_suzhou_trailing_garbage.esl': MALFORMED,
  'made/seal_suzhou_validend_extended.esl': FORGED,
  'made/seal_v1_validend_extended.esl': FORGED,
  'made/seal_v4_certlisttype2.esl': EXPIRED,
  'made/seal_v4_header_EX.esl': MALFORMED,
  'made/seal_v4_nonminimal_length.esl': MALFORMED,
  'made/seal_v4_signed_with_cert_alg.esl': FORGED,
  'made/seal_v4_unknown_critical_ext.esl': EXPIRED,
  'made/sig_after_seal_expiry.dat': EXPIRED,
  'made/sig_certlisttype2_ok.dat': UNLISTED,
  'made/sig_datahash_other_document.dat': UNLISTED, // content not given here: see the test of its own
  'made/sig_real_seal_foreign_signer.dat': ['TOTAL_FAILED', 'SIG_CRYPTO_FAILURE', 'SIGNER_IN_SEAL'],
  'made/sig_suzhou_raw64.dat': PASSED,
  'made/sig_suzhou_time_changed.dat': ['TOTAL_FAILED', 'SIG_CRYPTO_FAILURE', 'SIGNATURE_VALUE'],
  'seals/SESealData.DER': FORGED,
  'seals/SignedValueV4.dat': UNLISTED,
  'seals/SignedValueV5.dat': ['TOTAL_FAILED', 'EXPIRED', 'MAKER_AT_MAKING'],
  'seals/UserV1.esl': EXPIRED,
  'seals/UserV4.esl': EXPIRED,
  'seals/UserV5.esl': ['TOTAL_FAILED', 'EXPIRED', 'MAKER_AT_MAKING'],
  'seals/UserV5_ts.esl': ['TOTAL_FAILED', 'FORMAT_FAILURE', 'SEAL_TIME_STAMP'],
  'signatures/999__sig1/Seal.esl': EXPIRED,
  'signatures/999__sig1/SignedValue.dat': UNLISTED,
  'signatures/DigitalSign__sigs001/SignedValue.dat': ['INDETERMINATE', 'NO_SIGNING_CERTIFICATE_FOUND', null],
  'signatures/SESV4SignDoc__sig1/Seal.esl': EXPIRED,
  'signatures/SESV4SignDoc__sig1/SignedValue.dat': EXPIRED,
  'signatures/V4RideRight__sigs001/Seal.esl': EXPIRED,
  'signatures/V4RideRight__sigs001/SignedValue.dat': UNLISTED,
  'signatures/allprotected__sig001/Seal.esl': EXPIRED,
  'signatures/allprotected__sig001/SignedValue.dat': UNLISTED,
  'signatures/draw_param_ref__sig2/Seal.esl': EXPIRED,
  'signatures/draw_param_ref__sig2/SignedValue.dat': UNLISTED,
  [`${SUZHOU}/Seal.esl`]: EXPIRED,
  [`${SUZHOU}/SignedValue.dat`]: PASSED,
  // Plain SignedData without a seal, by certificates under ROOTCA.
  'signatures/testImageNotFound__sig1/SignedValue.dat': PASSED,
  'signatures/testImageNotFound__sig2/SignedValue.dat': PASSED,
  'signatures/testImageOverridePage__sig1/SignedValue.dat': PASSED,
  'signatures/testImageOverridePage__sig2/SignedValue.dat': PASSED,
  'signatures/v4signed_7d3937__sig1/Seal.esl': EXPIRED,
  'signatures/v4signed_7d3937__sig1/SignedValue.dat': UNLISTED,
}

const SAMPLES = ['seals', 'signatures', 'made'].flatMap((folder) =>
  samplesIn(folder, /(?:\.esl|\.DER|SignedValue\w*\.dat|sig_\w+\.dat)$/),
)

describe.runIf(hasShared)('the samples, judged by the hub over one federated query', () => {
  let hub: TestHub
  beforeAll(async () => {
    hub = await sampleHub()
  })
  afterAll(() => hub.close())

  async function judge(path: string, content: Uint8Array | null, question: Partial<Question> = {}): Promise<Conclusion> {
    const bytes = sampleBytes(path)
    const asked: Question = { at: null, knownAt: null, reliedOnIn: null, revocation: 'OPTIONAL', ...question }
    const file = await hub.put(bytes)
    if (subjectOf(bytes) === 'SEAL') return (await askAboutSeal(hub, file, asked)).conclusion
    const { signatures } = await askAboutDocument(hub, file, content && (await hub.put(content)), asked)
    return (signatures[0] as NonNullable<(typeof signatures)[0]>).conclusion
  }

  function contentBeside(path: string): Uint8Array | null {
    const folder = /suzhou|real_seal/.test(path) ? SUZHOU : dirname(path)
    const file = sharedFile(`samples/${join(folder, 'Signature.xml')}`)
    return existsSync(file) ? readFileSync(file) : null
  }

  function notPassed(conclusion: Conclusion): string[] {
    return conclusion.because.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNKNOWN').map(({ check }) => check)
  }

  test('every seal and signature of the index has its expected conclusion written here', () => {
    expect(SAMPLES.map(({ path }) => path).sort()).toEqual(Object.keys(EXPECTED).sort())
  })

  test.each(SAMPLES)('$path: $expected', async ({ path }) => {
    const [indication, subIndication, check] = EXPECTED[path] ?? PASSED
    const conclusion = await judge(path, contentBeside(path))
    expect(conclusion).toMatchObject({ indication, subIndication })
    if (check) expect(notPassed(conclusion)).toContain(check)
    if (indication === 'TOTAL_PASSED') expect(notPassed(conclusion)).toEqual([])
  })

  test('the Suzhou signature is not passed while revocation is required and unknown', async () => {
    const conclusion = await judge(`${SUZHOU}/SignedValue.dat`, contentBeside(`${SUZHOU}/x`), { revocation: 'REQUIRED' })
    expect(conclusion).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'TRY_LATER' })
    expect(notPassed(conclusion)).toContain('CERTIFICATE_REVOCATION')
  })

  test('the Suzhou seal was good while it was in use, and is expired today', async () => {
    expect(await judge(`${SUZHOU}/Seal.esl`, null, { at: IN_USE })).toMatchObject({ indication: 'TOTAL_PASSED' })
    expect(await judge(`${SUZHOU}/Seal.esl`, null)).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'EXPIRED' })
  })

  test('the look-alike holds in every byte; its maker, on no list, is what stops it', async () => {
    const conclusion = await judge('made/seal_lookalike_untrusted_maker.esl', null, { at: IN_USE })
    expect(conclusion).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' })
    const outcomes = new Map(conclusion.because.map(({ check, outcome }) => [check, outcome]))
    expect(outcomes.get('SEAL_SIGNATURE')).toBe('PASSED')
    expect(outcomes.get('MAKER_LISTED')).toBe('FAILED')
  })

  test('an unknown critical extension is a doubt of its own, named', async () => {
    const conclusion = await judge('made/seal_v4_unknown_critical_ext.esl', null, { at: '2021-04-01T00:00:00Z' })
    expect(conclusion.indication).toBe('INDETERMINATE')
    const extension = conclusion.because.find(({ check }) => check === 'SEAL_EXTENSIONS')
    expect(extension?.outcome).toBe('UNKNOWN')
    expect(extension?.explanation.zh).toContain('1.2.3.4.5.6')
  })

  test('a signature over another document fails on the digest, whichever Signature.xml it is paired with', async () => {
    const others = samplesIn('signatures', /Signature\.xml$/)
    expect(others.length).toBeGreaterThan(5)
    for (const { path } of others) {
      const conclusion = await judge('made/sig_datahash_other_document.dat', sampleBytes(path))
      expect(conclusion).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' })
      expect(notPassed(conclusion)).toContain('DATA_HASH')
    }
  })

  test('without the content there is no pass', async () => {
    const conclusion = await judge(`${SUZHOU}/SignedValue.dat`, null)
    expect(conclusion).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'SIGNED_DATA_NOT_FOUND' })
  })

  test('a maker out of its scope is named: listed, but not for that division', async () => {
    const conclusion = await judge(`${SUZHOU}/SignedValue.dat`, contentBeside(`${SUZHOU}/x`), { reliedOnIn: '350000' })
    expect(conclusion.indication).toBe('TOTAL_PASSED')
    const elsewhere = await testHub()
    try {
      for (const [path, role, scope] of [
        ['certificates/national/ROOTCA.pem', 'ANCHOR', ''],
        ['certificates/rootca.gov.cn', 'CA', ''],
        [`${SUZHOU}/maker.cer`, 'MAKER', '41'],
      ] as const) {
        await importTrust(elsewhere, await readCertificates([sharedFile(`samples/${path}`)]), {
          role,
          scope,
          name: null,
          from: null,
          until: null,
          evidence: null,
        })
      }
      const file = await elsewhere.put(sampleBytes(`${SUZHOU}/SignedValue.dat`))
      const content = await elsewhere.put(sampleBytes(`${SUZHOU}/Signature.xml`))
      const { conclusion: elsewhereConclusion } = await askAboutDocument(elsewhere, file, content, {
        at: null,
        knownAt: null,
        reliedOnIn: null,
        revocation: 'OPTIONAL',
      })
      expect(elsewhereConclusion).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'CHAIN_CONSTRAINTS_FAILURE' })
    } finally {
      await elsewhere.close()
    }
  })
})
