import { expect, test } from 'vitest'
import { CONTENT_TYPE, MESSAGE_DIGEST } from '../../../pki/cms/attributes.ts'
import { DATA } from '../../../pki/cms/content-types.ts'
import { encodeSignedData, verifySignedData } from '../../../pki/cms/signed-data.ts'
import { decodeSignedDataAsMet } from '../../../pki/cms/signed-data-as-met.ts'
import { openDer } from '../../../pki/der/reader.ts'
import { TAG } from '../../../pki/der/tag.ts'
import { encodeElement, encodeObjectIdentifier, encodeOctetString } from '../../../pki/der/writer.ts'
import { kindOfBytes } from '../../../pki/ses/kind.ts'
import { writeSignature } from '../../../pki/ses/signature-form.ts'
import { sm3 } from '../../../pki/sm3.ts'
import { decodeTimeStampToken } from '../../../pki/timestamp/token.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { codeOf } from '../../support/code.ts'
import { MADE_AT, pki, stampOver } from '../../support/seals.ts'
import { assemble, attribute, type SignerInfoParts, signerInfo } from './surgery.ts'

const XML = Buffer.from('<ofd:Signature/>')
const DIGEST = sm3(XML)
const CONTENT_TYPE_ATTRIBUTE = attribute(CONTENT_TYPE, encodeObjectIdentifier(DATA['GB/T 35275']))
const certificates = [pki.signer.certificate]

/** Signed data over a content, with the SignerInfo written otherwise, verified for XML. */
async function verified(content: Uint8Array, parts: SignerInfoParts, signer = pki.signer) {
  const signerInfos = [await signerInfo(content, signer.signer, parts)]
  const { signed } = decodeSignedDataAsMet(assemble({ content, signerInfos, certificates: [signer.certificate] }))
  const [result] = verifySignedData(signed, XML, { contentMayBeDigest: true })
  return { failure: result?.failure, quirks: result?.quirks }
}

function bareOf(der: Uint8Array): Uint8Array {
  const contentInfo = openDer(der).sequence()
  contentInfo.oid()
  return contentInfo.constructed(0xa0).sequence().encoded
}

/** The outermost layer with an indefinite length. */
function inBer(der: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([0x30, 0x80]), openDer(der).any().content, Buffer.from([0, 0])])
}

test('SignedData without its ContentInfo, and in outer layers of indefinite length, is read, known and said to be so', async () => {
  const der = await encodeSignedData(XML, pki.signer.signer, { detached: true })
  const odd = [
    [der, []],
    [bareOf(der), ['WITHOUT_CONTENT_INFO']],
    [inBer(der), ['INDEFINITE_LENGTHS']],
    [inBer(bareOf(der)), ['INDEFINITE_LENGTHS', 'WITHOUT_CONTENT_INFO']],
  ] as const
  for (const [bytes, quirks] of odd) {
    expect(kindOfBytes(bytes)).toBe('SIGNED_DATA')
    const met = decodeSignedDataAsMet(bytes)
    expect(met.quirks).toEqual(quirks)
    expect(verifySignedData(met.signed, XML)).toMatchObject([{ holds: true }])
  }
})

test('bytes after either are refused', async () => {
  const der = await encodeSignedData(XML, pki.signer.signer)
  for (const bytes of [der, bareOf(der), inBer(der)])
    expect(codeOf(() => decodeSignedDataAsMet(Buffer.concat([bytes, Uint8Array.of(0)])))).toBe('DER')
})

test('a time-stamp token in outer layers of indefinite length is the same token', () => {
  const token = decodeTimeStampToken(inBer(stampOver(XML)))
  expect(token.info.genTime).toBe(MADE_AT)
})

test.each([
  ['the curve of SM2', { signatureOid: '1.2.156.10197.1.301' }],
  ['the kind of key', { signatureOid: '1.2.840.10045.2.1' }],
  ['SM2 with SM3', { signatureOid: '1.2.156.10197.1.501' }],
  ['SM3 without a key', { digestOid: '1.2.156.10197.1.401.1' }],
] as const)('algorithms named by %s mean SM2 with SM3', async (_, parts) => {
  expect(await verified(XML, parts)).toEqual({ failure: null, quirks: [] })
})

test('named by the kind of key alone, another key than SM2’s is refused', async () => {
  const info = await signerInfo(XML, pki.signer.signer, {
    signatureOid: '1.2.840.10045.2.1',
    digestOid: '2.16.840.1.101.3.4.2.1',
  })
  const { signed } = decodeSignedDataAsMet(assemble({ content: XML, signerInfos: [info], certificates }))
  expect(verifySignedData(signed)).toMatchObject([{ failure: 'ALGORITHM' }])
})

test('a value of 64 raw bytes holds and is noted, and holds for nothing else', async () => {
  const written = (value: Uint8Array) => writeSignature(value, 'RAW')
  expect(await verified(XML, { written })).toEqual({ failure: null, quirks: ['SIGNATURE_IS_RAW'] })
  const swapped = (value: Uint8Array) => Buffer.from(written(value)).reverse()
  expect((await verified(XML, { written: swapped })).failure).toBe('SIGNATURE')
  const longer = (value: Uint8Array) => Buffer.concat([Uint8Array.of(0), written(value)])
  expect((await verified(XML, { written: longer })).failure).toBe('SIGNATURE')
})

test('where the content is the digest, the attribute may hold that digest or the digest of it, and nothing else', async () => {
  const attributes = (digest: Uint8Array) => [CONTENT_TYPE_ATTRIBUTE, attribute(MESSAGE_DIGEST, encodeOctetString(digest))]
  expect(await verified(DIGEST, { attributes: attributes(sm3(DIGEST)) })).toEqual({
    failure: null,
    quirks: ['CONTENT_IS_DIGEST'],
  })
  expect(await verified(DIGEST, { attributes: attributes(DIGEST) })).toEqual({
    failure: null,
    quirks: ['CONTENT_IS_DIGEST', 'ATTRIBUTE_IS_DIGEST_OF_ORIGINAL'],
  })
  expect((await verified(DIGEST, { attributes: attributes(sm3(Buffer.from('other'))) })).failure).toBe('DIGEST_MISMATCH')
  expect((await verified(sm3(Buffer.from('other')), { attributes: attributes(DIGEST) })).failure).toBe('CONTENT_DIFFERS')
})

test('an issuer written in other string types is found by its serial number, and noted; another key still fails', async () => {
  const { issuer } = decodeCertificate(pki.signer.certificate)
  const rewritten = Buffer.from(issuer.encoded)
  for (let at = rewritten.indexOf(TAG.PRINTABLE_STRING); at >= 0; at = rewritten.indexOf(TAG.PRINTABLE_STRING, at + 1))
    rewritten[at] = TAG.UTF8_STRING
  expect(await verified(XML, { issuer: rewritten })).toEqual({ failure: null, quirks: ['SIGNER_NAMED_OTHERWISE'] })
  const info = await signerInfo(XML, pki.signer.signer, { issuer: rewritten })
  const impostor = pki.issue('冒名', { serialNumber: pki.signer.serialNumber }).certificate
  const { signed } = decodeSignedDataAsMet(assemble({ content: XML, signerInfos: [info], certificates: [impostor] }))
  expect(verifySignedData(signed)).toMatchObject([{ holds: false, failure: 'SIGNATURE' }])
})

test('a value written as no OCTET STRING, or with something after it, is refused', async () => {
  const broken = encodeElement(TAG.SEQUENCE, await signerInfo(XML, pki.signer.signer, {}), Uint8Array.of(5, 0))
  expect(codeOf(() => decodeSignedDataAsMet(assemble({ content: XML, signerInfos: [broken], certificates })))).toBe('STRUCTURE')
})
