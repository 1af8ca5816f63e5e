import { expect, test } from 'vitest'
import { PkiError } from '../../../pki/error.ts'
import { ObjectNumbers } from '../../../pki/pdf/document/object-numbers.ts'
import { PdfBudget } from '../../../pki/pdf/limits.ts'
import { readPdf } from '../../../pki/pdf/pdf.ts'
import { codeOf } from '../../support/code.ts'
import { appendRevision, onePage, type PdfObjects, writePdf } from '../../support/pdf.ts'
import { detached, signPdf } from '../../support/pdf-signing.ts'
import { pki } from '../../support/seals.ts'
import { remarkable, signatureOf } from './rows.ts'

const withForm = (fields: string, objects: PdfObjects) =>
  writePdf({ ...onePage(), 1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields ${fields} >> >>`, ...objects })
const codeFor = (bytes: Uint8Array) => codeOf(() => readPdf(bytes))
const numbers = (count: number, first = 100) => Array.from({ length: count }, (_, i) => first + i)
const listOf = (all: readonly number[]) => `[${all.map((number) => `${number} 0 R`).join(' ')}]`

test('64 signatures are read, each broken one by itself, and 65 are refused', () => {
  const signed = (count: number) =>
    withForm(
      listOf(numbers(count)),
      Object.fromEntries(numbers(count).map((number) => [number, '<< /FT /Sig /T (s) /V << >> >>'])),
    )
  expect(readPdf(signed(64)).signatures.length).toBe(64)
  expect(codeFor(signed(65))).toBe('TOO_LARGE')
})

test('a form that comes back to itself, or names a field at two places, is refused', () => {
  expect(codeFor(withForm('[100 0 R]', { 100: '<< /T (a) /Kids [101 0 R] >>', 101: '<< /T (b) /Kids [100 0 R] >>' }))).toBe(
    'STRUCTURE',
  )
  expect(codeFor(withForm('[100 0 R 101 0 R]', { 100: '<< /T (a) /Kids [101 0 R] >>', 101: '<< /T (b) >>' }))).toBe('STRUCTURE')
  for (const odd of ['5', '[5]', '[(x)]']) expect([odd, codeFor(withForm(odd, {}))]).toEqual([odd, 'STRUCTURE'])
})

test('a field that one list names twice is one field', () => {
  const twice = withForm('[100 0 R 100 0 R]', { 100: '<< /FT /Sig /T (a) /V << >> >>' })
  expect(readPdf(twice).signatures.length).toBe(1)
})

test('a reference to nothing among the fields is no field', () => {
  expect(readPdf(withForm('[99 0 R null]', {})).signatures).toEqual([])
})

test('a form nested too deep or too wide is refused', () => {
  const deep = Object.fromEntries(numbers(80).map((number) => [number, `<< /T (a) /Kids [${number + 1} 0 R] >>`]))
  expect(codeFor(withForm('[100 0 R]', { ...deep, 180: '<< /T (z) >>' }))).toBe('TOO_DEEP')
  expect(codeFor(withForm(`[${'<< >> '.repeat(10_001)}]`, {}))).toBe('TOO_LARGE')
})

test('a signature in a field without a number, or in the field itself, is read', () => {
  const inPlace = readPdf(withForm('[<< /FT /Sig /T (a) /V << /Type /Sig >> >>]', {}))
  expect(inPlace.signatures).toMatchObject([{ field: 'a', range: null }])
  const inherited = withForm('[100 0 R]', {
    100: '<< /FT /Sig /T (a) /Kids [101 0 R] >>',
    101: '<< /T (b) /V 102 0 R >>',
    102: '<< >>',
  })
  expect(readPdf(inherited).signatures.map(({ field }) => field)).toEqual(['a.b'])
})

test('a page tree that comes back to itself makes later changes a doubt', async () => {
  const looped = { ...onePage(), 2: '<< /Type /Pages /Kids [3 0 R 50 0 R] >>', 50: '<< /Type /Pages /Kids [2 0 R] >>' }
  const signed = await signPdf(writePdf(looped), detached(pki.signer.signer))
  expect(remarkable(signatureOf(signed))).toEqual([])
  expect(remarkable(signatureOf(appendRevision(signed, { 60: '(x)' })))).toEqual(['PDF_LATER_CHANGES UNKNOWN'])
})

test('references in a circle lead nowhere and end', async () => {
  const circle = { 60: '61 0 R', 61: '60 0 R' }
  expect(codeFor(withForm('60 0 R', circle))).toBe('STRUCTURE')
  const signed = await signPdf(writePdf({ ...onePage(), ...circle }), detached(pki.signer.signer))
  expect(signatureOf(appendRevision(signed, { 62: '60 0 R' })).laterChanges).toBe('ARCHIVE')
})

test('a budget refuses what goes over it, and what failed costs as much as it may have read', () => {
  const budget = new PdfBudget()
  budget.spend('parsed', budget.left('parsed'))
  expect([budget.left('parsed'), codeOf(() => budget.spend('parsed', 1))]).toEqual([0, 'TOO_LARGE'])
  const other = new PdfBudget()
  const before = other.left('parsed')
  const fail = () => {
    throw new PkiError('STRUCTURE', 'broken')
  }
  expect(codeOf(() => other.chargeFailure(1000, fail))).toBe('STRUCTURE')
  expect(other.left('parsed')).toBe(before - 1000)
  expect(codeOf(() => other.chargeFailure(before, fail))).toBe('TOO_LARGE')
})

test('a set of object numbers holds every number an object can have and no other', () => {
  const set = new ObjectNumbers()
  for (const number of [0, 1, 31, 32, 8_388_607])
    expect([set.add(number), set.add(number), set.has(number)]).toEqual([true, false, true])
  expect([set.add(8_388_608), set.has(8_388_608), set.has(2)]).toEqual([false, false, false])
})

test('a document that would have to be walked too often is refused', async () => {
  const page = '/Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /X 9 0 R'
  const objects = { ...onePage(), 3: `<< ${page} >>`, 9: `[${'5 0 R '.repeat(900_000)}]` }
  let bytes = writePdf(objects, { form: 'STREAM', packed: { stream: 6, numbers: [9] } })
  const fields: number[] = []
  for (let number = 20; number < 34; number += 2) {
    bytes = await signPdf(bytes, detached(pki.signer.signer), {
      number,
      name: `${number}`,
      fields,
      page,
      room: 1000,
      revision: { form: 'STREAM' },
    })
    fields.push(number + 1)
  }
  expect(codeFor(bytes)).toBe('TOO_LARGE')
})
