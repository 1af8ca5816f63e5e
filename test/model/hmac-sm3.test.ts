import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sealFacts } from '../../model/sealed-facts.ts'
import { sharedFile, testWithShared } from '../support/shared.ts'

interface MacGroup {
  readonly tagSize: number
  readonly tests: readonly { tcId: number; key: string; msg: string; tag: string; result: 'valid' | 'invalid' }[]
}

const hmac = (key: Uint8Array, message: Uint8Array | string) => createHmac('sm3', key).update(message).digest()

testWithShared('every HMAC-SM3 vector of wycheproof holds or fails as it should', () => {
  const { testGroups } = JSON.parse(readFileSync(sharedFile('vectors/hmac_sm3_test.json'), 'utf8')) as { testGroups: MacGroup[] }
  let count = 0
  for (const { tagSize, tests } of testGroups) {
    for (const { tcId, key, msg, tag, result } of tests) {
      const computed = hmac(Buffer.from(key, 'hex'), Buffer.from(msg, 'hex'))
        .subarray(0, tagSize / 8)
        .toString('hex')
      expect(computed === tag, `test ${tcId}`).toBe(result === 'valid')
      count++
    }
  }
  expect(count).toBe(174)
})

test('facts are sealed with exactly that code, under a key derived for the producer', () => {
  const key = new Uint8Array(32).fill(7)
  const sealed = sealFacts({ producer: 'seals', type: 'SealFacts', entityId: '41172800000001', producedAt: 0 }, { a: 1 }, key)
  const [version, payload = '', code] = sealed.split('.')
  expect(version).toBe('f1')
  expect(code).toBe(hmac(hmac(key, 'sealhub facts f1 seals'), payload).toString('base64url'))
})
