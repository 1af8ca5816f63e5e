import { expect, test } from 'vitest'
import { decodeSignedData, type SignedData } from '../../../pki/cms/signed-data.ts'
import { validationMaterialOf } from '../../../pki/cms/validation-material.ts'
import { encodeElement, encodeExplicit, encodeNull, encodeObjectIdentifier, encodeSequence } from '../../../pki/der/writer.ts'
import { decodeOcspResponse } from '../../../pki/ocsp/response.ts'
import { decodeTimeStampToken } from '../../../pki/timestamp/token.ts'
import { verifyTimeStampToken } from '../../../pki/timestamp/verify-token.ts'
import { attribute, cadesSignature } from '../../support/cades.ts'
import { basicOf, testOcspResponse } from '../../support/ocsp.ts'
import { CONTENT, MADE_AT, pki, stampOver } from '../../support/seals.ts'
import {
  archivalAttribute,
  CERTIFICATE_VALUES,
  REVOCATION_VALUES,
  revocationValues,
  withCrls,
} from '../../support/validation-material.ts'

const crl = pki.crl()
const ocsp = testOcspResponse({ certificate: pki.signer.certificate, issuer: pki.ca, producedAt: MADE_AT })
const plain = (bytes: readonly Uint8Array[]) => bytes.map((one) => Buffer.from(one).toString('hex'))
const other = (format: string, value: Uint8Array) => encodeElement(0xa1, encodeObjectIdentifier(format), value)

async function signedWith(unsigned: readonly Uint8Array[] = [], crls: readonly Uint8Array[] = []): Promise<SignedData> {
  const options = unsigned.length === 0 ? {} : { unsigned: () => Buffer.concat(unsigned) }
  return decodeSignedData(withCrls(await cadesSignature(CONTENT, pki.signer.signer, options), crls))
}

test('CRLs and OCSP responses among the revocation values of signed data are read', async () => {
  const choices = [crl, other('1.3.6.1.5.5.7.16.2', ocsp), other('1.3.6.1.5.5.7.48.1.1', basicOf(ocsp))]
  const { revocations, fault } = validationMaterialOf(await signedWith([], choices))
  expect(plain(revocations).sort()).toEqual(plain([crl, ocsp, ocsp]).sort())
  expect(fault).toBeNull()
})

test('the values that CAdES keeps in unsigned attributes are read, and an OCSP response is as if it had been fetched', async () => {
  const unsigned = [
    attribute(CERTIFICATE_VALUES, encodeSequence(pki.ca.certificate, pki.root.certificate)),
    attribute(REVOCATION_VALUES, revocationValues([crl], [basicOf(ocsp)])),
  ]
  const { certificates, revocations, fault } = validationMaterialOf(await signedWith(unsigned))
  expect(plain(certificates)).toEqual(plain([pki.ca.certificate, pki.root.certificate]))
  expect(plain(revocations)).toEqual(plain([crl, ocsp]))
  expect([decodeOcspResponse(revocations[1] ?? crl).status, fault]).toEqual(['successful', null])
})

test("Adobe's archival attribute is read", async () => {
  const { revocations } = validationMaterialOf(await signedWith([archivalAttribute([crl], [ocsp])]))
  expect(plain(revocations)).toEqual(plain([crl, ocsp]))
})

test.each<[string, readonly Uint8Array[], readonly Uint8Array[]]>([
  ['an attribute that is no structure', [attribute(REVOCATION_VALUES, encodeNull())], []],
  ['a list that is cut off', [attribute(REVOCATION_VALUES, encodeSequence(encodeExplicit(0, encodeNull())))], []],
  ['a kind nobody here reads', [], [other('1.3.6.1.5.5.7.16.4', encodeSequence())]],
  [
    'more than 256 of a kind',
    [
      attribute(
        REVOCATION_VALUES,
        revocationValues(
          Array.from({ length: 257 }, () => crl),
          [],
        ),
      ),
    ],
    [],
  ],
])('%s is left out and told, and harms nothing beside it', async (_, unsigned, crls) => {
  const { revocations, fault } = validationMaterialOf(await signedWith([...unsigned, archivalAttribute([crl], [])], crls))
  expect(plain(revocations)).toEqual(plain([crl]))
  expect(fault).not.toBeNull()
})

test('what a time-stamp token carries is handed on with the time-stamp', () => {
  const token = decodeTimeStampToken(withCrls(stampOver(CONTENT), [crl]))
  const verdict = verifyTimeStampToken(token, CONTENT)
  expect('timeStamp' in verdict && plain(verdict.timeStamp.material.revocations)).toEqual(plain([crl]))
})

test('without any, there is none', async () => {
  expect(validationMaterialOf(await signedWith())).toEqual({ certificates: [], revocations: [], fault: null })
})
