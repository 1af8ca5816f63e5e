import { expect, test } from 'vitest'
import { guardedLookup, isRefusedAddress, REFUSED_ADDRESS } from '../../../runtime/fetch/address.ts'
import { admitUrl } from '../../../runtime/fetch/url.ts'

const STRICT = { allowLocal: false }

test('this machine, its link and the metadata services of clouds are refused, in every spelling', () => {
  const refused = [
    '127.0.0.1', '127.9.9.9', '0.0.0.0', '169.254.169.254', '100.100.100.200', '::1', '::', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254',
    '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1', '2002:7f00:1::1', '::127.0.0.1', '224.0.0.1', 'ff02::1', 'not an address',
  ] // biome-ignore format: a table
  expect(refused.filter((address) => !isRefusedAddress(address, STRICT))).toEqual([])
})

test('private and public addresses are asked, for government networks are private', () => {
  const asked = ['10.1.2.3', '172.16.0.9', '192.168.1.1', '59.255.0.1', 'fd12:3456::1', '2001:db8::1', '::ffff:10.0.0.1']
  expect(asked.filter((address) => isRefusedAddress(address, STRICT))).toEqual([])
})

test('a mirror on this machine is asked only where the operator allows it', () => {
  expect(isRefusedAddress('127.0.0.1', { allowLocal: true })).toBe(false)
})

test('a name that resolves to a refused address is not connected to', async () => {
  const code = await new Promise((resolve) => {
    guardedLookup(STRICT)('localhost', { all: true }, (error) => resolve(error?.code))
  })
  expect(code).toBe(REFUSED_ADDRESS)
})

test('other schemes, credentials and refused literals are no URLs of sources', () => {
  const codeOf = (text: string) => {
    const url = admitUrl(text, STRICT)
    return 'failure' in url ? url.failure.code : 'asked'
  }
  expect(
    ['ftp://a/b', 'file:///etc/passwd', 'http://u:p@a/', 'gopher://a', '', `http://a/${'x'.repeat(2048)}`].map(codeOf),
  ).toEqual(new Array(6).fill('URL'))
  expect(
    ['http://127.1/', 'http://2130706433/', 'http://[::1]/', 'http://0x7f.1/', 'ldap://169.254.169.254/cn=a'].map(codeOf),
  ).toEqual(new Array(5).fill('ADDRESS'))
  expect(
    ['http://10.0.0.1/a.crl', 'https://crl.example.cn/', 'ldap://59.255.1.2:389/cn=a', 'ldaps://a/cn=a'].map(codeOf),
  ).toEqual(new Array(4).fill('asked'))
})
