import { describe, expect, test } from 'vitest'
import { inspectDocumentBytes } from '../../../subgraphs/seals/facts/document.ts'
import { archiveOf, documentFiles, type Files, listedSignature, listOf, signedDocument, textOf } from '../../support/ofd.ts'
import { findingsOn, HOLDS, signatureDoubts } from '../../support/ofd-findings.ts'
import { DOCUMENT, LIST, PAGE } from './attacked.ts'

const ENTRY = 'OFD.xml'
const DOUBT = ['UNPROTECTED_FILES: UNKNOWN']
const EVIL = '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"/>'

const except = (files: Files, ...bare: readonly string[]) => Object.keys(files).filter((name) => !bare.includes(name))

/** What is said of unprotected files, signature by signature. */
async function notes(files: Files): Promise<readonly string[]> {
  const { signatures } = inspectDocumentBytes(await archiveOf(files))
  const rows = signatures.flatMap(({ checks }) => checks.filter(({ check }) => check === 'UNPROTECTED_FILES'))
  return rows.map(({ outcome, detail }) => [outcome, detail?.en].filter(Boolean).join(' '))
}

describe('an OFD.xml that is not protected, as some systems leave it', () => {
  const opened = (changes: Files = {}) => signedDocument({ protects: except({ ...documentFiles(), ...changes }, ENTRY) }, changes)

  test('is noted where the one document it can lead to is protected, whatever else it says', async () => {
    const files = await opened()
    const retitled = textOf(files[ENTRY]).replace(
      '<ofd:DocRoot>',
      '<ofd:DocInfo><ofd:Title>T</ofd:Title></ofd:DocInfo><ofd:DocRoot>',
    )
    const declared = `<?xml version="1.0" encoding="utf-8"?>${textOf(files[ENTRY])}`
    for (const entry of [files[ENTRY] ?? '', retitled, declared]) {
      expect(await findingsOn({ ...files, [ENTRY]: entry })).toEqual(HOLDS)
      expect(await notes({ ...files, [ENTRY]: entry })).toEqual(['NOTE /OFD.xml'])
    }
  })

  test.each<[string, (xml: string) => string, Files]>([
    ['another root', (xml) => xml.replace('Doc_0/Document.xml', 'Doc_0/Evil.xml'), { 'Doc_0/Evil.xml': EVIL }],
    [
      'a second root',
      (xml) => xml.replace('<ofd:DocRoot>', '<x:DocRoot xmlns:x="x">Doc_0/Document.xml</x:DocRoot><ofd:DocRoot>'),
      {},
    ],
    ['another document in the package', (xml) => xml, { 'Doc_0/Evil.xml': EVIL }],
    ['versions', (xml) => xml.replace('</ofd:DocRoot>', '</ofd:DocRoot><ofd:Versions/>'), {}],
    [
      'a cover',
      (xml) => xml.replace('<ofd:DocRoot>', '<ofd:DocInfo><ofd:Cover>c.png</ofd:Cover></ofd:DocInfo><ofd:DocRoot>'),
      { 'c.png': 'x' },
    ],
    ['no root', (xml) => xml.replace(/<ofd:DocRoot>.*<\/ofd:DocRoot>/, ''), {}],
    ['a resource for a root', (xml) => xml.replace('Doc_0/Document.xml', 'Doc_0/PublicRes.xml'), {}],
  ])('is doubted with %s: UNPROTECTED_FILES', async (_, change, more) => {
    const files = await opened()
    expect(await signatureDoubts({ ...files, ...more, [ENTRY]: change(textOf(files[ENTRY])) })).toEqual(DOUBT)
  })

  test('is doubted where another document is protected with it, to which it could be turned: UNPROTECTED_FILES', async () => {
    for (const other of [EVIL, '<Document/>', Buffer.from(`\ufeff${EVIL}`, 'utf16le')])
      expect(await signatureDoubts(await opened({ 'Doc_0/Draft.xml': other }))).toEqual(DOUBT)
  })

  test('is doubted with a second document: UNPROTECTED_FILES, DOCUMENT_SIGNED', async () => {
    const files = await opened()
    const second = textOf(files[ENTRY]).replace(
      '</ofd:OFD>',
      '<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
    )
    expect(await findingsOn({ ...files, [ENTRY]: second })).toEqual({
      document: ['DOCUMENT_SIGNED: UNKNOWN'],
      signatures: [DOUBT],
    })
  })
})

test('a further signature that calls OFD.xml its value hides nothing that OFD.xml names: UNPROTECTED_FILES', async () => {
  const cover = '<ofd:DocInfo><ofd:Cover>c.png</ofd:Cover></ofd:DocInfo><ofd:DocRoot>'
  const entry = textOf(documentFiles()[ENTRY]).replace('<ofd:DocRoot>', cover)
  const protects = Object.keys(documentFiles())
  const files = { ...(await signedDocument({ protects }, { [ENTRY]: entry, 'c.png': 'x' })), [LIST]: listOf(2) }
  const rewrite = (xml: string) => xml.replace('SignedValue.dat', `/${ENTRY}`)
  const bogus = await listedSignature(1, { protects: ['c.png'], rewrite }, files)
  expect((await findingsOn({ ...files, ...bogus })).signatures[0]).toEqual(DOUBT)
})

describe('what a first signature leaves open, and a second that protects everything, the first with it', () => {
  const annotations = '<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>'
  const body: Files = {
    ...documentFiles(),
    [DOCUMENT]: textOf(documentFiles()[DOCUMENT]).replace('<ofd:Pages>', `${annotations}<ofd:Pages>`),
    'Doc_0/Annots/Annotations.xml': '<Annotations><Page PageID="1"><FileLoc>Page_0/Annotation.xml</FileLoc></Page></Annotations>',
    'Doc_0/Annots/Page_0/Annotation.xml': '<PageAnnot/>',
  }

  async function signedTwice(...bare: readonly string[]): Promise<Files> {
    const listed = { ...body, [LIST]: listOf(2) }
    const first = await listedSignature(0, { protects: except(body, ...bare) }, listed)
    const all = { ...listed, ...first }
    return { ...all, ...(await listedSignature(1, { protects: [...Object.keys(body), ...Object.keys(first)] }, all)) }
  }

  test('the entry is noted under the first', async () => {
    const files = await signedTwice(ENTRY)
    expect(await findingsOn(files)).toEqual({ document: [], signatures: [[], []] })
    expect(await notes(files)).toEqual(['NOTE /OFD.xml', 'PASSED'])
  })

  test.each([PAGE, DOCUMENT, 'Doc_0/Res/stamp.png', ...Object.keys(body).filter((name) => name.includes('Annots/'))])(
    '%s is doubted under the first, for whoever signs second could have changed it: UNPROTECTED_FILES',
    async (bare) => {
      for (const files of [await signedTwice(bare), await signedTwice(ENTRY, bare)])
        expect((await findingsOn(files)).signatures).toEqual([DOUBT, []])
    },
  )
})
