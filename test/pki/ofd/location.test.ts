import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findFile, locate, resolveLocation } from '../../../pki/ofd/location.ts'

test.each([
  ['/Doc_0/Signs/Signatures.xml', 'Sign_0/Signature.xml', '/Doc_0/Signs/Sign_0/Signature.xml'],
  ['/Doc_0/Signs/Signatures.xml', '/OFD.xml', '/OFD.xml'],
  ['/Doc_0/Signs/Signatures.xml', '../Document.xml', '/Doc_0/Document.xml'],
  ['/OFD.xml', ' Doc_0//./a.xml ', '/Doc_0/a.xml'],
  ['/OFD.xml', '../a.xml', null],
  ['/Doc_0/a.xml', '/../a.xml', null],
  ['/OFD.xml', '\\Doc_0\\a.xml', '/Doc_0/a.xml'],
  ['/OFD.xml', 'Doc_0\\..\\..\\a.xml', null],
  ['/OFD.xml', '', null],
])('from %s the location %j is %s', (holder, location, expected) => {
  expect(resolveLocation(holder, location)).toBe(expected)
})

test('a location never leaves the package', () => {
  const location = fc.string({ unit: fc.constantFrom('/', '.', '..', 'a', '\\', ' ') })
  fc.assert(
    fc.property(location, (text) => {
      const path = resolveLocation('/Doc_0/Pages/Content.xml', text)
      expect(path === null || (path.startsWith('/') && !path.split('/').includes('..'))).toBe(true)
    }),
  )
})

const SIGNATURE = '/Doc_0/Signs/Sign_0/Signature.xml'
const packageOf = (...paths: readonly string[]) => new Map([SIGNATURE, ...paths].map((path) => [path, new Uint8Array()]))

test('a relative location starts from the holder’s folder, or from a folder above it where only that one holds its first name', () => {
  expect(locate(packageOf('/Doc_0/Signs/Sign_0/v.dat'), SIGNATURE, 'v.dat')).toEqual({ path: '/Doc_0/Signs/Sign_0/v.dat' })
  expect(locate(packageOf(), '/Doc_0/Signs/Signatures.xml', 'Signs/Sign_0/Signature.xml')).toEqual({ path: SIGNATURE })
  expect(locate(packageOf('/OFD.xml'), SIGNATURE, 'OFD.xml')).toEqual({ path: '/OFD.xml' })
  expect(locate(packageOf('/Doc_0/a.xml'), SIGNATURE, '../../a.xml')).toEqual({ path: '/Doc_0/a.xml' })
  expect(locate(packageOf(), SIGNATURE, 'none.xml')).toEqual({ path: null, fault: 'NOWHERE' })
})

test('where two folders hold its first name it can mean two files, even if one of them is not there', () => {
  const twice = packageOf('/Doc_0/a.xml', '/Doc_0/Signs/Sign_0/Doc_0/a.xml')
  const moved = packageOf('/Doc_0/Signs/Sign_0/Doc_0/a.xml')
  for (const files of [twice, moved]) expect(locate(files, SIGNATURE, 'Doc_0/a.xml')).toEqual({ path: null, fault: 'AMBIGUOUS' })
})

test('an absolute location, and one bound to the holder’s folder, has one reading', () => {
  expect(locate(packageOf('/Doc_0/Signs/Sign_0/Doc_0/a.xml'), SIGNATURE, '/Doc_0/a.xml')).toEqual({
    path: null,
    fault: 'NOWHERE',
  })
  expect(locate(packageOf('/a.xml'), SIGNATURE, './a.xml')).toEqual({ path: null, fault: 'NOWHERE' })
})

test('case and percent signs are part of a name', () => {
  expect(findFile(packageOf('/Doc_0/a.xml'), SIGNATURE, '/Doc_0/A.xml')).toBeNull()
  expect(findFile(packageOf('/Doc_0/a.xml'), SIGNATURE, '/Doc_0/%61.xml')).toBeNull()
})
