import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONTENT_TYPE, decodeAttributes, encodeAttributes, MESSAGE_DIGEST } from '../../../pki/cms/attributes.ts'
import { DATA } from '../../../pki/cms/content-types.ts'
import { decodeSignedData, encodeSignedData, verifySignedData } from '../../../pki/cms/signed-data.ts'
import { openDer } from '../../../pki/der/reader.ts'
import { encodeInteger, encodeObjectIdentifier, encodeOctetString, encodeSequence, encodeSetOf } from '../../../pki/der/writer.ts'
import { PkiError } from '../../../pki/error.ts'
import { sm3 } from '../../../pki/sm3.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { codeOf } from '../../support/code.ts'
import { elementsIn } from '../../support/der-surgery.ts'
import { testPki } from '../../support/pki.ts'
import { assemble, attribute, type SignerInfoParts, signerInfo, signerInfosOf } from './surgery.ts'

const at = Date.UTC(2026, 0, 15, 8)
const pki = testPki(at)
const content = Buffer.from('{"platform":"411728","sequence":1}\n')
const { signer } = pki.platform

describe.each([
  ['with attributes', {}],
  ['with attributes and a signing time', { signingTime: at }],
  ['without attributes', { withoutAttributes: true }],
  ['detached, with attributes', { detached: true }],
  ['detached, without attributes', { detached: true, withoutAttributes: true }],
  ['as RFC 5652', { standard: 'RFC 5652' }],
] as const)('signed data %s', (_, options) => {
  const given = 'detached' in options ? content : undefined

  test('holds for its signer over the content, and says what was claimed', async () => {
    const signed = decodeSignedData(await encodeSignedData(content, signer, options))
    expect(verifySignedData(signed, given)).toEqual([
      {
        signer: signed.signers[0],
        certificate: pki.platform.certificate,
        holds: true,
        failure: null,
        quirks: [],
        signingTime: 'signingTime' in options ? at : null,
      },
    ])
  })

  test('with any byte changed it is refused, or does not hold, or says the same about the same content and key', async () => {
    const der = await encodeSignedData(content, signer, options)
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (position, difference) => {
        const changed = Uint8Array.from(der)
        changed[position] = (changed[position] ?? 0) ^ difference
        const verified = verifyOrRefuse(changed, given)
        const [result] = verified?.results ?? []
        if (!result?.holds) return
        expect(Buffer.compare(verified?.signed.content ?? content, content)).toBe(0)
        expect(Buffer.compare(decodeCertificate(result.certificate ?? der).spki, pki.platform.spki)).toBe(0)
        expect(result.signingTime).toBe('signingTime' in options ? at : null)
      }),
      { numRuns: 150 },
    )
  })
})

describe('content', () => {
  test('detached without content: CONTENT_MISSING', async () => {
    const signed = decodeSignedData(await encodeSignedData(content, signer, { detached: true }))
    expect(signed.content).toBeNull()
    expect(verifySignedData(signed)).toMatchObject([{ holds: false, failure: 'CONTENT_MISSING' }])
  })

  test('other content: DIGEST_MISMATCH with attributes, SIGNATURE without', async () => {
    const other = Buffer.from('other')
    const attributed = decodeSignedData(await encodeSignedData(content, signer, { detached: true }))
    expect(verifySignedData(attributed, other)).toMatchObject([{ holds: false, failure: 'DIGEST_MISMATCH' }])
    const bare = decodeSignedData(await encodeSignedData(content, signer, { detached: true, withoutAttributes: true }))
    expect(verifySignedData(bare, other)).toMatchObject([{ holds: false, failure: 'SIGNATURE' }])
  })

  test('embedded content that is not the content given: CONTENT_DIFFERS', async () => {
    const signed = decodeSignedData(await encodeSignedData(content, signer))
    expect(verifySignedData(signed, content)).toMatchObject([{ holds: true }])
    expect(verifySignedData(signed, Buffer.from('other'))).toMatchObject([{ holds: false, failure: 'CONTENT_DIFFERS' }])
  })

  test('a digest as content stands for the file only where that is asked for, and is noted', async () => {
    const digest = sm3(content)
    const raw = decodeSignedData(await encodeSignedData(digest, signer))
    const base64 = decodeSignedData(await encodeSignedData(Buffer.from(Buffer.from(digest).toString('base64')), signer))
    expect(verifySignedData(raw, content)).toMatchObject([{ holds: false, failure: 'CONTENT_DIFFERS' }])
    const options = { contentMayBeDigest: true }
    expect(verifySignedData(raw, content, options)).toMatchObject([{ holds: true, quirks: ['CONTENT_IS_DIGEST'] }])
    expect(verifySignedData(base64, content, options)).toMatchObject([{ holds: true, quirks: ['CONTENT_IS_DIGEST_IN_BASE64'] }])
    expect(verifySignedData(raw, Buffer.from('other'), options)).toMatchObject([{ holds: false, failure: 'CONTENT_DIFFERS' }])
  })

  test('signed attributes passed off as content do not hold', async () => {
    const attributes = encodeAttributes(DATA['GB/T 35275'], sm3(content))
    const der = await encodeSignedData(attributes, signer, { withoutAttributes: true })
    expect(verifySignedData(decodeSignedData(der))).toMatchObject([{ holds: false, failure: 'ATTRIBUTES' }])
  })
})

describe('the signer’s certificate', () => {
  test('not at hand: CERTIFICATE_MISSING; given beside: holds', async () => {
    const der = assemble({ content, certificates: [], signerInfos: signerInfosOf(await encodeSignedData(content, signer)) })
    expect(verifySignedData(decodeSignedData(der))).toMatchObject([
      { holds: false, failure: 'CERTIFICATE_MISSING', certificate: null },
    ])
    const certificates = [pki.maker.certificate, pki.platform.certificate]
    expect(verifySignedData(decodeSignedData(der), undefined, { certificates })).toMatchObject([
      { holds: true, certificate: pki.platform.certificate },
    ])
  })

  test('another with the same issuer and serial number and another key: SIGNATURE, and the true one is still found', async () => {
    const { serialNumber } = pki.platform
    const impostor = pki.issue('冒名', { serialNumber }).certificate
    const signerInfos = signerInfosOf(await encodeSignedData(content, signer))
    const verify = (...certificates: Uint8Array[]) =>
      verifySignedData(decodeSignedData(assemble({ content, signerInfos, certificates })))
    expect(verify(impostor)).toMatchObject([{ holds: false, failure: 'SIGNATURE', certificate: impostor }])
    expect(verify(impostor, pki.platform.certificate)).toMatchObject([{ holds: true, certificate: pki.platform.certificate }])
  })

  test('another of the same key, named otherwise: CERTIFICATE_MISSING, whose key it is does not tell who signed', async () => {
    const twin = pki.issue('同钥', { key: '县级平台', serialNumber: 0x7777n })
    const signerInfos = signerInfosOf(await encodeSignedData(content, { ...signer, certificate: twin.certificate }))
    const verify = (...certificates: Uint8Array[]) =>
      verifySignedData(decodeSignedData(assemble({ content, signerInfos, certificates })))
    const others = [pki.platform.certificate, pki.maker.certificate]
    expect(verify(...others)).toMatchObject([{ holds: false, failure: 'CERTIFICATE_MISSING' }])
  })

  test('named by its key identifier it is found by that and by nothing else', async () => {
    const keyIdentifier = decodeCertificate(pki.platform.certificate).extensions.subjectKeyIdentifier ?? expect.unreachable()
    const named = async (by: Uint8Array) => {
      const signerInfos = [await signerInfo(content, signer, { keyIdentifier: by })]
      return verifySignedData(decodeSignedData(assemble({ content, signerInfos, certificates: [signer.certificate] })))
    }
    expect(await named(keyIdentifier)).toMatchObject([{ holds: true, quirks: [] }])
    for (const other of [keyIdentifier.subarray(1), Buffer.from(keyIdentifier).reverse()])
      expect(await named(other)).toMatchObject([{ holds: false, failure: 'CERTIFICATE_MISSING' }])
  })

  test('with a key that is none: KEY', async () => {
    const broken = Buffer.from(pki.platform.certificate)
    const point = broken.indexOf(pki.platform.spki) + pki.platform.spki.length - 1
    broken[point] = (broken[point] ?? 0) ^ 1
    const signerInfos = signerInfosOf(await encodeSignedData(content, signer))
    const der = assemble({ content, signerInfos, certificates: [broken] })
    expect(verifySignedData(decodeSignedData(der))).toMatchObject([{ holds: false, failure: 'KEY' }])
  })

  test('embedded bytes that are no certificate are nobody’s', async () => {
    const der = await encodeSignedData(content, signer, { certificates: [encodeSequence(encodeInteger(1))] })
    expect(verifySignedData(decodeSignedData(der))).toMatchObject([{ holds: true }])
  })
})

describe('attributes and algorithms', () => {
  const contentType = attribute(CONTENT_TYPE, encodeObjectIdentifier(DATA['GB/T 35275']))
  const otherType = attribute(CONTENT_TYPE, encodeObjectIdentifier('1.2.3'))
  const digest = attribute(MESSAGE_DIGEST, encodeOctetString(sm3(content)))
  const weak = { digestOid: '1.3.14.3.2.26', attributes: [contentType, digest] }

  test('a message digest that is not accepted: ALGORITHM, although attributes are there', async () => {
    expect(verifySignedData(decodeSignedData(await handmade(weak)))).toMatchObject([{ holds: false, failure: 'ALGORITHM' }])
  })

  const twice = (type: string, value: Uint8Array) => encodeSequence(encodeObjectIdentifier(type), encodeSetOf(value, value))

  test.each([
    ['without a content type', [digest]],
    ['without a message digest', [contentType]],
    ['with a content type of another kind', [otherType, digest]],
    ['with two message digests in one', [contentType, twice(MESSAGE_DIGEST, encodeOctetString(sm3(content)))]],
    ['with two content types in one', [twice(CONTENT_TYPE, encodeObjectIdentifier(DATA['GB/T 35275'])), digest]],
  ])('%s: ATTRIBUTES', async (_, attributes) => {
    const der = await handmade({ attributes })
    expect(verifySignedData(decodeSignedData(der))).toMatchObject([{ holds: false, failure: 'ATTRIBUTES' }])
  })

  test('content that is not plain data demands attributes: ATTRIBUTES', async () => {
    const timeStampInfo = '1.2.840.113549.1.9.16.1.4'
    const bare = await encodeSignedData(content, signer, { contentType: timeStampInfo, withoutAttributes: true })
    expect(verifySignedData(decodeSignedData(bare))).toMatchObject([{ holds: false, failure: 'ATTRIBUTES' }])
    const attributed = await encodeSignedData(content, signer, { contentType: timeStampInfo })
    expect(verifySignedData(decodeSignedData(attributed))).toMatchObject([{ holds: true }])
  })

  test('attributes that say plain data of a content that is none: ATTRIBUTES', async () => {
    const other = '1.2.840.113549.1.9.16.1.4'
    const signerInfos = signerInfosOf(await encodeSignedData(content, signer))
    const plain = assemble({ content, signerInfos, certificates: [signer.certificate] })
    expect(verifySignedData(decodeSignedData(plain))).toMatchObject([{ holds: true }])
    const passedOff = assemble({ content, signerInfos, certificates: [signer.certificate], contentType: other })
    expect(verifySignedData(decodeSignedData(passedOff))).toMatchObject([{ holds: false, failure: 'ATTRIBUTES' }])
  })

  test('over 64 attributes: TOO_LARGE', () => {
    const set = (count: number) =>
      encodeSetOf(...Array.from({ length: count }, (_, i) => attribute(`1.2.3.${i}`, encodeInteger(i))))
    const codeFor = (count: number) => codeOf(() => decodeAttributes(openDer(set(count)).set()))
    expect([codeFor(64), codeFor(65)]).toEqual([null, 'TOO_LARGE'])
  })

  test('an attribute twice is refused as STRUCTURE', () => {
    const set = encodeSetOf(digest, digest)
    expect(() => decodeAttributes(openDer(set).set())).toThrow(expect.objectContaining({ code: 'STRUCTURE' }))
  })

  test.each([
    ['SHA-1', '1.3.14.3.2.26', '1.2.156.10197.1.301.1'],
    ['a digest that does not agree with the signature', '2.16.840.1.101.3.4.2.1', '1.2.156.10197.1.301.1'],
    ['a signature algorithm never heard of', '1.2.156.10197.1.401', '1.2.3.4'],
    ['an algorithm that does not agree with the key', '2.16.840.1.101.3.4.2.1', '1.2.840.113549.1.1.11'],
  ])('%s: ALGORITHM', async (_, digestOid, signatureOid) => {
    const der = await handmade({ digestOid, signatureOid })
    expect(verifySignedData(decodeSignedData(der))).toMatchObject([{ holds: false, failure: 'ALGORITHM' }])
  })

  async function handmade(parts: SignerInfoParts) {
    const signerInfos = [await signerInfo(content, signer, parts)]
    return assemble({ content, signerInfos, certificates: [signer.certificate] })
  }
})

describe('bounds and structure', () => {
  test('nobody signed: STRUCTURE, so that no caller takes an empty list for a yes', () => {
    const der = assemble({ content, signerInfos: [], certificates: [] })
    expect(() => decodeSignedData(der)).toThrow(expect.objectContaining({ code: 'STRUCTURE' }))
  })

  test('over 16 signers or 32 certificates: TOO_LARGE', async () => {
    const signerInfos = signerInfosOf(await encodeSignedData(content, signer))
    const repeated = (count: number, certificates = 0) =>
      assemble({
        content,
        signerInfos: Array.from({ length: count }, () => signerInfos).flat(),
        certificates: Array.from({ length: certificates }, () => signer.certificate),
      })
    expect(decodeSignedData(repeated(16, 32)).signers).toHaveLength(16)
    expect(() => decodeSignedData(repeated(17))).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }))
    expect(() => decodeSignedData(repeated(1, 33))).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }))
  })

  test('what is not signed data at all, but enveloped data, is refused as STRUCTURE', async () => {
    const [, wrapper] = elementsIn(await encodeSignedData(content, signer))
    const enveloped = encodeSequence(encodeObjectIdentifier('1.2.840.113549.1.7.3'), wrapper ?? content)
    expect(codeOf(() => decodeSignedData(enveloped))).toBe('STRUCTURE')
  })

  test('a bare signature, a certificate and trailing bytes are no signed data', async () => {
    expect(() => decodeSignedData(signer.certificate)).toThrow(expect.objectContaining({ code: 'STRUCTURE' }))
    const der = await encodeSignedData(content, signer)
    expect(() => decodeSignedData(Buffer.concat([der, Uint8Array.of(0)]))).toThrow(expect.objectContaining({ code: 'DER' }))
  })

  test('two signers are told apart: one holds, one does not', async () => {
    const first = await encodeSignedData(content, signer)
    const second = await encodeSignedData(Buffer.from('other'), pki.maker.signer)
    const signerInfos = [...signerInfosOf(first), ...signerInfosOf(second)]
    const both = assemble({ content, signerInfos, certificates: [signer.certificate, pki.maker.certificate] })
    const results = verifySignedData(decodeSignedData(both))
    expect(results.map(({ failure }) => failure)).toEqual([null, 'DIGEST_MISMATCH'])
  })

  test('any bytes are decoded or refused with a code', async () => {
    const der = await encodeSignedData(content, signer)
    fc.assert(
      fc.property(fc.nat(der.length), fc.uint8Array({ maxLength: 12 }), (position, bytes) => {
        verifyOrRefuse(Buffer.concat([der.subarray(0, position), bytes, der.subarray(position + bytes.length)]), undefined)
      }),
      { numRuns: 150 },
    )
  })
})

function verifyOrRefuse(der: Uint8Array, given: Uint8Array | undefined) {
  try {
    const signed = decodeSignedData(der)
    return { signed, results: verifySignedData(signed, given) }
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}
