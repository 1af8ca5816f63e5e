import { expect, test } from 'vitest'
import { issueCertificate } from '../../../pki/x509/issue.ts'
import { decodedCertificate } from '../../../subgraphs/certificates/decoded-certificate.ts'
import { candidatePaths } from '../../../subgraphs/certificates/path-cache.ts'
import { testPki } from '../../support/pki.ts'
import { testWithShared } from '../../support/shared.ts'
import { DAY, importRoom, NOW, nationalCertificates, sampleCertificate } from './support.ts'

const pki = testPki(NOW)
const stranger = testPki(NOW, '冒名')
const signer = decodedCertificate(pki.signer.certificate)

async function roomWith(...certificates: readonly Uint8Array[]) {
  const room = importRoom()
  await room.takeIn(...certificates)
  return { ...room, paths: candidatePaths(room.store) }
}

const chainsOf = ({ paths }: Awaited<ReturnType<ReturnType<typeof candidatePaths>['of']>>) =>
  paths.map(({ chain }) => chain.map(({ fingerprint }) => fingerprint))

test('a path leads from the certificate through the CAs held to a root held', async () => {
  const { paths } = await roomWith(pki.root.certificate, pki.ca.certificate)
  const found = await paths.of(signer)
  expect(chainsOf(found)).toEqual([[pki.signer.fingerprint, pki.ca.fingerprint, pki.root.fingerprint]])
  expect(found.noPath).toBeNull()
})

test('a CA that came along serves as an intermediate', async () => {
  const { paths } = await roomWith(pki.root.certificate)
  const found = await paths.of(signer, [decodedCertificate(pki.ca.certificate)])
  expect(chainsOf(found)).toEqual([[pki.signer.fingerprint, pki.ca.fingerprint, pki.root.fingerprint]])
})

test('a root that came along is no root', async () => {
  const { paths } = await roomWith(pki.ca.certificate)
  const found = await paths.of(signer, [decodedCertificate(pki.root.certificate), decodedCertificate(pki.ca.certificate)])
  expect(found.paths).toEqual([])
  expect(found.noPath?.code).toBe('PATH_ISSUER')
})

test('a certificate is known to have no path until its issuer is taken in, and to have one from then on', async () => {
  const { paths, takeIn } = await roomWith(pki.root.certificate)
  expect((await paths.of(signer)).paths).toEqual([])
  await takeIn(pki.ca.certificate)
  expect((await paths.of(signer)).paths.length).toBe(1)
})

test('what was found is found again without a search', async () => {
  const { paths } = await roomWith(pki.root.certificate, pki.ca.certificate)
  expect(await paths.of(signer)).toBe(await paths.of(signer))
})

test('a held certificate that only bears the name of a root is none', async () => {
  const namesake = stranger.issue('根证书', { subject: pki.root.name, ca: {}, key: 'namesake' }, pki.root)
  const { paths } = await roomWith(namesake.certificate, pki.ca.certificate)
  expect((await paths.of(signer)).paths).toEqual([])
})

test('two roots of one name and different keys are told apart by the signature', async () => {
  const namesake = stranger.issue('根证书', { subject: pki.root.name, ca: {}, key: 'namesake' })
  const { paths } = await roomWith(namesake.certificate, pki.root.certificate, pki.ca.certificate)
  expect(chainsOf(await paths.of(signer)).map((chain) => chain.at(-1))).toEqual([pki.root.fingerprint])
})

test('every root held that can be reached gives a candidate', async () => {
  const other = testPki(NOW, '另一国')
  const crossSigned = issueCertificate({
    subject: pki.ca.name,
    spki: pki.ca.spki,
    serialNumber: 77n,
    notBefore: NOW - DAY,
    notAfter: NOW + DAY,
    issuer: other.root.name,
    issuerKey: other.root.privateKey,
    ca: {},
  })
  const { paths } = await roomWith(pki.root.certificate, pki.ca.certificate, other.root.certificate, crossSigned)
  const roots = chainsOf(await paths.of(signer)).map((chain) => chain.at(-1))
  expect(roots.sort()).toEqual([pki.root.fingerprint, other.root.fingerprint].sort())
})

test('cross-signed loops end', async () => {
  const a = stranger.issue('甲', { ca: {} })
  const b = stranger.issue('乙', { ca: {} }, a)
  const aByB = stranger.issue('甲', { ca: {} }, b)
  const bByA = stranger.issue('乙', { ca: {}, notAfter: NOW + 1e9 }, aByB)
  const end = decodedCertificate(stranger.issue('尾', {}, b).certificate)
  const { paths } = await roomWith(b.certificate, aByB.certificate, bByA.certificate)
  expect((await paths.of(end)).noPath?.code).toBe('PATH_ISSUER')
})

testWithShared('of the 86 national CA certificates 72 have a path to ROOTCA; the others say that no issuer is held', async () => {
  const national = nationalCertificates()
  const { paths, takeIn } = await roomWith(sampleCertificate('samples/certificates/national/ROOTCA.pem'))
  await takeIn(...national)
  const found = await Promise.all(national.map((der) => paths.of(decodedCertificate(der))))
  expect(found.filter(({ paths }) => paths.length > 0).length).toBe(72)
  expect(found.flatMap(({ noPath }) => noPath?.code ?? [])).toEqual(new Array(14).fill('PATH_ISSUER'))
})

testWithShared('the Suzhou signer and maker have a path to ROOTCA through the national CAs', async () => {
  const { paths, takeIn } = await roomWith(sampleCertificate('samples/certificates/national/ROOTCA.pem'))
  await takeIn(...nationalCertificates())
  for (const part of ['signer', 'maker']) {
    const der = sampleCertificate(`samples/signatures/suzhou-civil-affairs/${part}.cer`)
    const [path] = (await paths.of(decodedCertificate(der))).paths
    expect(path?.chain.length).toBe(3)
  }
})
