import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { inspectDocumentBytes } from '../../../subgraphs/seals/facts/document.ts'
import { codeOf } from '../../support/code.ts'
import { archiveOf, type Files, listOf, signedDocument, textOf } from '../../support/ofd.ts'
import { signatureDoubts } from '../../support/ofd-findings.ts'
import { edited, LIST, signed, XML } from './attacked.ts'

describe('bounds', () => {
  const refused = async (files: Files) => {
    const archive = await archiveOf(files)
    return codeOf(() => inspectDocumentBytes(archive))
  }

  test('over 256 signatures, 64 documents, 20,000 references or 64 levels: TOO_LARGE', async () => {
    expect(await refused({ ...signed, [LIST]: listOf(257) })).toBe('TOO_LARGE')
    const body = '<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>'
    expect(
      await refused({ ...signed, 'OFD.xml': textOf(signed['OFD.xml']).replace('</ofd:OFD>', `${body.repeat(64)}</ofd:OFD>`) }),
    ).toBe('TOO_LARGE')
    const reference = '<ofd:Reference FileRef="/OFD.xml"><ofd:CheckValue>AA==</ofd:CheckValue></ofd:Reference>'
    expect(await refused(edited(XML, '</ofd:References>', `${reference.repeat(20_001)}</ofd:References>`))).toBe('TOO_LARGE')
    expect(await refused(edited(XML, '</ofd:SignedInfo>', `${'<x>'.repeat(70)}${'</x>'.repeat(70)}</ofd:SignedInfo>`))).toBe(
      'TOO_LARGE',
    )
  })

  test('an encrypted package is refused as UNSUPPORTED, whatever of it is plain', async () => {
    const entry = '<Encryptions xmlns="http://www.ofdspec.org/2016"/>'
    expect(await refused({ ...signed, 'Encryptions.xml': entry })).toBe('UNSUPPORTED')
    expect(await refused({ 'Encryptions.xml': entry, 'decryptseed.dat': 'x', 'entriesmap.dat': 'x' })).toBe('UNSUPPORTED')
  })
})

test.each([
  ['MD5', 'md5', 'UNKNOWN'],
  ['SHA1', 'sha1', 'UNKNOWN'],
  ['', 'md5', 'UNKNOWN'],
  ['SM2', 'sm3', 'UNKNOWN'],
  ['SM3', 'md5', 'FAILED'],
] as const)('check method %j over %s digests does not pass: PROTECTED_FILES %s', async (checkMethod, algorithm, outcome) => {
  const digest = (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest()
  expect(await signatureDoubts(await signedDocument({ checkMethod, digest }))).toEqual([`PROTECTED_FILES: ${outcome}`])
})

test('past a hundred files that cannot be vouched for, the rest is no better: PROTECTED_FILES UNKNOWN', async () => {
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`Doc_0/Res/${i}.txt`, 'x']))
  const { signatures } = inspectDocumentBytes(await archiveOf(await signedDocument({ checkMethod: 'CRC32' }, many)))
  const rows = signatures[0]?.checks.filter(({ check }) => check === 'PROTECTED_FILES') ?? []
  expect(rows.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 101 }, () => 'UNKNOWN'))
})
