import { describe, expect, test } from 'vitest'
import type { CheckOutcome } from '../../../../model/check.ts'
import { describe as inWords } from '../../../../model/checks/catalogue.ts'
import type { FactCheck } from '../../../../model/facts.ts'
import { inspectDocumentBytes } from '../../../../subgraphs/seals/facts/document.ts'
import { sampleBytes, samplesIn } from '../../../support/samples.ts'
import { hasShared } from '../../../support/shared.ts'

/** Everything that failed or could not be told, as `check object: outcome`. */
function notHolding(checks: readonly FactCheck[]): readonly string[] {
  const rows = checks.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNKNOWN')
  return rows.map(({ check, object, outcome }) => `${check} ${object}: ${outcome}`)
}

function outcomeOf(checks: readonly FactCheck[], name: string): CheckOutcome | null {
  return checks.find(({ check }) => check === name)?.outcome ?? null
}

/** Templates of this invoice are shown and not protected: its signatures are right, and yet what one sees may be changed. */
const NOT_WHOLLY_PROTECTED = 'documents/draw_param_ref.ofd'

describe.runIf(hasShared)('documents of INDEX.tsv', () => {
  const documents = samplesIn('documents', /\.ofd$/)

  test('the index holds signed and unsigned documents', () => {
    expect(documents.length).toBeGreaterThanOrEqual(14)
  })

  test.each(documents)('$path: $expected', ({ path, expected }) => {
    const { checks, signatures } = inspectDocumentBytes(sampleBytes(path))
    expect(outcomeOf(checks, 'DOCUMENT_FORMAT')).toBe('PASSED')
    if (expected.includes('DocNotSignException')) expect(signatures).toEqual([])
    else expect(signatures.length).toBeGreaterThan(0)
    if (!expected.startsWith('VALID')) return
    const foreseen = path === NOT_WHOLLY_PROTECTED ? ['UNPROTECTED_FILES signature 2: UNKNOWN'] : []
    expect(signatures.flatMap((signature) => notHolding(signature.checks))).toEqual(foreseen)
  })

  test('a bare value in a document of type Sign leaves the signer unknown, its files unchanged', () => {
    const { signatures } = inspectDocumentBytes(sampleBytes('documents/DigitalSign.ofd'))
    const checks = signatures.flatMap((signature) => signature.checks)
    expect(outcomeOf(checks, 'PROTECTED_FILES')).toBe('PASSED')
    expect(notHolding(checks)).toEqual(['SIGNER_CERTIFICATE signature: UNKNOWN', 'SIGNATURE_VALUE signature: UNKNOWN'])
  })

  test('a changed page fails by its name, and the seal’s own checks hold', () => {
    const { signatures } = inspectDocumentBytes(sampleBytes('made/ofd_page_text_changed.ofd'))
    expect(signatures.flatMap((signature) => notHolding(signature.checks))).toEqual([
      'PROTECTED_FILES /Doc_0/Pages/Page_0/Content.xml: FAILED',
    ])
  })

  test('the redacted Suzhou document fails on exactly one file, all else holds', () => {
    const { signatures } = inspectDocumentBytes(sampleBytes('made/ofd_suzhou_real_seal_redacted.ofd'))
    expect(signatures.flatMap((signature) => notHolding(signature.checks))).toEqual(['PROTECTED_FILES /Doc_0/Res/2.gif: FAILED'])
  })

  test('another seal beside the value fails as a changed file and as another seal', () => {
    const { signatures } = inspectDocumentBytes(sampleBytes('made/ofd_seal_file_swapped.ofd'))
    expect(signatures.flatMap((signature) => notHolding(signature.checks))).toEqual([
      'PROTECTED_FILES /Doc_0/Signs/Sign_0/Seal.esl: FAILED',
      'SEAL_FILE signature 001: FAILED',
    ])
  })

  test('a file that nothing uses and nobody protects is noted by name', () => {
    const { signatures } = inspectDocumentBytes(sampleBytes('made/ofd_extra_unsigned_file.ofd'))
    const checks = signatures.flatMap((signature) => signature.checks)
    expect(notHolding(checks)).toEqual([])
    expect(checks.find(({ check }) => check === 'UNPROTECTED_FILES')).toMatchObject({
      outcome: 'NOTE',
      detail: { en: '/Doc_0/Attachs/evil.txt' },
    })
  })

  test('a path out of the package is a failed document, whatever its signature', () => {
    const { checks, signatures } = inspectDocumentBytes(sampleBytes('made/ofd_zip_slip.ofd'))
    expect([notHolding(checks), signatures]).toEqual([['DOCUMENT_FORMAT document: FAILED'], []])
  })

  test('every fact about a document can be put into words', () => {
    const readings = documents.map(({ path }) => inspectDocumentBytes(sampleBytes(path)))
    const checks = readings.flatMap((reading) => [
      ...reading.checks,
      ...reading.signatures.flatMap((signature) => signature.checks),
    ])
    expect(checks.map(inWords).filter(({ rule }) => rule.source.zh === 'GB/T 33190-2016').length).toBeGreaterThan(20)
  })
})
