import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describe } from '../../../../model/checks/catalogue.ts'
import { HubError } from '../../../../model/error.ts'
import type { FactCheck } from '../../../../model/facts.ts'
import { encodeSignedData } from '../../../../pki/cms/signed-data.ts'
import { encodeEcSignature } from '../../../../pki/sm2-signature.ts'
import { inspectDocumentBytes } from '../../../../subgraphs/seals/facts/document.ts'
import { codeOf } from '../../../support/code.ts'
import {
  archiveOf,
  documentFiles,
  type Files,
  listedSignature,
  listOf,
  sealedValue,
  signedDocument,
} from '../../../support/ofd.ts'
import { pki, sealOf } from '../../../support/seals.ts'

/** Of each signature, everything that failed or could not be told. */
async function notHolding(files: Files): Promise<readonly (readonly string[])[]> {
  const { checks, signatures } = inspectDocumentBytes(await archiveOf(files))
  expect(notPassed(checks)).toEqual([])
  return signatures.map((signature) => notPassed(signature.checks))
}

function notPassed(checks: readonly FactCheck[]): readonly string[] {
  const rows = checks.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNKNOWN')
  return rows.map(({ check, object, outcome }) => `${check} ${object}: ${outcome}`)
}

const PAGE = 'Doc_0/Pages/Page_0/Content.xml'

test('a document signed over all its files holds', async () => {
  expect(await notHolding(await signedDocument())).toEqual([[]])
})

test('a changed, missing or replaced file fails by its name', async () => {
  const files = await signedDocument()
  const { [PAGE]: _, ...without } = files
  expect(await notHolding({ ...files, [PAGE]: '<page/>' })).toEqual([[`PROTECTED_FILES /${PAGE}: FAILED`]])
  expect(await notHolding(without)).toEqual([[`PROTECTED_FILES /${PAGE}: FAILED`]])
})

test.each([
  ['SM3', 'sm3', []],
  ['1.2.156.10197.1.401', 'sm3', []],
  ['1.2.156.10197.1.401.2', 'sm3', []],
  ['SHA-256', 'sha256', []],
  ['2.16.840.1.101.3.4.2.1', 'sha256', []],
  ['SHA1', 'sha1', ['UNKNOWN']],
  ['MD5', 'md5', ['UNKNOWN']],
  ['', 'md5', ['UNKNOWN']],
  ['CRC32', 'md5', ['UNKNOWN']],
  ['SM3', 'sha256', ['FAILED']],
  ['MD5', 'sm3', ['FAILED']],
] as const)('check method %j over %s digests: %j', async (checkMethod, algorithm, expected) => {
  const digest = (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest()
  const [rows = []] = await notHolding(await signedDocument({ checkMethod, digest }))
  expect([...new Set(rows.map((row) => row.split(': ')[1]))]).toEqual(expected)
})

test('what is shown and not protected leaves it unknown, whichever way the document comes to it; what is not shown is a note', async () => {
  const all = Object.keys(documentFiles())
  for (const bare of [PAGE, 'Doc_0/Res/stamp.png', 'Doc_0/PublicRes.xml', 'Doc_0/Document.xml']) {
    const rows = await notHolding(await signedDocument({ protects: all.filter((name) => name !== bare) }))
    expect(rows).toEqual([['UNPROTECTED_FILES signature s1: UNKNOWN']])
  }
  const { signatures } = inspectDocumentBytes(await archiveOf({ ...(await signedDocument()), 'Doc_0/notes.txt': 'x' }))
  expect(signatures[0]?.checks.find(({ check }) => check === 'UNPROTECTED_FILES')).toMatchObject({ outcome: 'NOTE' })
})

test('a file named in malformed XML is shown as well', async () => {
  const broken = '<page><a href="extra.png"></page>'
  const files = await signedDocument({}, { [PAGE]: broken })
  expect(await notHolding({ ...files, 'Doc_0/Pages/Page_0/extra.png': 'x' })).toEqual([
    ['UNPROTECTED_FILES signature s1: UNKNOWN'],
  ])
})

test('a further signature cannot pass a shown file off as a part of itself', async () => {
  const protects = Object.keys(documentFiles()).filter((name) => name !== PAGE)
  const files = await signedDocument({ protects })
  const bogus = `<Signature><SignedInfo><References CheckMethod="SM3"><Reference FileRef="/OFD.xml"><CheckValue>AA==</CheckValue></Reference></References></SignedInfo><SignedValue>/${PAGE}</SignedValue></Signature>`
  const [first] = await notHolding({
    ...files,
    'Doc_0/Signs/Sign_1/Signature.xml': bogus,
    'Doc_0/Signs/Signatures.xml': listOf(2),
  })
  expect(first).toEqual(['UNPROTECTED_FILES signature s1: UNKNOWN'])
})

test('two signatures hold beside each other; one that protects the list fails when another is appended', async () => {
  const body = documentFiles()
  const protects = Object.keys(body)
  const listed = { ...body, 'Doc_0/Signs/Signatures.xml': listOf(2) }
  const first = await listedSignature(0, { protects }, listed)
  const second = await listedSignature(1, { protects: [...protects, ...Object.keys(first)] }, { ...listed, ...first })
  expect(await notHolding({ ...listed, ...first, ...second })).toEqual([[], []])
  const alone = { ...body, 'Doc_0/Signs/Signatures.xml': listOf(1) }
  const closed = await listedSignature(0, { protects: Object.keys(alone) }, alone)
  const appended = await listedSignature(1, { protects }, listed)
  expect(await notHolding({ ...alone, ...closed, ...appended, 'Doc_0/Signs/Signatures.xml': listOf(2) })).toEqual([
    ['PROTECTED_FILES /Doc_0/Signs/Signatures.xml: FAILED'],
    [],
  ])
})

test('a signature is worth no more than those it builds upon', async () => {
  const body = documentFiles()
  const relating = async (relatives: readonly (string | undefined)[], changes: Files = {}) => {
    const files = { ...body, 'Doc_0/Signs/Signatures.xml': listOf(relatives.length, [], relatives) }
    const parts = await Promise.all(relatives.map((_, i) => listedSignature(i, { protects: Object.keys(body) }, files)))
    const rows = await notHolding({ ...files, ...Object.assign({}, ...parts), ...changes })
    return rows.map((all) => all.filter((row) => row.startsWith('BASE_SIGNATURE')))
  }
  const broken = { 'Doc_0/Signs/Sign_0/SignedValue.dat': 'nothing' }
  expect(await relating([undefined, 's1', 's2'])).toEqual([[], [], []])
  expect(await relating([undefined, 's1', 's2'], broken)).toEqual([
    [],
    ['BASE_SIGNATURE signature s1: FAILED'],
    ['BASE_SIGNATURE signature s2: FAILED'],
  ])
  expect(await relating(['s9'])).toEqual([['BASE_SIGNATURE signature s9: FAILED']])
  expect(await relating(['s2', 's1'])).toEqual([['BASE_SIGNATURE signature s2: FAILED'], ['BASE_SIGNATURE signature s1: FAILED']])
})

test('two signatures cannot share a file or a value, and past a hundred bad files the rest is counted', async () => {
  const files = await signedDocument()
  const twice = listOf(2).replace('Sign_1/', 'Sign_0/')
  expect((await notHolding({ ...files, 'Doc_0/Signs/Signatures.xml': twice }))[1]).toContain(
    'SIGNATURE_FILE signature s2: FAILED',
  )
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`Doc_0/Res/${i}.txt`, 'x']))
  const signed = await signedDocument({}, many)
  const [rows] = await notHolding({ ...signed, ...Object.fromEntries(Object.keys(many).map((name) => [name, 'y'])) })
  expect(rows?.length).toBe(101)
  expect(rows?.at(-1)).toBe('PROTECTED_FILES signature s1: FAILED')
})

test('what an outsider names reaches a report without control and direction characters', async () => {
  const list = listOf(1).replace('ID="s1"', 'ID="s\u202e1"')
  const files = { ...(await signedDocument({ checkMethod: 'X\u200fY' })), 'Doc_0/Signs/Signatures.xml': list }
  const { signatures } = inspectDocumentBytes(await archiveOf(files))
  expect(signatures[0]?.checks.map(({ object }) => object)).toContain('signature s·1')
  expect(JSON.stringify(signatures[0]?.checks)).not.toMatch(/[\u202e\u200f]/)
})

test('signatures of type Sign hold with the content or its digest signed', async () => {
  const detached = await signedDocument({
    type: 'Sign',
    value: (xml) => encodeSignedData(xml, pki.signer.signer, { detached: true }),
  })
  const digest = await signedDocument({
    type: 'Sign',
    value: (xml) => encodeSignedData(createHash('sm3').update(xml).digest(), pki.signer.signer),
  })
  expect([await notHolding(detached), await notHolding(digest)]).toEqual([[[]], [[]]])
})

test('a seal or stamp shown beside a value that carries none never passes: it looks sealed and is not', async () => {
  const plain = (shown: string) =>
    signedDocument({
      type: 'Sign',
      signedInfo: shown,
      value: (xml) => encodeSignedData(xml, pki.signer.signer, { detached: true }),
    })
  const seal = '<ofd:Seal><ofd:BaseLoc>/Doc_0/Res/stamp.png</ofd:BaseLoc></ofd:Seal>'
  expect(await notHolding(await plain(seal))).toEqual([['SEAL_FILE signature s1: FAILED']])
  const stamp = '<ofd:StampAnnot ID="1" PageRef="1" Boundary="0 0 40 40"/>'
  expect(await notHolding(await plain(stamp))).toEqual([['SEAL_FILE signature s1: UNKNOWN']])
})

test('a value made for another place or another Signature.xml does not pass', async () => {
  const elsewhere = await signedDocument({ value: (xml) => sealedValue(xml, '/Doc_0/Signs/Sign_7/Signature.xml') })
  expect(await notHolding(elsewhere)).toEqual([['PROTECTED_RANGE signature s1: UNKNOWN']])
  const other = await signedDocument({ value: (_, path) => sealedValue(Buffer.from('other'), path) })
  expect(await notHolding(other)).toEqual([['DATA_HASH signature: FAILED']])
})

test('a signature that cannot be read fails alone, the others are judged', async () => {
  const files = await signedDocument()
  const list = { 'Doc_0/Signs/Signatures.xml': listOf(2) }
  const missing = await notHolding({ ...files, ...list })
  expect(missing).toEqual([[], ['SIGNATURE_FILE signature s2: FAILED', 'SIGNATURE_FORMAT signature: FAILED']])
  const broken = await notHolding({ ...files, ...list, 'Doc_0/Signs/Sign_1/Signature.xml': '<Signature>' })
  expect(broken[1]).toContain('SIGNATURE_FILE signature s2: FAILED')
  const noValue = await notHolding(await signedDocument({ value: async () => Buffer.from('nothing') }))
  expect(noValue).toEqual([['SIGNATURE_FORMAT signature: FAILED']])
})

test('every signature of every document has its own id, and so has the same signature in another document', async () => {
  const files = await signedDocument()
  const first = inspectDocumentBytes(await archiveOf(files))
  const second = inspectDocumentBytes(await archiveOf({ ...files, [PAGE]: '<page/>' }))
  expect(first.signatures[0]?.digest).toBe(second.signatures[0]?.digest)
  expect(first.signatures[0]?.id).not.toBe(second.signatures[0]?.id)
})

test('a package without OFD.xml is a failed document, bytes that begin no archive are UNREADABLE', async () => {
  const { checks } = inspectDocumentBytes(await archiveOf({ 'a.txt': 'a' }))
  expect(notPassed(checks)).toEqual(['DOCUMENT_FORMAT document: FAILED'])
  expect(() => inspectDocumentBytes(Buffer.from('hello'))).toThrow(expect.objectContaining({ code: 'UNREADABLE' }))
  expect(notPassed(inspectDocumentBytes(Buffer.from('%PDF-1.7')).checks)).toEqual(['PDF_FORMAT document: FAILED'])
})

test('a document takes no content beside it, and a seal is no document', async () => {
  const codeFor = (bytes: Uint8Array, content: Uint8Array | null) => codeOf(() => inspectDocumentBytes(bytes, content))
  for (const bytes of [await archiveOf(await signedDocument()), Buffer.from('%PDF-1.7')])
    expect([codeFor(bytes, new Uint8Array()), codeFor(bytes, null)]).toEqual(['BAD_INPUT', null])
  expect(codeFor(await sealOf('SES_V4'), null)).toBe('UNREADABLE')
})

test('a value on its own is signed, and its content not at hand leaves it unknown', async () => {
  const value = await sealedValue(Buffer.from('a'), '/a')
  const { kind, checks, signatures } = inspectDocumentBytes(value)
  expect({ kind, checks }).toMatchObject({ kind: 'SIGNATURE_VALUE', checks: [{ check: 'DOCUMENT_SIGNED', outcome: 'PASSED' }] })
  expect(notPassed(signatures[0]?.checks ?? [])).toEqual(['DATA_HASH signature: UNKNOWN'])
  expect(notPassed(inspectDocumentBytes(value, Buffer.from('a')).signatures[0]?.checks ?? [])).toEqual([])
  const bare = encodeEcSignature({ r: 1n, s: 1n })
  const left = ['SIGNER_CERTIFICATE signature: UNKNOWN', 'SIGNATURE_VALUE signature: UNKNOWN']
  expect(notPassed(inspectDocumentBytes(bare, Buffer.from('a')).signatures[0]?.checks ?? [])).toEqual(left)
  expect(notPassed(inspectDocumentBytes(bare).signatures[0]?.checks ?? [])).toEqual([...left, 'DATA_HASH signature: UNKNOWN'])
})

test('no changed byte of a document leaves every signature holding, and none is answered without a code', async () => {
  const archive = await archiveOf(await signedDocument())
  const whole = inspectDocumentBytes(archive)
  fc.assert(
    fc.property(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 }), (position, by) => {
      const changed = Uint8Array.from(archive)
      changed[position] = (changed[position] ?? 0) ^ by
      try {
        const { checks, signatures } = inspectDocumentBytes(changed)
        for (const check of [...checks, ...signatures.flatMap((signature) => signature.checks)]) describe(check)
        const holds = signatures.length > 0 && signatures.every((signature) => notPassed(signature.checks).length === 0)
        // Times and attributes in the archive's directory are nobody's content.
        if (holds) expect(signatures.map(({ digest }) => digest)).toEqual(whole.signatures.map(({ digest }) => digest))
      } catch (error) {
        if (!(error instanceof HubError)) throw error
      }
    }),
    { numRuns: 300 },
  )
})
