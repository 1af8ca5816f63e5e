import { expect, test } from 'vitest'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { findPaths } from '../../../pki/x509/find-paths.ts'
import { formatName } from '../../../pki/x509/name.ts'
import { EdgeMemory } from '../../../pki/x509/verified-edges.ts'
import { testPki } from '../../support/pki.ts'
import { testWithShared } from '../../support/shared.ts'
import { certificateRows, readCertificates } from './samples.ts'

const NOW = Date.UTC(2026, 10, 21)
const pki = testPki(NOW, '路径')
const held = { intermediates: [pki.ca.certificate], roots: [pki.root.certificate] }

test('a path is found from the end entity over its CA to the root, with every timeless check done', () => {
  const { paths, noPath, cutShort } = findPaths(pki.maker.certificate, held)
  expect(noPath).toBeNull()
  expect(cutShort).toBe(false)
  expect(paths.map(({ fingerprints }) => fingerprints)).toEqual([
    [pki.maker.fingerprint, pki.ca.fingerprint, pki.root.fingerprint],
  ])
  expect(paths[0]?.checks.every(({ outcome }) => outcome === 'PASSED')).toBe(true)
})

test('a root held is its own path', () => {
  expect(findPaths(pki.root.certificate, held).paths.map(({ fingerprints }) => fingerprints)).toEqual([[pki.root.fingerprint]])
})

test('a certificate of an issuer that is not held has no path, and that is what is said', () => {
  expect(findPaths(pki.maker.certificate, { ...held, intermediates: [] }).noPath?.code).toBe('PATH_ISSUER')
  const stranger = testPki(NOW, '陌生人')
  expect(findPaths(stranger.maker.certificate, held).noPath?.code).toBe('PATH_ISSUER')
})

test('a root of the same name with another key is no issuer', () => {
  const impostor = pki.issue('冒名根证书', { ca: {}, subject: pki.root.name, key: '冒名' }, undefined)
  const { noPath, paths } = findPaths(pki.maker.certificate, { ...held, roots: [impostor.certificate] })
  expect(paths).toEqual([])
  expect(noPath?.code).toBe('PATH_SIGNATURE')
})

test('an expired certificate still has a path: the time is not judged here', () => {
  const expired = pki.issue('过期', { notBefore: NOW - 2e10, notAfter: NOW - 1e10 })
  expect(findPaths(expired.certificate, held).paths).toHaveLength(1)
})

test('a cross-signed CA gives a path to each root, and the search ends', () => {
  const other = testPki(NOW, '另一个根')
  const crossed = pki.issue('运营CA', { ca: {}, subject: pki.ca.name }, other.root)
  const back = other.issue('根证书', { ca: {}, subject: other.root.name, key: '根证书' }, pki.root)
  const { paths } = findPaths(pki.maker.certificate, {
    intermediates: [pki.ca.certificate, crossed.certificate, back.certificate],
    roots: [pki.root.certificate, other.root.certificate],
  })
  const ends = paths.map(({ certificates }) =>
    formatName(decodeCertificate(certificates.at(-1)?.encoded ?? new Uint8Array()).subject),
  )
  expect(new Set(ends).size).toBe(2)
})

test('an intermediate that is no CA is named as what stops the path', () => {
  const noCa = pki.issue('冒充CA', { keyUsage: ['keyCertSign'] }, pki.ca)
  const victim = pki.issue('受害者', {}, noCa)
  const { noPath } = findPaths(victim.certificate, { ...held, intermediates: [pki.ca.certificate, noCa.certificate] })
  expect(noPath?.checks).toContainEqual(expect.objectContaining({ check: 'PATH_BASIC_CONSTRAINTS', outcome: 'FAILED' }))
})

test('a signature seen to hold before is not checked again, and the answer is the same', () => {
  const edges = new EdgeMemory()
  const cold = findPaths(pki.maker.certificate, { ...held, edges })
  const warm = findPaths(pki.maker.certificate, { ...held, edges, budget: { signatures: 0 } })
  expect(warm).toEqual(cold)
})

test('a search over its budget ends without a path, and says so', () => {
  const { noPath, cutShort } = findPaths(pki.maker.certificate, { ...held, budget: { signatures: 1 } })
  expect(noPath?.code).toBe('PATH_BUDGET')
  expect(cutShort).toBe(true)
})

testWithShared('of the 86 national CA certificates 72 have a path to ROOTCA, the others an issuer that is not held', () => {
  const roots = readCertificates('samples/certificates/national/ROOTCA.pem')
  const rows = certificateRows().filter(({ path }) => path.includes('rootca.gov.cn'))
  expect(rows).toHaveLength(86)
  const verdicts = rows.map(({ path }) => findPaths(readCertificates(path)[0] ?? new Uint8Array(), { intermediates: [], roots }))
  expect(verdicts.filter(({ paths }) => paths.length === 1)).toHaveLength(72)
  expect(verdicts.flatMap(({ noPath }) => (noPath ? [noPath.code] : []))).toEqual(Array.from({ length: 14 }, () => 'PATH_ISSUER'))
})

testWithShared('the maker and the signer of the Suzhou seal have a path over JSGXCA to the national root', () => {
  const roots = readCertificates('samples/certificates/national/ROOTCA.pem')
  const intermediates = certificateRows()
    .filter(({ path }) => path.includes('rootca.gov.cn'))
    .flatMap(({ path }) => readCertificates(path))
  for (const role of ['maker', 'signer']) {
    const [bytes = new Uint8Array()] = readCertificates(`samples/signatures/suzhou-civil-affairs/${role}.cer`)
    expect(findPaths(bytes, { intermediates, roots }).paths.map(({ certificates }) => certificates.length)).toEqual([3])
  }
})

testWithShared('every chain the index names among the samples is found, over the certificates it names', () => {
  const rows = certificateRows()
  const certificates = rows.flatMap(({ path }) => readCertificates(path))
  const roots = rows.filter(({ expected }) => expected.startsWith('self-signed')).flatMap(({ path }) => readCertificates(path))
  const chains = rows.filter(
    ({ path, expected }) => expected.startsWith('chain: ') && !expected.includes('not held') && !ODD_KEYS.has(path),
  )
  expect(chains.length).toBeGreaterThan(80)
  for (const { path, expected } of chains) {
    const { paths } = findPaths(readCertificates(path)[0] ?? new Uint8Array(), { intermediates: certificates, roots })
    const named = paths.map(({ certificates: found }) =>
      found
        .slice(1)
        .map(({ subject }) => formatName(subject))
        .join(' -> '),
    )
    expect(named.map((text) => text.replaceAll('\\', ''))).toContain(expected.slice('chain: '.length))
  }
})

/** Its keys carry the OID of the SM2 curve in place of id-ecPublicKey, and are no keys of GM/T 0006. */
const ODD_KEYS = new Set(['samples/certificates/Tongsuo/sm2-first-crt.pem'])
