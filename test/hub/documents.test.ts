import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAboutDocument, type Question } from '../../cli/verify-query.ts'
import type { Indication, SubIndication } from '../../model/indication.ts'
import type { Conclusion, DocumentReport } from '../../model/verification-report.ts'
import type { TestHub } from '../support/hub.ts'
import { sampleHub } from '../support/sample-hub.ts'
import { sampleBytes, samplesIn } from '../support/samples.ts'
import { hasShared } from '../support/shared.ts'

/** The document's conclusion, and the checks that are not passed: on the document, or on its one signature. */
interface Expected {
  readonly indication: Indication
  readonly subIndication: SubIndication | null
  readonly originality: string
  readonly document: readonly string[]
  /** Checks of the signature that stand for its bytes; null for an unsigned document. */
  readonly signature: readonly string[] | null
}

const UNSIGNED: Expected = {
  indication: 'INDETERMINATE',
  subIndication: 'SIGNED_DATA_NOT_FOUND',
  originality: 'UNDECIDED',
  document: ['DOCUMENT_SIGNED document'],
  signature: null,
}
/** Whole in every byte; its maker and signer are on no list. */
const UNLISTED: Expected = {
  indication: 'INDETERMINATE',
  subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
  originality: 'ORIGINAL',
  document: ['SIGNATURE_CONCLUSION'],
  signature: [],
}
const changed = (file: string): Expected => ({
  indication: 'TOTAL_FAILED',
  subIndication: 'HASH_FAILURE',
  originality: 'UNDECIDED',
  document: ['SIGNATURE_CONCLUSION'],
  signature: [`PROTECTED_FILES ${file}`],
})

const EXPECTED: Readonly<Record<string, Expected>> = {
  'documents/DigitalSign.ofd': {
    indication: 'INDETERMINATE',
    subIndication: 'NO_SIGNING_CERTIFICATE_FOUND',
    originality: 'UNDECIDED',
    document: ['SIGNATURE_CONCLUSION'],
    signature: ['SIGNER_CERTIFICATE signature', 'SIGNATURE_VALUE signature'],
  },
  'documents/SESV4SignDoc.ofd': { ...UNLISTED, indication: 'TOTAL_FAILED', subIndication: 'EXPIRED' }, // signed long after expiry
  'documents/V4RideRight.ofd': UNLISTED,
  'documents/allprotected.ofd': UNLISTED,
  'documents/chineseDir.ofd': UNSIGNED,
  'documents/draw_param_ref.ofd': { ...UNLISTED, signature: ['UNPROTECTED_FILES signature 2'] }, // templates are shown unprotected
  'documents/hello-integrity.ofd': UNSIGNED,
  'documents/hello.ofd': UNSIGNED,
  'documents/helloworld-74b53c.ofd': UNSIGNED,
  'documents/helloworld-a7b6f9.ofd': UNSIGNED,
  'documents/helloworld.ofd': UNSIGNED,
  'documents/namespace_no_std.ofd': UNSIGNED,
  'documents/path_unstd.ofd': UNSIGNED,
  'documents/v4signed.ofd': UNLISTED,
  'made/ofd_extra_unsigned_file.ofd': UNLISTED,
  'made/ofd_page_text_changed.ofd': changed('/Doc_0/Pages/Page_0/Content.xml'),
  'made/ofd_seal_file_swapped.ofd': {
    ...changed('/Doc_0/Signs/Sign_0/Seal.esl'),
    subIndication: 'FORMAT_FAILURE',
    signature: ['PROTECTED_FILES /Doc_0/Signs/Sign_0/Seal.esl', 'SEAL_FILE signature 001'],
  },
  'made/ofd_suzhou_real_seal_redacted.ofd': changed('/Doc_0/Res/2.gif'),
  'made/ofd_zip_slip.ofd': {
    ...UNSIGNED,
    indication: 'TOTAL_FAILED',
    subIndication: 'FORMAT_FAILURE',
    document: ['DOCUMENT_FORMAT document'],
  },
}

const SAMPLES = [...samplesIn('documents', /\.ofd$/), ...samplesIn('made', /\.ofd$/)]
const REDACTED = 'made/ofd_suzhou_real_seal_redacted.ofd'

function notPassed(checks: Conclusion['because']): readonly string[] {
  const rows = checks.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNKNOWN')
  return rows.map(({ check, object }) => (check === 'SIGNATURE_CONCLUSION' ? check : `${check} ${object}`))
}

describe.runIf(hasShared)('the documents of INDEX.tsv, judged by the hub over one federated query', () => {
  let hub: TestHub
  beforeAll(async () => {
    hub = await sampleHub()
  })
  afterAll(() => hub.close())

  async function verified(path: string, question: Partial<Question> = {}): Promise<DocumentReport> {
    const asked: Question = { at: null, knownAt: null, reliedOnIn: null, revocation: 'OPTIONAL', ...question }
    return askAboutDocument(hub, await hub.put(sampleBytes(path)), null, asked)
  }

  test('every document of the index has its expected conclusion written here', () => {
    expect(SAMPLES.map(({ path }) => path).sort()).toEqual(Object.keys(EXPECTED).sort())
  })

  test.each(SAMPLES)('$path: $expected', async ({ path }) => {
    const expected = EXPECTED[path] ?? UNSIGNED
    const { conclusion, originality, signatures } = await verified(path)
    const { indication, subIndication } = expected
    expect({ indication: conclusion.indication, subIndication: conclusion.subIndication, originality }).toEqual({
      indication,
      subIndication,
      originality: expected.originality,
    })
    expect(notPassed(conclusion.because)).toEqual(expected.document)
    expect(signatures.length).toBe(expected.signature === null ? 0 : 1)
    expect(signatures.flatMap(({ integrity }) => notPassed(integrity.checks))).toEqual(expected.signature ?? [])
  })

  test('the redacted Suzhou document fails on exactly one file, and all else holds: seal, signature, binding, paths to ROOTCA', async () => {
    const { signatures } = await verified(REDACTED)
    const [signature] = signatures
    expect(notPassed(signature?.conclusion.because ?? [])).toEqual(['PROTECTED_FILES /Doc_0/Res/2.gif'])
    const passed = signature?.conclusion.because.filter(({ outcome }) => outcome === 'PASSED').map(({ check }) => check)
    const expected = ['SEAL_SIGNATURE', 'SIGNATURE_VALUE', 'SIGNER_IN_SEAL', 'DATA_HASH', 'ANCHOR_ACCEPTED', 'MAKER_LISTED']
    expect(passed).toEqual(expect.arrayContaining(expected))
  })

  test('a file that nothing protects and nothing shows is named', async () => {
    const { uncoveredFiles, conclusion } = await verified('made/ofd_extra_unsigned_file.ofd')
    expect(uncoveredFiles).toEqual(['/Doc_0/Attachs/evil.txt'])
    expect(conclusion.because.find(({ check }) => check === 'UNCOVERED_FILES')?.outcome).toBe('NOTE')
  })

  test('an unregistered seal is judged too, and said not to be registered here', async () => {
    const { signatures } = await verified(REDACTED)
    expect(signatures[0]?.seal?.registered).toBeNull()
    expect(signatures[0]?.conclusion.because.find(({ check }) => check === 'REGISTRATION')?.outcome).toBe('NOTE')
  })

  test('the same file with the same lists and times gives the same bytes', async () => {
    const at = { at: '2021-04-01T00:00:00Z', knownAt: new Date(Date.now() - 1).toISOString() }
    for (const { path } of SAMPLES) {
      const [first, second] = [await verified(path, at), await verified(path, at)]
      expect(JSON.stringify(second)).toBe(JSON.stringify(first))
    }
  })
})
