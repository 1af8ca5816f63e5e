import { expect, test } from 'vitest'
import { childOf, childrenOf, parseXml } from '../../pki/xml.ts'
import { codeOf } from '../support/code.ts'

const parse = (text: string) => parseXml(Buffer.from(text))

test('elements are read by their local names, attributes and text as written', () => {
  const root = parse(
    '\ufeff<?xml version="1.0" encoding="UTF-8"?><o:A xmlns:o="urn:x" n="1" o:n="2"><o:B> a&amp;b </o:B><B><![CDATA[c]]></B></o:A>',
  )
  expect(root).toMatchObject({ name: 'A', namespace: 'urn:x' })
  expect([...root.attributes]).toEqual([['n', '1']])
  expect(childrenOf(root, 'B').map(({ text }) => text)).toEqual(['a&b', 'c'])
})

test('a child that may stand once is null when it is missing and refused when it stands twice', () => {
  expect(childOf(parse('<a/>'), 'b')).toBeNull()
  expect(codeOf(() => childOf(parse('<a><b/><b/></a>'), 'b'))).toBe('STRUCTURE')
})

test.each([
  '',
  'text',
  '<a>',
  '<a></b>',
  '<a/><b/>',
  '<a b="1" b="2"/>',
  '<a b=1/>',
  '<a>&</a>',
  '<a>&nbsp;</a>',
  '<o:a/>',
  '<a>\u0000</a>',
  '<!DOCTYPE a><a/>',
  '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
])('%j is no XML that is taken', (text) => {
  expect(codeOf(() => parse(text))).toBe('STRUCTURE')
})

test.each(['utf-8', 'UTF8', 'US-ASCII', 'GB2312'])('plain ASCII may be declared as %s', (encoding) => {
  expect(parse(`<?xml version="1.0" encoding="${encoding}"?><a>b</a>`).text).toBe('b')
})

test.each([
  ['GBK', '一'],
  ['UTF-7', '+ADw-b/+AD4-'],
  ['EBCDIC-CP-US', 'b'],
])('XML that says it is in %s is not read as something else', (encoding, text) => {
  expect(codeOf(() => parse(`<?xml version="1.0" encoding="${encoding}"?><a>${text}</a>`))).toBe('STRUCTURE')
})

test('other encodings than UTF-8 are refused', () => {
  expect(codeOf(() => parseXml(Buffer.from('<a>\u00e9</a>', 'latin1')))).toBe('STRUCTURE')
  expect(codeOf(() => parseXml(Buffer.from('<a/>', 'utf16le')))).toBe('STRUCTURE')
})

test('depth and numbers of elements and attributes are bounded', () => {
  const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`
  expect(codeOf(() => parse(nested(64)))).toBeNull()
  expect(codeOf(() => parse(nested(65)))).toBe('TOO_DEEP')
  expect(codeOf(() => parse(`<a>${'<b/>'.repeat(200_000)}</a>`))).toBe('TOO_LARGE')
  const attributes = Array.from({ length: 401 }, (_, i) => `a${i}=""`).join(' ')
  expect(codeOf(() => parse(`<a>${`<b ${attributes}/>`.repeat(1_000)}</a>`))).toBe('TOO_LARGE')
  expect(codeOf(() => parseXml(new Uint8Array(16 * 1024 * 1024 + 1)))).toBe('TOO_LARGE')
})
