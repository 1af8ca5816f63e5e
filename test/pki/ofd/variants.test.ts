import { expect, test } from 'vitest'
import { encodeSignedData } from '../../../pki/cms/signed-data.ts'
import { openDer } from '../../../pki/der/reader.ts'
import { sm3 } from '../../../pki/sm3.ts'
import { inspectDocumentBytes } from '../../../subgraphs/seals/facts/document.ts'
import {
  archiveOf,
  bytesOf,
  documentFiles,
  type Files,
  listOf,
  type SignaturePlan,
  sealedValue,
  signedDocument,
} from '../../support/ofd.ts'
import { findingsOn, HOLDS } from '../../support/ofd-findings.ts'
import { pki, sealOf, signatureWith } from '../../support/seals.ts'

const LIST = 'Doc_0/Signs/Signatures.xml'
const OWN = '/Doc_0/Signs/Sign_0/Signature.xml'

async function outcomeOf(check: string, plan: Partial<SignaturePlan>, changes: Files = {}): Promise<string | undefined> {
  const { signatures } = await inspectDocumentBytes(await archiveOf(await signedDocument(plan, changes)))
  return signatures[0]?.checks.find((row) => row.check === check)?.outcome
}

test.each<[string, (xml: string) => string | Uint8Array]>([
  ['as the default namespace', (xml) => xml.replaceAll('ofd:', '').replace('xmlns:ofd', 'xmlns')],
  ['under another prefix', (xml) => xml.replaceAll('ofd:', 'o:').replace('xmlns:ofd', 'xmlns:o')],
  ['under its older name', (xml) => xml.replace('ofdspec.org/2016', 'ofdspec.org')],
  ['of no namespace', (xml) => xml.replaceAll('ofd:', '').replace(/ xmlns:ofd="[^"]*"/, '')],
  ['with a byte order mark and a declaration', (xml) => `\ufeff<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n${xml}`],
  ['without a provider', (xml) => xml.replace('<ofd:Provider ProviderName="test"/>', '')],
  [
    'with the value before the rest',
    (xml) => {
      const value = '<ofd:SignedValue>SignedValue.dat</ofd:SignedValue>'
      return xml.replace(value, '').replace('<ofd:SignedInfo>', `${value}<ofd:SignedInfo>`)
    },
  ],
  [
    'with blanks and line breaks',
    (xml) => xml.replaceAll('><', '>\r\n  <').replaceAll('<ofd:CheckValue>', '<ofd:CheckValue>\r\n  '),
  ],
  [
    'with parameters of OFD 2.0',
    (xml) =>
      xml.replace(
        '<ofd:References',
        '<ofd:Parameters><ofd:Parameter Name="Protect_OFD">none</ofd:Parameter></ofd:Parameters><ofd:References',
      ),
  ],
])('a Signature.xml %s is read', async (_, rewrite) => {
  expect(await findingsOn(await signedDocument({ rewrite }))).toEqual(HOLDS)
})

test.each(['SM3', 'sm3', ' Sm3 ', '1.2.156.10197.1.401', '1.2.156.10197.1.401.1', '1.2.156.10197.1.401.2'])(
  'the check method %j is SM3',
  async (checkMethod) => {
    expect(await findingsOn(await signedDocument({ checkMethod }))).toEqual(HOLDS)
  },
)

test.each<[string, (name: string) => string]>([
  ['relative to Signature.xml', (name) => `../../../${name}`],
  ['without the leading slash', (name) => name],
  ['with backslashes', (name) => `\\${name.replaceAll('/', '\\')}`],
  ['with more slashes than needed', (name) => `//${name.replaceAll('/', '//')}`],
])('references %s name the same files', async (_, fileRef) => {
  expect(await findingsOn(await signedDocument({ fileRef }))).toEqual(HOLDS)
})

test.each([
  'Sign_0/Signature.xml',
  './Sign_0/Signature.xml',
  '/Doc_0/Signs/Sign_0/Signature.xml',
  'Doc_0/Signs/Sign_0/Signature.xml',
  'Signs/Sign_0/Signature.xml',
  'Sign_0\\Signature.xml',
])('a list that has its signature at %j leads to it', async (location) => {
  const files = await signedDocument()
  expect(await findingsOn({ ...files, [LIST]: listOf(1).replace('Sign_0/Signature.xml', location) })).toEqual(HOLDS)
})

test.each(['/Doc_0/Signs/Signatures.xml', 'Doc_0/Signs/Signatures.xml', 'Signs/Signatures.xml', 'Doc_0\\Signs\\Signatures.xml'])(
  'OFD.xml that has its list at %j leads to it',
  async (location) => {
    const entry = documentFiles(`<ofd:Signatures>${location}</ofd:Signatures>`)['OFD.xml'] ?? ''
    expect(await findingsOn(await signedDocument({}, { 'OFD.xml': entry }))).toEqual(HOLDS)
  },
)

test('a list that says more, or less, than it has to is read', async () => {
  const files = await signedDocument()
  const more = listOf(1, ['Seal']).replace('<ofd:Signature ', '<ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ')
  const attributed = listOf(1).replace('<ofd:Signatures ', '<ofd:Signatures MaxSignId="s1" ')
  for (const list of [more, attributed]) expect(await findingsOn({ ...files, [LIST]: list })).toEqual(HOLDS)
})

test('an empty entry for signatures, and a list of none, is a document that is not signed', async () => {
  const unsigned = { document: ['DOCUMENT_SIGNED: UNKNOWN'], signatures: [] }
  for (const empty of ['<ofd:Signatures/>', '<ofd:Signatures> </ofd:Signatures>'])
    expect(await findingsOn(documentFiles(empty))).toEqual(unsigned)
  expect(await findingsOn({ ...documentFiles(), [LIST]: listOf(0) })).toEqual(unsigned)
})

test('a value under another name, or in another folder, is found where Signature.xml says', async () => {
  for (const location of ['SignValue.dat', '/Doc_0/Signs/values/1.dat', '../signed.bin']) {
    const rewrite = (xml: string) => xml.replace('>SignedValue.dat<', `>${location}<`)
    const { 'Doc_0/Signs/Sign_0/SignedValue.dat': value = '', ...files } = await signedDocument({ rewrite })
    const path = new URL(location, `ofd:${OWN}`).pathname.slice(1)
    expect(await findingsOn({ ...files, [path]: value })).toEqual(HOLDS)
  }
})

test('a document whose folders and files have Chinese names holds', async () => {
  const page =
    '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="资源"><ofd:MediaFile>公章.png</ofd:MediaFile></ofd:Page>'
  const changes = { 'Doc_0/Pages/Page_0/Content.xml': page, 'Doc_0/Pages/Page_0/资源/公章.png': 'png' }
  expect(await findingsOn(await signedDocument({}, changes))).toEqual(HOLDS)
  const bare = { ...(await signedDocument({ protects: Object.keys(documentFiles()) }, changes)) }
  expect((await findingsOn(bare)).signatures).toEqual([['UNPROTECTED_FILES: UNKNOWN']])
})

test.each([
  [OWN, 'PASSED'],
  [OWN.slice(1), 'PASSED'],
  [OWN.replaceAll('/', '\\'), 'PASSED'],
  ['Signature.xml', 'PASSED'],
  [`doc-4711; range=${OWN}`, 'PASSED'],
  ['/Doc_0/Signs/Sign 0/Signature.xml', 'UNKNOWN'],
  ['', 'NOTE'],
  ['4711 bytes, 2026-01-01', 'NOTE'],
  ['/Doc_0/Signs/Sign_1/Signature.xml', 'UNKNOWN'],
  ['/Doc_1/Signs/Sign_0/Signature.xml', 'UNKNOWN'],
  ['/OFD.xml', 'UNKNOWN'],
] as const)('propertyInfo %j: %s', async (protects, expected) => {
  expect(await outcomeOf('PROTECTED_RANGE', { value: (xml) => sealedValue(xml, protects) })).toBe(expected)
})

test('a seal beside the value, wherever it lies, is the one inside, or fails', async () => {
  const seal = await sealOf('SES_V4')
  const value = async (content: Uint8Array, protects: string) => signatureWith(seal, { content, protects })
  for (const [location, path] of [
    ['Seal.esl', 'Doc_0/Signs/Sign_0/Seal.esl'],
    ['/Doc_0/Seals/1.esl', 'Doc_0/Seals/1.esl'],
  ] as const) {
    const signedInfo = `<ofd:Seal><ofd:BaseLoc>${location}</ofd:BaseLoc></ofd:Seal>`
    const files = await signedDocument({ value, signedInfo })
    expect(await findingsOn({ ...files, [path]: seal })).toEqual(HOLDS)
    expect((await findingsOn({ ...files, [path]: await sealOf('SES_V5') })).signatures).toEqual([['SEAL_FILE: FAILED']])
    expect((await findingsOn(files)).signatures).toEqual([['SEAL_FILE: FAILED']])
  }
})

test('signatures of type Sign hold as every library writes them: in a ContentInfo, without one, in BER, over the file or its digest', async () => {
  const contentInfo = (der: Uint8Array) => openDer(der).any().content
  const written: readonly ((der: Uint8Array) => Uint8Array)[] = [
    (der) => der,
    (der) => {
      const reader = openDer(der).sequence()
      reader.oid()
      return reader.constructed(0xa0).sequence().encoded
    },
    (der) => Buffer.concat([Buffer.from([0x30, 0x80]), contentInfo(der), Buffer.from([0, 0])]),
  ]
  for (const write of written) {
    for (const content of [
      (xml: Uint8Array) => xml,
      sm3,
      (xml: Uint8Array) => Buffer.from(Buffer.from(sm3(xml)).toString('base64')),
    ]) {
      const value = async (xml: Uint8Array) => write(await encodeSignedData(content(xml), pki.signer.signer))
      expect(await findingsOn(await signedDocument({ type: 'Sign', value }))).toEqual(HOLDS)
    }
  }
})

test('a signature whose files lie outside the folder of signatures holds as well', async () => {
  const { 'Doc_0/Signs/Sign_0/Signature.xml': xml = '', ...files } = await signedDocument({
    value: (content) => sealedValue(content, '/seals/Signature.xml'),
    rewrite: (text) => text.replace('>SignedValue.dat<', '>/Doc_0/Signs/Sign_0/SignedValue.dat<'),
  })
  const list = listOf(1).replace('Sign_0/Signature.xml', '/seals/Signature.xml')
  const findings = await findingsOn({ ...files, 'seals/Signature.xml': bytesOf(xml), [LIST]: list })
  expect(findings).toEqual(HOLDS)
})
