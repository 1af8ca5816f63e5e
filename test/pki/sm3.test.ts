import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sm3, sm3Hex } from '../../pki/sm3.ts'
import { sharedFile, testWithShared } from '../support/shared.ts'

test('GB/T 32905 annex A.1: "abc"', () => {
  expect(sm3Hex(Buffer.from('abc'))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
})

test('GB/T 32905 annex A.2: "abcd" sixteen times, in parts as well as whole', () => {
  const digest = 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'
  expect(sm3Hex(Buffer.from('abcd'.repeat(16)))).toBe(digest)
  expect(sm3Hex(...Array.from({ length: 16 }, () => Buffer.from('abcd')))).toBe(digest)
})

testWithShared('every SM3 vector of Tongsuo holds', () => {
  const text = readFileSync(sharedFile('samples/certificates/Tongsuo/evpmd_sm3.txt'), 'utf8')
  const vectors = [...text.matchAll(/^Digest = SM3\nInput = ([0-9A-F]+)\nOutput = ([0-9A-Fa-f]+)$/gm)]
  expect(vectors.length).toBeGreaterThanOrEqual(8)
  for (const [, input = '', output = ''] of vectors) {
    expect(Buffer.compare(sm3(Buffer.from(input, 'hex')), Buffer.from(output, 'hex'))).toBe(0)
  }
})
