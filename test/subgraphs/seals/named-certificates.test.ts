import { expect, test } from 'vitest'
import { sm3 } from '../../../pki/sm3.ts'
import { authorityKeyOf } from '../../../pki/x509/authority-key.ts'
import { decodeCertificate, fingerprintOf } from '../../../pki/x509/certificate.ts'
import { inspectSealBytes } from '../../../subgraphs/seals/facts/seal.ts'
import { namedCertificates } from '../../../subgraphs/seals/named-certificates.ts'
import { pki, sealOf } from '../../support/seals.ts'
import { property } from './member.ts'

async function namedIn(certList: NonNullable<ReturnType<typeof property>['property']>['certList']) {
  const reading = inspectSealBytes(await sealOf('SES_V4', property({ certList })))
  return reading.seal && namedCertificates(reading.seal, reading.certificates)
}

const issuer = authorityKeyOf(decodeCertificate(pki.ca.certificate))
const maker = { role: 'MAKER', digest: pki.maker.fingerprint, issuer }

test('the maker and every listed signer are named with their issuer, each once', async () => {
  const signers = [pki.signer, pki.platform]
  const certs = [...signers, pki.signer].map(({ certificate }) => certificate)
  const expected = signers.map(({ fingerprint }) => ({ role: 'SIGNER', digest: fingerprint, issuer }))
  expect(await namedIn({ certListType: 1, certs })).toEqual([maker, ...expected])
})

test('an issuer is named as its own certificate names it', () => {
  expect(issuer.keyIdentifier).toMatch(/^[0-9a-f]{40}$/)
})

test('of a list of digests only the digests are known', async () => {
  const value = sm3(pki.signer.certificate)
  const digest = Buffer.from(value).toString('hex')
  const digests = [{ type: 'SM3', value }]
  expect(await namedIn({ certListType: 2, digests })).toEqual([maker, { role: 'SIGNER', digest, issuer: null }])
})

test('of a listed certificate that cannot be read only the digest is known', async () => {
  const unreadable = Uint8Array.of(0x30, 0)
  const named = namedCertificates({ makerCertificate: pki.maker.fingerprint, signerCertificates: [fingerprintOf(unreadable)] }, [
    pki.maker.certificate,
    unreadable,
  ])
  expect(named).toEqual([maker, { role: 'SIGNER', digest: fingerprintOf(unreadable), issuer: null }])
})
