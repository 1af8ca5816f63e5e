import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findFile, resolveLocation } from '../../../pki/ofd/location.ts'

test.each([
  ['/Doc_0/Signs/Signatures.xml', 'Sign_0/Signature.xml', '/Doc_0/Signs/Sign_0/Signature.xml'],
  ['/Doc_0/Signs/Signatures.xml', '/OFD.xml', '/OFD.xml'],
  ['/Doc_0/Signs/Signatures.xml', '../Document.xml', '/Doc_0/Document.xml'],
  ['/OFD.xml', ' Doc_0//./a.xml ', '/Doc_0/a.xml'],
  ['/OFD.xml', '../a.xml', null],
  ['/Doc_0/a.xml', '/../a.xml', null],
  ['/OFD.xml', 'Doc_0\\a.xml', null],
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

test('the standard’s reading goes before the root, which is tried where it names no file', () => {
  const files = new Map([
    ['/Doc_0/a.xml', new Uint8Array()],
    ['/a.xml', new Uint8Array()],
    ['/b.xml', new Uint8Array()],
  ])
  expect(findFile(files, '/Doc_0/Document.xml', 'a.xml')).toBe('/Doc_0/a.xml')
  expect(findFile(files, '/Doc_0/Document.xml', 'b.xml')).toBe('/b.xml')
  expect(findFile(files, '/Doc_0/Document.xml', 'c.xml')).toBeNull()
})
