import { expect, test } from 'vitest'
import { addedLater, uncoveredFiles } from '../../../pki/ofd/coverage.ts'
import { openPackage } from '../../../pki/ofd/package.ts'
import { readSignatures } from '../../../pki/ofd/read-signatures.ts'
import { archiveOf, documentFiles, type Files, listedSignature, listOf, textOf } from '../../support/ofd.ts'
import { ALL, BODY, LIST, PAGE, signed } from './attacked.ts'

async function opened(files: Files) {
  const read = openPackage(await archiveOf(files))
  return { files: read, all: readSignatures(read) }
}

/** What each signature has after it. */
async function additions(files: Files): Promise<readonly (readonly string[])[]> {
  const read = await opened(files)
  return read.all.map((signature) => addedLater(read.files, signature, read.all))
}

async function uncovered(files: Files): Promise<readonly string[]> {
  const read = await opened(files)
  return uncoveredFiles(read.files, read.all)
}

test('the files of signatures are covered by none and are no uncovered files; all others that none lists are', async () => {
  expect(await uncovered(signed)).toEqual([])
  expect(await uncovered({ ...signed, 'notes.txt': 'x', 'Doc_0/more.xml': '<a/>' })).toEqual(['/notes.txt', '/Doc_0/more.xml'])
})

test('what is shown is uncovered although a signature calls it its value', async () => {
  const files = { ...BODY, [LIST]: listOf(1) }
  const plan = {
    protects: ALL.filter((name) => name !== PAGE),
    rewrite: (xml: string) => xml.replace('SignedValue.dat', `/${PAGE}`),
  }
  const own = await listedSignature(0, plan, files)
  expect(await uncovered({ ...files, ...own })).toEqual([`/${PAGE}`, '/Doc_0/Signs/Sign_0/SignedValue.dat'])
})

test('a signature has after it what later ones of its list protect and it does not, but no part of itself', async () => {
  const files = { ...BODY, [LIST]: listOf(2) }
  const first = await listedSignature(0, { protects: ALL }, files)
  const more = { ...files, ...first, 'notes.txt': 'x', 'other.txt': 'y' }
  const second = await listedSignature(1, { protects: [...Object.keys(first), 'notes.txt'] }, more)
  const whole = { ...more, ...second }
  expect(await additions(whole)).toEqual([['/notes.txt', '/Doc_0/Signs/Sign_1/Signature.xml'], []])
})

test('signatures of another document of the package come after none', async () => {
  const second =
    '<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_1/list.xml</ofd:Signatures></ofd:DocBody>'
  const list = listOf(1).replace('Sign_0/', '/Doc_0/Signs/Sign_1/')
  const entry = textOf(documentFiles()['OFD.xml']).replace('</ofd:OFD>', `${second}</ofd:OFD>`)
  const files = { ...signed, 'OFD.xml': entry, 'Doc_1/list.xml': list, 'Doc_1/Document.xml': '<a/>' }
  const other = await listedSignature(1, { protects: ['Doc_1/Document.xml'] }, files)
  expect(await additions({ ...files, ...other })).toEqual([[], []])
})
