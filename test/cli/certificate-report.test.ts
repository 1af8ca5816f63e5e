import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { askAboutCertificate } from '../../cli/certificate-query.ts'
import { certificateReport } from '../../cli/certificate-report.ts'
import { importCrls } from '../../cli/crl-import.ts'
import { hubForTest } from '../support/hub.ts'
import { testOcspResponse } from '../support/ocsp.ts'
import { testPki } from '../support/pki.ts'

const NOW = Date.UTC(2026, 5, 1)
const DAY = 86_400_000
const pki = testPki(NOW)
const file = (der: Uint8Array) => ({ file: 'file', der, refusal: null })
const NOW_AND_ALL = { at: null, knownAt: null }

async function hub() {
  const opened = await hubForTest(() => NOW)
  const certificates = [pki.root, pki.ca].map(({ certificate }) => Buffer.from(certificate).toString('base64'))
  await opened.ask('mutation ($certificates: [Base64!]!) { importCertificates(certificates: $certificates) { rows { outcome } } }', { certificates }) // biome-ignore format: a line
  await opened.ask(
    `mutation ($services: [TrustServiceInput!]!) { importTrustServices(services: $services) { rows { outcome } } }`,
    { services: [{ role: 'ANCHOR', fingerprint: pki.root.fingerprint, name: '根', from: '2020-01-01T00:00:00Z' }] },
  )
  return opened
}

test('a report tells the path as a tree, revocation, and which lists name whom', async () => {
  const graph = await hub()
  const entries = [{ serialNumber: pki.signer.serialNumber, revokedAt: NOW - DAY, reason: 1 }]
  expect(await importCrls(graph, [file(pki.crl({ entries }))])).toMatchObject([{ kind: 'CRL', outcome: 'IMPORTED', entries: 1 }])
  const report = await askAboutCertificate(graph, pki.signer.certificate, NOW_AND_ALL)
  const lines = stripVTControlCharacters(certificateReport(report)).split('\n')
  const root = lines.findIndex((line) => line.includes('[信任锚 anchor]'))
  expect(lines.slice(root, root + 3).map((line) => line.replace(/ {2}\d.*/, ''))).toEqual([
    '  C=CN,O=演示,CN=根证书 [信任锚 anchor]',
    '  └─ C=CN,O=演示,CN=运营CA',
    '     └─ C=CN,O=演示,CN=41172800000001 ✗ 已吊销 revoked',
  ])
  expect(lines.some((line) => line.includes('起吊销 revoked since, keyCompromise'))).toBe(true)
})

test('a CRL too large for a request and an OCSP response are both taken in by the one command', async () => {
  const graph = await hub()
  const entries = Array.from({ length: 30_000 }, (_, i) => ({ serialNumber: 0x10_0000n + BigInt(i), revokedAt: NOW - DAY }))
  const large = pki.crl({ entries })
  expect(large.length).toBeGreaterThan(512 * 1024)
  const response = testOcspResponse({ certificate: pki.maker.certificate, issuer: pki.ca, producedAt: NOW })
  expect(await importCrls(graph, [file(large), file(response), file(Buffer.of(0x30, 0))])).toMatchObject([
    { kind: 'CRL', outcome: 'IMPORTED', entries: 30_000 },
    { kind: 'OCSP', outcome: 'IMPORTED', entries: 1, issuer: 'C=CN,O=演示,CN=运营CA' },
    { outcome: 'REFUSED', refusal: { code: 'STRUCTURE' } },
  ])
})

test('bytes that are no certificate are UNREADABLE', async () => {
  await expect(askAboutCertificate(await hub(), Buffer.of(4, 0), NOW_AND_ALL)).rejects.toMatchObject({ code: 'UNREADABLE' })
})
