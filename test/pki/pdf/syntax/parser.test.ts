import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PdfParser } from '../../../../pki/pdf/syntax/parser.ts'
import { ofKind, type PdfValue } from '../../../../pki/pdf/syntax/value.ts'
import { codeOf } from '../../../support/code.ts'

const parse = (text: string): PdfValue => new PdfParser(Buffer.from(text, 'latin1'), 0).value()
const codeFor = (text: string) => codeOf(() => parse(text))
const textOf = (text: string) => Buffer.from(ofKind('STRING', parse(text))?.bytes ?? []).toString('latin1')

test('numbers are read as ISO 32000-2 7.3.3 writes them and in no other way', () => {
  const read = ['43445', '+17', '-98', '0', '34.5', '-3.62', '4.', '-.002', '+.5'].map(parse)
  expect(read).toEqual([43445, 17, -98, 0, 34.5, -3.62, 4, -0.002, 0.5])
  for (const text of ['--5', '1e5', '0x10', '1.2.3', '+', '.', '99999999999999999', 'NaN', 'Infinity', ''])
    expect([text, codeFor(text)]).toEqual([text, 'STRUCTURE'])
})

test('names decode #xx, so that no key can be written in two ways; a broken # is refused', () => {
  expect(
    ['/Name1', '/A;Name_With-Various***Characters?', '/Lime#20Green', '/'].map((text) => ofKind('NAME', parse(text))?.name),
  ).toEqual(['Name1', 'A;Name_With-Various***Characters?', 'Lime Green', ''])
  for (const text of ['/A#', '/A#4', '/A#4 2', '/A#zz', '/A#00']) expect([text, codeFor(text)]).toEqual([text, 'STRUCTURE'])
})

test('literal strings keep balanced parentheses, decode escapes and mend line ends', () => {
  expect(textOf('(a(b)c)')).toBe('a(b)c')
  expect(textOf('(\\n\\r\\t\\b\\f\\(\\)\\\\\\q)')).toBe('\n\r\t\b\f()\\q')
  expect(textOf('(\\0053\\53\\5x\\1234)')).toBe('\x053+\x05xS4')
  expect(textOf('(a\\\r\nb\\\nc\r\nd\re)')).toBe('abc\nd\ne')
  for (const text of ['(a', '(a\\)', '(a(b)']) expect([text, codeFor(text)]).toEqual([text, 'STRUCTURE'])
})

test('hexadecimal strings are digits and white space, an odd last digit counts sixteenfold', () => {
  expect(textOf('<48 65\n6c6C6f>')).toBe('Hello')
  expect(textOf('<901FA>')).toBe('\x90\x1f\xa0')
  expect(textOf('<>')).toBe('')
  for (const text of ['<4g>', '<41', '<41(>', '<4%\n1>']) expect([text, codeFor(text)]).toEqual([text, 'STRUCTURE'])
})

test('a string knows where it stands, delimiters included', () => {
  const { items } = ofKind('ARRAY', parse('[ (ab) <4142> ]')) ?? { items: [] }
  expect(items).toMatchObject([
    { form: 'LITERAL', start: 2, end: 6 },
    { form: 'HEX', start: 7, end: 13 },
  ])
})

test('references are told from numbers', () => {
  expect(parse('[1 2 3 0 R 4 true false null]')).toMatchObject({
    items: [1, 2, { kind: 'REFERENCE', number: 3, generation: 0 }, 4, true, false, null],
  })
  expect(parse('[1 0 %R\nR]')).toMatchObject({ items: [{ kind: 'REFERENCE', number: 1 }] })
})

test('a dictionary with a key twice is refused, however the key is written', () => {
  expect(codeFor('<< /A 1 /B 2 >>')).toBeNull()
  for (const text of ['<< /A 1 /A 2 >>', '<< /A 1 /#41 2 >>', '<< /A null /A 2 >>']) expect(codeFor(text)).toBe('STRUCTURE')
})

test('null under a key says the same as no key', () => {
  expect(ofKind('DICTIONARY', parse('<< /A null /B 1 >>'))?.entries).toEqual(new Map([['B', 1]]))
})

test('what does not end, nests too deep or is too large is refused with a code', () => {
  for (const text of ['[1 2', '<< /A 1', '<< /A', '<< 1 2 >>', ']', '>>', 'obj', '{}'])
    expect([text, codeFor(text)]).toEqual([text, 'STRUCTURE'])
  expect(codeFor('['.repeat(70))).toBe('TOO_DEEP')
  expect(codeFor('<< /A '.repeat(70))).toBe('TOO_DEEP')
  expect(codeFor(`/${'x'.repeat(2000)}`)).toBe('TOO_LARGE')
  expect(codeFor(`[${'1 '.repeat(1_000_001)}]`)).toBe('TOO_LARGE')
  expect(codeFor(`(${'x'.repeat(17 * 1024 * 1024)})`)).toBe('TOO_LARGE')
})

test('arbitrary text is read or refused with a code', () => {
  const token = fc.constantFrom(
    '<<',
    '>>',
    '[',
    ']',
    '/A',
    '/B#41',
    '(a',
    ')',
    '<41',
    '>',
    '1',
    '0',
    'R',
    '-.5',
    'true',
    'null',
    ' ',
    '%',
    '\n',
    'x',
  )
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
      expect([null, 'STRUCTURE', 'TOO_DEEP']).toContain(codeFor(tokens.join('')))
    }),
    { numRuns: 3000 },
  )
})
