import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describe as inWords } from '../../../model/checks/catalogue.ts'
import { HubError } from '../../../model/error.ts'
import { inspectDocumentBytes } from '../../../subgraphs/seals/facts/document.ts'
import type { DocumentReading } from '../../../subgraphs/seals/facts.ts'
import { archiveOf, signedDocument } from '../../support/ofd.ts'
import { onePage, writePdf } from '../../support/pdf.ts'
import { detached, signPdf } from '../../support/pdf-signing.ts'
import { sampleBytes } from '../../support/samples.ts'
import { MADE_AT, pki } from '../../support/seals.ts'
import { hasShared } from '../../support/shared.ts'

/** Reads whatever is handed in: a reading whose every fact can be put into words, or null for a coded refusal. */
function readAnything(bytes: Uint8Array): DocumentReading | null {
  try {
    const reading = inspectDocumentBytes(bytes)
    for (const check of [...reading.checks, ...reading.signatures.flatMap(({ checks }) => checks)]) inWords(check)
    return reading
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    return null
  }
}

function holds(reading: DocumentReading | null): boolean {
  if (reading === null || reading.signatures.length === 0) return false
  const all = [...reading.checks, ...reading.signatures.flatMap(({ checks }) => checks)]
  return all.every(({ outcome }) => outcome !== 'FAILED' && outcome !== 'UNKNOWN')
}

/** What an attacker or a broken disk does to a file. */
const damage = fc.oneof(
  fc.record({
    kind: fc.constant('CHANGE' as const),
    at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
    by: fc.integer({ min: 1, max: 255 }),
  }),
  fc.record({ kind: fc.constant('CUT' as const), at: fc.double({ min: 0, max: 0.999999, noNaN: true }) }),
  fc.record({
    kind: fc.constant('REPEAT' as const),
    at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
    length: fc.integer({ min: 1, max: 400 }),
  }),
  fc.record({
    kind: fc.constant('DROP' as const),
    at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
    length: fc.integer({ min: 1, max: 400 }),
  }),
)

type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never

function damaged(bytes: Uint8Array, done: readonly Damage[]): Uint8Array {
  let file = Buffer.from(bytes)
  for (const one of done) {
    const at = Math.floor(one.at * file.length)
    if (one.kind === 'CHANGE') file[at] = (file[at] ?? 0) ^ one.by
    else if (one.kind === 'CUT') file = file.subarray(0, at)
    else if (one.kind === 'REPEAT') file = Buffer.concat([file.subarray(0, at + one.length), file.subarray(at)])
    else file = Buffer.concat([file.subarray(0, at), file.subarray(at + one.length)])
  }
  return file
}

const SAMPLES = [
  'documents/allprotected.ofd',
  'documents/draw_param_ref.ofd',
  'documents/DigitalSign.ofd',
  'made/ofd_suzhou_real_seal_redacted.ofd',
  'made/ofd_zip_slip.ofd',
  'signatures/suzhou-civil-affairs/SignedValue.dat',
  'signatures/testImageNotFound__sig1/SignedValue.dat',
]

describe.runIf(hasShared)('damaged samples', () => {
  test.each(SAMPLES)('%s, damaged anywhere, is read or refused with a code', (path) => {
    const bytes = sampleBytes(path)
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (done) => {
        readAnything(damaged(bytes, done))
      }),
      { numRuns: 150, interruptAfterTimeLimit: 8_000 },
    )
  })
})

test('a damaged PDF is read or refused with a code, and holds only where nothing under its signature changed', async () => {
  const signed = await signPdf(writePdf(onePage()), detached(pki.signer.signer, MADE_AT))
  expect(holds(readAnything(signed))).toBe(true)
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (done) => {
      const file = damaged(signed, done)
      const reading = readAnything(file)
      const isUnderSignatureChanged = Buffer.compare(file.subarray(0, signed.length), signed) !== 0
      if (isUnderSignatureChanged) expect(holds(reading)).toBe(false)
    }),
    { numRuns: 300, interruptAfterTimeLimit: 8_000 },
  )
})

test('a damaged OFD with a seal is read or refused with a code', async () => {
  const archive = await archiveOf(await signedDocument())
  expect(holds(readAnything(archive))).toBe(true)
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (done) => {
      readAnything(damaged(archive, done))
    }),
    { numRuns: 300, interruptAfterTimeLimit: 8_000 },
  )
})

test('any one changed byte of a protected file, of Signature.xml or of the value turns the answer', async () => {
  const files = await signedDocument()
  const signed = Object.keys(files).filter((name) => name !== 'Doc_0/Signs/Signatures.xml')
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...signed), fc.nat(), fc.integer({ min: 1, max: 255 }), async (name, position, by) => {
      const bytes = Buffer.from(files[name] ?? '')
      const at = position % bytes.length
      bytes[at] = (bytes[at] ?? 0) ^ by
      expect(holds(readAnything(await archiveOf({ ...files, [name]: bytes })))).toBe(false)
    }),
    { numRuns: 200, interruptAfterTimeLimit: 10_000 },
  )
})

test('bytes of every kind that only begin like a document are refused or judged broken', () => {
  const starts = fc.constantFrom('PK\u0003\u0004', '%PDF-1.7\n', '0\u0082')
  fc.assert(
    fc.property(starts, fc.uint8Array({ maxLength: 2_000 }), (start, rest) => {
      expect(holds(readAnything(Buffer.concat([Buffer.from(start, 'latin1'), rest])))).toBe(false)
    }),
    { numRuns: 300 },
  )
})
