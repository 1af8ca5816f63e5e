import { describe, expect, test } from 'vitest'
import { sm3 } from '../../../pki/sm3.ts'
import {
  bytesOf,
  type Files,
  listedSignature,
  listOf,
  type SignaturePlan,
  sealedValue,
  signedDocument,
  textOf,
} from '../../support/ofd.ts'
import { BROKEN, findingsOn, HOLDS, signatureDoubts } from '../../support/ofd-findings.ts'
import { pki, sealOf, signatureWith } from '../../support/seals.ts'
import { ALL, BODY, DOCUMENT, edited, LIST, PAGE, signed, VALUE, XML } from './attacked.ts'

const EVIL = '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:TextCode>不同意</ofd:TextCode></ofd:Page>'
/** The files with one under another name. */
const moved = (files: Files, from: string, to: string): Files =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [path === from ? to : path, content]))

test('the document that is attacked holds', async () => {
  expect(await findingsOn(signed)).toEqual(HOLDS)
})

describe('one file behind another', () => {
  test('a page moved to where a relative reference would lead a standard reader is not where the document shows it: PROTECTED_FILES', async () => {
    const relative = await signedDocument({ fileRef: (name) => name })
    expect(await findingsOn(relative)).toEqual(HOLDS)
    const gone = moved(relative, PAGE, `Doc_0/Signs/Sign_0/${PAGE}`)
    expect((await findingsOn(gone)).signatures[0]).toContain('PROTECTED_FILES: FAILED')
    expect((await findingsOn({ ...gone, [PAGE]: EVIL })).signatures[0]).toContain('PROTECTED_FILES: FAILED')
  })

  test('one relative reference that two files answer to is ambiguous, although the standard has it that the signed one is meant: PROTECTED_FILES', async () => {
    const last = PAGE.slice('Doc_0/'.length)
    const relative = await signedDocument({ fileRef: (name) => (name === PAGE ? last : `/${name}`) })
    expect(await findingsOn(relative)).toEqual(HOLDS)
    const attacked = { ...moved(relative, PAGE, `Doc_0/Signs/Sign_0/${last}`), [PAGE]: EVIL }
    expect((await findingsOn(attacked)).signatures[0]).toContain('PROTECTED_FILES: FAILED')
  })

  test('a second file where a reader may look first makes the location ambiguous: SIGNATURE_FILE', async () => {
    for (const path of ['Sign_0/Signature.xml', 'Doc_0/Sign_0/Signature.xml', 'Sign_0/other.txt'])
      expect((await findingsOn({ ...signed, [path]: 'x' })).signatures[0]).toContain('SIGNATURE_FILE: FAILED')
    for (const path of ['SignedValue.dat', 'Doc_0/SignedValue.dat', 'Doc_0/Signs/SignedValue.dat'])
      expect((await findingsOn({ ...signed, [path]: 'x' })).signatures[0]).toContain('SIGNATURE_FILE: FAILED')
  })

  test.each([
    ['a page of the same relative path at the root', 'Pages/Page_0/Content.xml'],
    ['a page of the same name but for a percent sign', 'Doc_0/Pages/Page_0/Conten%74.xml'],
    ['a resource where another reader starts from', 'Doc_0/stamp.png'],
    ['a resource at the root', 'Res/stamp.png'],
  ])('%s may be what is shown: UNPROTECTED_FILES', async (_, path) => {
    expect(await signatureDoubts({ ...signed, [path]: EVIL })).toEqual(['UNPROTECTED_FILES: UNKNOWN'])
  })

  test('names that some reader takes for one are one: the package is refused', async () => {
    for (const path of ['doc_0/pages/page_0/content.xml', 'Doc_0/Pages/PAGE_0/Content.xml'])
      expect(await findingsOn({ ...signed, [path]: EVIL })).toEqual(BROKEN)
    const named = (path: string) => ({ ...signed, [path]: EVIL })
    expect(await findingsOn({ ...named('Doc_0/\u00e9.xml'), 'Doc_0/e\u0301.xml': EVIL })).toEqual(BROKEN)
  })

  test('a reference that differs from its file in case or by percent signs names nothing: PROTECTED_FILES', async () => {
    for (const fileRef of [(name: string) => `/${name.toLowerCase()}`, (name: string) => `/${name.replace('t.xml', '%74.xml')}`])
      expect(await signatureDoubts(await signedDocument({ fileRef }))).toContain('PROTECTED_FILES: FAILED')
  })

  test('one file referred to twice in two spellings, the second with another digest: PROTECTED_FILES', async () => {
    const other = sm3(Buffer.from(EVIL))
    const second = `<ofd:Reference FileRef="/Doc_0/./Pages/../Pages//Page_0/Content.xml"><ofd:CheckValue>${Buffer.from(other).toString('base64')}</ofd:CheckValue></ofd:Reference></ofd:References>`
    const files = await signedDocument({ rewrite: (xml) => xml.replace('</ofd:References>', second) })
    for (const content of [BODY[PAGE] ?? '', EVIL])
      expect(await signatureDoubts({ ...files, [PAGE]: content })).toContain('PROTECTED_FILES: FAILED')
  })
})

describe('what is put in after signing', () => {
  const kinds: Readonly<Record<string, string>> = {
    annotations: '<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>',
    attachments: '<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>',
    'custom tags': '<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>',
    extensions: '<ofd:Extensions>Exts/Extensions.xml</ofd:Extensions>',
    templates: '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>',
    resources: '<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>',
  }

  test.each(Object.entries(kinds))(
    '%s that the signed document names but did not have: UNPROTECTED_FILES',
    async (_, element) => {
      const [, path = ''] = /(?:>|BaseLoc=")([\w/]+\.xml)/.exec(element) ?? []
      const content = textOf(BODY[DOCUMENT]).replace('<ofd:Pages>', `${element}<ofd:Pages>`)
      const files = await signedDocument({}, { [DOCUMENT]: content })
      expect(await findingsOn(files)).toEqual(HOLDS)
      expect(await signatureDoubts({ ...files, [`Doc_0/${path}`]: EVIL })).toEqual(['UNPROTECTED_FILES: UNKNOWN'])
    },
  )

  test('another page, another root or another version in the protected entry files: PROTECTED_FILES', async () => {
    const page = '<ofd:Page ID="2" BaseLoc="Pages/Page_1/Content.xml"/></ofd:Pages>'
    const attacked: readonly Files[] = [
      edited(DOCUMENT, '</ofd:Pages>', page),
      edited('OFD.xml', '</ofd:DocRoot>', '</ofd:DocRoot><ofd:DocRoot>Doc_0/Evil.xml</ofd:DocRoot>'),
      edited(
        'OFD.xml',
        '</ofd:DocRoot>',
        '</ofd:DocRoot><ofd:Versions><ofd:Version ID="1" Index="1" Current="true" BaseLoc="Doc_0/v.xml"/></ofd:Versions>',
      ),
    ]
    for (const files of attacked)
      expect(await signatureDoubts({ ...files, 'Doc_0/Pages/Page_1/Content.xml': EVIL })).toContain('PROTECTED_FILES: FAILED')
  })

  test('a second document beside the signed one, and one that shares its list: DOCUMENT_SIGNED, SIGNATURE_FILE', async () => {
    const protects = ALL.filter((name) => name !== 'OFD.xml')
    const files = await signedDocument({ protects })
    const second = (lists: string) =>
      textOf(files['OFD.xml']).replace(
        '</ofd:OFD>',
        `<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot>${lists}</ofd:DocBody></ofd:OFD>`,
      )
    const unsigned = await findingsOn({ ...files, 'OFD.xml': second(''), 'Doc_1/Document.xml': EVIL })
    expect(unsigned.document).toEqual(['DOCUMENT_SIGNED: UNKNOWN'])
    const shared = await findingsOn({
      ...files,
      'OFD.xml': second(`<ofd:Signatures>/${LIST}</ofd:Signatures>`),
      'Doc_1/Document.xml': EVIL,
    })
    expect(shared.signatures[1]).toContain('SIGNATURE_FILE: FAILED')
  })
})

describe('values and seals in the wrong place', () => {
  test('a value of another document, of another file, or over another file: DATA_HASH', async () => {
    const other = await signedDocument({}, { [PAGE]: EVIL })
    expect(await signatureDoubts({ ...signed, [VALUE]: other[VALUE] ?? '' })).toEqual(['DATA_HASH: FAILED'])
    const entry = await sealedValue(bytesOf(BODY['OFD.xml'] ?? ''), '/OFD.xml')
    expect(await signatureDoubts({ ...signed, [VALUE]: entry })).toEqual(['PROTECTED_RANGE: UNKNOWN', 'DATA_HASH: FAILED'])
  })

  test('a stamp moved to another place or page, and any other word of Signature.xml: DATA_HASH', async () => {
    const files = await signedDocument({ signedInfo: '<ofd:StampAnnot ID="1" PageRef="1" Boundary="10 10 40 40"/>' })
    for (const [from, to] of [
      ['10 10 40 40', '90 10 40 40'],
      ['PageRef="1"', 'PageRef="2"'],
      ['ProviderName="test"', 'ProviderName="best"'],
      ['><', '> <'],
    ] as const) {
      const xml = textOf(files[XML]).replace(from, to)
      expect(await signatureDoubts({ ...files, [XML]: xml })).toEqual(['DATA_HASH: FAILED'])
    }
  })

  test('two signatures of one value, one Signature.xml or one ID that another builds upon: SIGNATURE_FILE, BASE_SIGNATURE', async () => {
    const files = { ...BODY, [LIST]: listOf(2, [], [undefined, 's1']) }
    const [first, second] = await Promise.all([0, 1].map((i) => listedSignature(i, { protects: ALL }, files)))
    const both = { ...files, ...first, ...second }
    expect((await findingsOn(both)).signatures).toEqual([[], []])
    const same = { ...both, [LIST]: textOf(both[LIST]).replace('Sign_1/', 'Sign_0/') }
    expect((await findingsOn(same)).signatures[1]).toContain('SIGNATURE_FILE: FAILED')
    const borrowed = await listedSignature(
      1,
      { protects: ALL, rewrite: (xml) => xml.replace('>SignedValue.dat<', '>../Sign_0/SignedValue.dat<') },
      files,
    )
    expect((await findingsOn({ ...both, ...borrowed })).signatures[1]).toContain('SIGNATURE_FILE: FAILED')
    for (const relatives of [
      [undefined, 's9'],
      [undefined, 's2'],
      ['s2', 's1'],
    ] as const)
      expect((await findingsOn({ ...both, [LIST]: listOf(2, [], relatives) })).signatures[1]).toEqual(['BASE_SIGNATURE: FAILED'])
    const twins = { ...both, [LIST]: listOf(2, [], [undefined, 's1']).replace('ID="s2"', 'ID="s1"') }
    expect((await findingsOn(twins)).signatures[1]).toEqual(['BASE_SIGNATURE: FAILED'])
  })

  test('another seal beside the value than the one inside: SEAL_FILE; none where one is named: SEAL_FILE', async () => {
    const seal = await sealOf('SES_V4')
    const plan: Partial<SignaturePlan> = {
      value: async (content, protects) => signatureWith(seal, { content, protects }),
      signedInfo: '<ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal>',
    }
    const files = await signedDocument(plan)
    const other = await sealOf('SES_V4', { esID: '41172800000002' })
    for (const beside of [{ 'Doc_0/Signs/Sign_0/Seal.esl': other }, {}])
      expect(await signatureDoubts({ ...files, ...beside })).toEqual(['SEAL_FILE: FAILED'])
  })

  test('a genuine seal used by somebody who is not in its list: SIGNER_IN_SEAL', async () => {
    const value = async (content: Uint8Array, protects: string) =>
      signatureWith(await sealOf('SES_V4'), { content, protects }, pki.platform)
    expect(await signatureDoubts(await signedDocument({ value }))).toEqual(['SIGNER_IN_SEAL: FAILED'])
  })
})
