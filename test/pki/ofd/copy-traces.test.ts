import { expect, test } from 'vitest'
import { type CopyTraces, copyTraces } from '../../../pki/ofd/copy-traces.ts'
import { openPackage } from '../../../pki/ofd/package.ts'
import { readSignatures } from '../../../pki/ofd/read-signatures.ts'
import { archiveOf, documentFiles, type Files, signedDocument } from '../../support/ofd.ts'

async function tracesIn(files: Files): Promise<CopyTraces> {
  const opened = await openPackage(await archiveOf(files))
  return copyTraces(opened, readSignatures(opened))
}

function madeBy(creator: string): Files {
  const files = documentFiles('')
  const info = `<ofd:DocBody><ofd:DocInfo><ofd:Creator>${creator}</ofd:Creator></ofd:DocInfo>`
  return { ...files, 'OFD.xml': `${files['OFD.xml']}`.replace('<ofd:DocBody>', info) }
}

const NOTHING = { strippedSignatures: [], converter: null, printer: null, onlyPictures: false }
const page = (content: string): Files => ({ ...documentFiles(''), 'Doc_0/Pages/Page_0/Content.xml': `<Page>${content}</Page>` })

test('an ordinary document, signed or not, shows no traces of a copy', async () => {
  expect(await tracesIn(documentFiles(''))).toEqual(NOTHING)
  expect(await tracesIn(await signedDocument())).toEqual(NOTHING)
  expect(await tracesIn(madeBy('Suwell Writer'))).toEqual(NOTHING)
})

test('a printer, a scanner and a converter are known by what they call themselves', async () => {
  for (const creator of ['OFD Virtual Printer', '数科虚拟打印机', 'ScanWorks'])
    expect(await tracesIn(madeBy(creator))).toMatchObject({ printer: creator, converter: null })
  for (const creator of ['pdf2ofd', '版式转换服务'])
    expect(await tracesIn(madeBy(creator))).toMatchObject({ printer: null, converter: creator })
})

test('a page of pictures alone is told from one with text, lines or a template', async () => {
  expect(await tracesIn(page('<ImageObject/>'))).toMatchObject({ onlyPictures: true })
  for (const more of ['<TextObject/>', '<PathObject/>', '<Template/>', ''])
    expect(await tracesIn(page(more === '' ? '' : `<ImageObject/>${more}`))).toMatchObject({ onlyPictures: false })
})

test('the files of a signature that no list names are found wherever they lie, and nothing else is taken for them', async () => {
  const signed = await signedDocument()
  const bytes = signed['Doc_0/Signs/Sign_0/Signature.xml'] ?? ''
  const stripped = {
    ...documentFiles(''),
    'Doc_0/old/x.XML': bytes,
    'notes.xml': '<Note>SignedInfo</Note>',
    'broken.xml': '<SignedInfo',
  }
  expect(await tracesIn(stripped)).toMatchObject({ strippedSignatures: ['/Doc_0/old/x.XML'] })
})
