import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bytesOf, type Files, listOf, signedDocument, utf16 } from '../../support/ofd.ts'
import { BROKEN, findingsOn, signatureDoubts } from '../../support/ofd-findings.ts'
import { BODY, edited, LIST, PAGE, signed } from './attacked.ts'

describe('XML that two parsers read differently', () => {
  const doctype = '<!DOCTYPE x [<!ENTITY p "Sign_0/Signature.xml">]>'
  test.each<[string, () => Files]>([
    ['a document type', () => ({ ...signed, [LIST]: `${doctype}${listOf(1)}` })],
    ['an entity of its own', () => ({ ...signed, [LIST]: `${doctype}${listOf(1).replace('Sign_0/Signature.xml', '&p;')}` })],
    ['an attribute twice', () => edited(LIST, 'BaseLoc=', 'BaseLoc="Sign_1/Signature.xml" BaseLoc=')],
    ['UTF-16', () => ({ ...signed, [LIST]: utf16(listOf(1)) })],
    ['two roots', () => ({ ...signed, [LIST]: `${listOf(1)}${listOf(1)}` })],
    ['an unclosed root', () => edited(LIST, '</ofd:Signatures>', '')],
    ['another root', () => ({ ...signed, [LIST]: listOf(1).replaceAll('ofd:Signatures', 'ofd:Signature') })],
    ['a NUL', () => edited(LIST, '<ofd:Signature ', '\u0000<ofd:Signature ')],
  ])('a list of signatures with %s is refused', async (_, files) => {
    expect(await findingsOn(files())).toEqual(BROKEN)
  })

  test.each<[string, (xml: string) => string | Uint8Array]>([
    ['a document type', (xml) => `<!DOCTYPE x>${xml}`],
    ['UTF-16', utf16],
    ['SignedInfo twice', (xml) => xml.replace('<ofd:SignedInfo>', '<ofd:SignedInfo/><ofd:SignedInfo>')],
    [
      'SignedInfo of another namespace beside',
      (xml) => xml.replace('<ofd:SignedInfo>', '<x:SignedInfo xmlns:x="x"/><ofd:SignedInfo>'),
    ],
    ['References twice', (xml) => xml.replace('<ofd:References', '<ofd:References CheckMethod="MD5"/><ofd:References')],
    [
      'SignedValue twice',
      (xml) => xml.replace('<ofd:SignedValue>', '<ofd:SignedValue>/OFD.xml</ofd:SignedValue><ofd:SignedValue>'),
    ],
    ['CheckValue twice', (xml) => xml.replace('<ofd:CheckValue>', '<ofd:CheckValue>AA==</ofd:CheckValue><ofd:CheckValue>')],
    ['CheckMethod twice', (xml) => xml.replace('CheckMethod=', 'CheckMethod="MD5" CheckMethod=')],
    ['no references', (xml) => xml.replace(/<ofd:Reference .*<\/ofd:Reference>/, '')],
    ['no References', (xml) => xml.replace(/<ofd:References.*<\/ofd:References>/, '')],
    ['a CheckValue that is no base64', (xml) => xml.replace(/<ofd:CheckValue>[^<]/, '<ofd:CheckValue>-')],
    ['another root', (xml) => xml.replaceAll('ofd:Signature>', 'ofd:Signatures>').replace('<ofd:Signature ', '<ofd:Signatures ')],
    ['a value in another package', (xml) => xml.replace('>SignedValue.dat<', '>../../../../SignedValue.dat<')],
  ])('a Signature.xml with %s is refused: SIGNATURE_FILE', async (_, rewrite) => {
    expect(await signatureDoubts(await signedDocument({ rewrite }))).toContain('SIGNATURE_FILE: FAILED')
  })

  test('attributes of another namespace are none of the standard’s: PROTECTED_FILES', async () => {
    const rewrite = (xml: string) => xml.replaceAll(' FileRef=', ' xmlns:x="x" x:FileRef=')
    expect(await signatureDoubts(await signedDocument({ rewrite }))).toEqual(expect.arrayContaining(['PROTECTED_FILES: FAILED']))
  })

  test('a check method on a single reference is none: all are digested by the one of References', async () => {
    const md5 = createHash('md5')
      .update(bytesOf(BODY[PAGE] ?? ''))
      .digest('base64')
    const own = `<ofd:Reference FileRef="/${PAGE}" CheckMethod="MD5"><ofd:CheckValue>${md5}</ofd:CheckValue></ofd:Reference></ofd:References>`
    const rewrite = (xml: string) => xml.replace('</ofd:References>', own)
    expect(await signatureDoubts(await signedDocument({ rewrite }))).toEqual(['PROTECTED_FILES: FAILED'])
  })
})
