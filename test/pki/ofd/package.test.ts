import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PkiError } from '../../../pki/error.ts'
import { openPackage } from '../../../pki/ofd/package.ts'
import { archiveOf } from '../../support/ofd.ts'
import { zipOf } from '../../support/zip.ts'

const FILES = { 'OFD.xml': '<a/>', 'Doc_0/Document.xml': '<b/>'.repeat(300) }

function refused(bytes: Uint8Array): string | null {
  try {
    openPackage(bytes)
    return null
  } catch (error) {
    if (error instanceof PkiError) return error.code
    throw error
  }
}

/** The archive with one text replaced by another of the same length, wherever it stands. */
function replaced(archive: Uint8Array, from: string, to: string): Uint8Array {
  return Buffer.from(Buffer.from(archive).toString('latin1').replaceAll(from, to), 'latin1')
}

test('every file is there by its absolute path, as it was put in', async () => {
  const files = openPackage(await archiveOf(FILES))
  expect([...files].map(([path, content]) => [path, Buffer.from(content).toString()])).toEqual(
    Object.entries(FILES).map(([name, content]) => [`/${name}`, content]),
  )
})

test('names that leave the package, hide or are no ordinary path are refused', async () => {
  const archive = await archiveOf({ 'OFD.xml': '<a/>', 'aa/b.xml': '<b/>' })
  for (const name of ['../b.xml', './b.xmlx', '/a/b.xml', '..\\b.xml', 'aa//bxml', 'aa/\u0000.xml', 'C:/b.xml']) {
    expect([name, refused(replaced(archive, 'aa/b.xml', name.slice(0, 8).padEnd(8, 'x')))]).toEqual([name, 'STRUCTURE'])
  }
})

test('names over 512 characters or 32 deep are refused', () => {
  const named = (name: string) => refused(zipOf({ entries: [{ name }] }))
  expect([named('a'.repeat(512)), named('a'.repeat(513))]).toEqual([null, 'STRUCTURE'])
  expect([named('a/'.repeat(31).concat('a')), named('a/'.repeat(32).concat('a'))]).toEqual([null, 'STRUCTURE'])
})

test('two entries of one name, also but for case, are refused', async () => {
  const archive = await archiveOf({ 'OFD.xml': '<a/>', 'OFE.xml': '<b/>' })
  expect(refused(replaced(archive, 'OFE.xml', 'OFD.xml'))).toBe('STRUCTURE')
  expect(refused(replaced(archive, 'OFE.xml', 'ofd.xml'))).toBe('STRUCTURE')
})

test('two names that a reader of another code page takes for one are refused', () => {
  const first = { name: Buffer.from('d2bb', 'hex'), flags: 0 }
  const second = { name: '一' }
  expect(refused(zipOf({ entries: [first] }))).toBeNull()
  expect(refused(zipOf({ entries: [first, second] }))).toBe('STRUCTURE')
})

test('folders parted by backslashes are folders, and no second way to write a name', () => {
  expect([...openPackage(zipOf({ entries: [{ name: 'a\\' }, { name: 'a\\b.xml' }] })).keys()]).toEqual(['/a/b.xml'])
  expect(refused(zipOf({ entries: [{ name: 'a\\b.xml' }, { name: 'a/b.xml' }] }))).toBe('STRUCTURE')
})

test('folders are no files, and their names too may not leave the package', () => {
  expect([...openPackage(zipOf({ entries: [{ name: 'a/' }] }))]).toEqual([])
  expect(refused(zipOf({ entries: [{ name: '../a/' }] }))).toBe('STRUCTURE')
})

test('bytes before and after the archive are refused, and so is one cut off', async () => {
  const archive = await archiveOf(FILES)
  expect(refused(Buffer.concat([Buffer.from('KG'), archive]))).toBe('STRUCTURE')
  expect(refused(Buffer.concat([archive, Buffer.from('KG')]))).toBe('STRUCTURE')
  expect(refused(archive.subarray(0, -1))).toBe('STRUCTURE')
  expect(refused(new Uint8Array())).toBe('STRUCTURE')
})

test('a local header that names another file than the directory is refused', async () => {
  const archive = Buffer.from(await archiveOf(FILES))
  archive.write('OFE.xml', archive.indexOf('OFD.xml'))
  expect(refused(archive)).toBe('STRUCTURE')
})

test('encrypted archives are UNSUPPORTED', async () => {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, password: 'secret', zipCrypto: true })
  await writer.add('OFD.xml', new Uint8ArrayReader(Buffer.from('<a/>')))
  expect(refused(await writer.close())).toBe('UNSUPPORTED')
})

test('an archive over 50 MiB, and one that would expand over 256 MiB, is TOO_LARGE before anything is expanded', async () => {
  expect(refused(new Uint8Array(50 * 1024 * 1024 + 1))).toBe('TOO_LARGE')
  const bomb = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`${i}.bin`, new Uint8Array(52 * 1024 * 1024)]))
  expect(refused(await archiveOf(bomb))).toBe('TOO_LARGE')
})

test('no changed byte gives another content: it is refused, or every file is as it was', async () => {
  const archive = await archiveOf(FILES)
  const original = [...openPackage(archive)]
  await fc.assert(
    fc.asyncProperty(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 }), async (position, by) => {
      const changed = Uint8Array.from(archive)
      changed[position] = (changed[position] ?? 0) ^ by
      try {
        const contents = [...openPackage(changed)].map(([, content]) => content)
        expect(contents).toEqual(original.map(([, content]) => content))
      } catch (error) {
        if (!(error instanceof PkiError)) throw error
      }
    }),
    { numRuns: 400 },
  )
})
