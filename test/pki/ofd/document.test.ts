import { expect, test } from 'vitest'
import { documentFiles, listOf, textOf } from '../../support/ofd.ts'
import { BROKEN, findingsOn } from '../../support/ofd-findings.ts'
import { LIST, signed } from './attacked.ts'

const ENTRY = textOf(signed['OFD.xml'])

test.each<[string, string]>([
  ['has another root', ENTRY.replaceAll('ofd:OFD', 'ofd:OFX')],
  ['names no document', ENTRY.replace(/<ofd:DocBody>.*<\/ofd:DocBody>/, '')],
  ['names a list that is not there', ENTRY.replace('Signatures.xml', 'Signs.xml')],
  ['names a list outside the package', ENTRY.replace('/Doc_0/Signs', '/../Doc_0/Signs')],
  [
    'names two lists for one document',
    ENTRY.replace('</ofd:Signatures>', `</ofd:Signatures><ofd:Signatures>/${LIST}</ofd:Signatures>`),
  ],
  ['names a file as its list that is none', ENTRY.replace(`/${LIST}`, '/Doc_0/Document.xml')],
])('a package whose OFD.xml %s is a failed document, not an unsigned one', async (_, entry) => {
  expect(await findingsOn({ ...signed, 'OFD.xml': entry })).toEqual(BROKEN)
})

test('a list is found where OFD.xml stands, and from the folder of the document where it is not there', async () => {
  const files = documentFiles('<ofd:Signatures>Signs/Signatures.xml</ofd:Signatures>')
  const unsigned = { document: ['DOCUMENT_SIGNED: UNKNOWN'], signatures: [] }
  expect(await findingsOn({ ...files, 'Signs/Signatures.xml': listOf(0) })).toEqual(unsigned)
  expect(await findingsOn({ ...files, [LIST]: listOf(0) })).toEqual(unsigned)
  expect(await findingsOn(files)).toEqual(BROKEN)
})
