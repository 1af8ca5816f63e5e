import { expect, test } from 'vitest'
import { placeValue } from '../../../pki/cms/ber.ts'
import { encodeSignedData } from '../../../pki/cms/signed-data.ts'
import { openDer } from '../../../pki/der/reader.ts'
import { codeOf } from '../../support/code.ts'
import { pki } from '../../support/seals.ts'

const value = Uint8Array.from(await encodeSignedData(Buffer.from('abc'), pki.signer.signer))
const END = Buffer.from([0, 0])
const indefinite = (tag: number, ...parts: readonly Uint8Array[]) => Buffer.concat([Buffer.from([tag, 0x80]), ...parts, END])
const padded = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.alloc(20)])

/** The fields of SignedData as received. */
function parts() {
  const contentInfo = openDer(value).sequence()
  const type = contentInfo.any().encoded
  const fields = contentInfo.constructed(0xa0).sequence()
  const list: Uint8Array[] = []
  while (!fields.isEmpty()) list.push(fields.any().encoded)
  const [version, digests, content, certificates, signers] = list.map((part) => Buffer.from(part))
  if (!version || !digests || !content || !certificates || !signers) expect.unreachable('signed data has five parts')
  return { type, version, digests, content, certificates, signers }
}

const inside = (element: Uint8Array) => Buffer.from(openDer(element).any().content)

test('a value ends where its own length says, whatever follows', () => {
  const placed = placeValue(padded(value))
  expect({ ...placed, value: Uint8Array.from(placed.value) }).toEqual({ value, length: value.length, isBer: false })
  expect(placeValue(Buffer.concat([value, Buffer.from('ff', 'hex')])).length).toBe(value.length)
})

test('outer layers of indefinite length become what they would have been, with nothing a signature covers touched', () => {
  const { type, version, digests, content, certificates, signers } = parts()
  const piece = (text: string) => Buffer.concat([Buffer.from([0x04, text.length]), Buffer.from(text)])
  const oid = openDer(content).sequence().any().encoded
  const streamed = indefinite(
    0x30,
    type,
    indefinite(
      0xa0,
      indefinite(
        0x30,
        version,
        digests,
        indefinite(0x30, oid, indefinite(0xa0, indefinite(0x24, piece('a'), piece('bc')))),
        indefinite(0xa0, inside(certificates)),
        indefinite(0x31, inside(signers)),
      ),
    ),
  )
  expect(placeValue(padded(streamed))).toEqual({ value, length: streamed.length, isBer: true })
})

test('an indefinite length where a signature covers the bytes is refused', () => {
  const { type, version, digests, content, certificates, signers } = parts()
  const bySigner = indefinite(0x31, indefinite(0x30, inside(inside(signers))))
  const streamed = indefinite(0x30, type, indefinite(0xa0, indefinite(0x30, version, digests, content, certificates, bySigner)))
  expect(codeOf(() => placeValue(streamed))).toBe('DER')
})

test.each([
  ['nothing', ''],
  ['one byte', '30'],
  ['a length past the end', '3005'],
  ['a length of many octets', '308500000000010000'],
  ['a primitive of indefinite length', '3080048000000000'],
  ['no end', '3080020101'],
  ['layers without end', '3080'.repeat(5000)],
  ['other layers without end', 'a080'.repeat(20_000)],
  ['more layers than there are', `${'a080'.repeat(9)}${'0000'.repeat(9)}`],
  ['elements without end', `3080${'0500'.repeat(10_001)}0000`],
  ['an OCTET STRING of other pieces', '308024800201010000000000'],
  ['a high tag', '3f0100'],
])('bytes with %s are refused', (_, hex) => {
  expect(codeOf(() => placeValue(Buffer.from(hex, 'hex')))).toBe('DER')
})
