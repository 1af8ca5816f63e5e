import { describe, expect, test } from 'vitest'
import { signedDocument, textOf, utf16 } from '../../support/ofd.ts'
import { findingsOn, HOLDS, signatureDoubts } from '../../support/ofd-findings.ts'
import { ALL, BODY, DOCUMENT, PAGE } from './attacked.ts'

describe('a name hidden from a plain look still names a file that is shown: UNPROTECTED_FILES', () => {
  const resource = '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>'
  const protects = ALL.filter((name) => name !== 'Doc_0/PublicRes.xml')
  const document = textOf(BODY[DOCUMENT])
  const renamed = (name: string) => document.replace(resource, `<ofd:PublicRes>${name}</ofd:PublicRes>`)

  test.each<[string, string | Uint8Array]>([
    ['as it is', document],
    ['a comment', renamed('Public<!-- -->Res.xml')],
    ['CDATA', renamed('<![CDATA[PublicRes.xml]]>')],
    ['a piece of CDATA', renamed('Public<![CDATA[Res]]>.xml')],
    ['a character reference', renamed('Public&#82;es.xml')],
    ['a hexadecimal one', renamed('Public&#x52;es.xml')],
    ['percent signs', renamed('%50ublicRes%2Exml')],
    ['another case', renamed('PUBLICRES.XML')],
    ['backslashes', renamed('.\\PublicRes.xml')],
    ['dots', renamed('./x/../PublicRes.xml')],
    ['an attribute of another element', document.replace(resource, '<x:Any xmlns:x="x" where="PublicRes.xml"/>')],
    ['an attribute with spaces around', document.replace(resource, '<x:Any xmlns:x="x" where=" PublicRes.xml "/>')],
    ['UTF-16', utf16(document)],
    ['UTF-16 of the other order', Buffer.from(utf16(document)).swap16()],
    ['UTF-16 of the other order without a mark', Buffer.from(document, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(document, 'utf16le')],
    ['an entity', `<!DOCTYPE x [<!ENTITY p "PublicRes.xml">]>${renamed('&p;')}`],
    ['malformed XML', `${renamed('Public&#82;es.xml')}<`],
  ])('%s', async (_, content) => {
    expect(await signatureDoubts(await signedDocument({ protects }, { [DOCUMENT]: content }))).toEqual([
      'UNPROTECTED_FILES: UNKNOWN',
    ])
  })

  test('a Chinese name in GB 18030', async () => {
    const content = Buffer.concat([Buffer.from('<a href="'), Buffer.from('d3a1d5c2', 'hex'), Buffer.from('.png"/>')])
    const files = await signedDocument({ protects: ALL }, { [PAGE]: content })
    expect(await signatureDoubts({ ...files, 'Doc_0/Pages/Page_0/印章.png': 'x' })).toEqual(['UNPROTECTED_FILES: UNKNOWN'])
  })
})

test('files that name one another in circles, or themselves, are gone through once', async () => {
  const circle = (name: string) => `<a href="${name}" also="Content.xml"/>`
  const changes = {
    [PAGE]: circle('b.xml'),
    'Doc_0/Pages/Page_0/b.xml': circle('c.xml'),
    'Doc_0/Pages/Page_0/c.xml': circle('b.xml'),
  }
  expect(await findingsOn(await signedDocument({}, changes))).toEqual(HOLDS)
  const { 'Doc_0/Pages/Page_0/c.xml': last, ...protectedOnes } = { ...BODY, ...changes }
  const files = await signedDocument({ protects: Object.keys(protectedOnes) }, changes)
  expect([last, await signatureDoubts(files)]).toEqual([circle('b.xml'), ['UNPROTECTED_FILES: UNKNOWN']])
})
