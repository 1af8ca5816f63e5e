import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { HubError } from '../../model/error.ts'
import { configurationManual, readConfig } from '../../runtime/config.ts'

test('nothing set gives a hub of Henan on localhost:4000 with its data beside it', () => {
  expect(readConfig({}, {})).toMatchObject({
    data: resolve('./data'),
    host: '127.0.0.1',
    port: 4000,
    division: '410000',
    development: false,
    remote: {},
  })
})

test('a wrong setting is named, and nothing starts', () => {
  expect(() => readConfig({ SEALHUB_PORT: 'many', SEALHUB_DIVISION: 'henan' }, {})).toThrow(
    expect.objectContaining({ code: 'BAD_INPUT', en: expect.stringMatching(/SEALHUB_PORT.*SEALHUB_DIVISION/) }),
  )
})

test('a subgraph with a URL runs elsewhere', () => {
  expect(readConfig({ SEALHUB_TRUST_URL: 'http://10.0.0.3:4103' }, {}).remote).toEqual({ trust: 'http://10.0.0.3:4103' })
})

test('the manual explains every setting in both languages and tells its default', () => {
  const manual = configurationManual()
  expect(manual).toContain('SEALHUB_PORT (4000)')
  expect(manual).toContain('数据目录')
  expect(manual).toContain('data directory')
})

test('nothing is fetched unless it is asked for, and only from URLs of known schemes', () => {
  expect(readConfig({}, {}).fetching).toBeNull()
  const urls = 'http://crl.example.cn/a.crl, ldap://10.1.2.3/CN=ca'
  expect(readConfig({ SEALHUB_FETCH_REVOCATION: 'true', SEALHUB_REVOCATION_URLS: urls }, {}).fetching).toEqual({
    urls: ['http://crl.example.cn/a.crl', 'ldap://10.1.2.3/CN=ca'],
    allowLocal: false,
  })
  expect(() => readConfig({ SEALHUB_REVOCATION_URLS: 'ftp://crl.example.cn/a.crl' }, {})).toThrow(HubError)
})
