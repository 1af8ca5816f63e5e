import { expect, test } from 'vitest'
import { revocationAt } from '../../../../model/revocation.ts'
import { decodeCertificate } from '../../../../pki/x509/certificate.ts'
import { ocspEvidence } from '../../../../subgraphs/certificates/revocation/ocsp-evidence.ts'
import { type TestOcspOptions, testOcspRefusal, testOcspResponse } from '../../../support/ocsp.ts'
import { testPki } from '../../../support/pki.ts'
import { DAY, HOUR, importRoom, NOW } from '../support.ts'

const EVER = Number.MAX_SAFE_INTEGER
const OCSP_SIGNING = ['1.3.6.1.5.5.7.3.9']
const NO_CHECK = { oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Buffer.from('0500', 'hex') }
const pki = testPki(NOW)
const stranger = testPki(NOW, '冒名')
const issuer = decodeCertificate(pki.ca.certificate)
const certificate = decodeCertificate(pki.signer.certificate)
const delegate = pki.issue('OCSP', { extendedKeyUsage: OCSP_SIGNING, extensions: [NO_CHECK] })
const watched = pki.issue('OCSP2', { extendedKeyUsage: OCSP_SIGNING })

function response(options: Partial<TestOcspOptions> = {}): Uint8Array {
  return testOcspResponse({ certificate: pki.signer.certificate, issuer: pki.ca, producedAt: NOW - HOUR, ...options })
}

async function roomWithCa() {
  const room = importRoom()
  await room.takeIn(pki.root.certificate, pki.ca.certificate)
  const evidence = () => ocspEvidence(certificate, issuer, EVER, room.store)
  const answer = async (at = NOW, knownAt = room.clock.now + 1_000) =>
    revocationAt(await evidence(), certificate.validity.notAfter, at, knownAt)
  return { ...room, evidence, answer }
}

test("the issuer's good is evidence up to its next update, and not a moment longer", async () => {
  const room = await roomWithCa()
  expect(await room.takeInOcsp(response())).toMatchObject([{ outcome: 'IMPORTED', refusal: null }])
  expect(await room.answer()).toMatchObject({ status: 'GOOD', evidence: { kind: 'OCSP' } })
  const later = NOW - HOUR + DAY
  room.clock.now = later
  expect((await room.answer(later)).status).toBe('GOOD')
  room.clock.now = later + 1
  expect(await room.answer(later + 1)).toMatchObject({ status: 'UNKNOWN', because: 'STALE' })
})

test('the same response again is unchanged', async () => {
  const room = await roomWithCa()
  const der = response()
  await room.takeInOcsp(der)
  expect(await room.takeInOcsp(der)).toMatchObject([{ outcome: 'UNCHANGED' }])
  expect(await room.evidence()).toHaveLength(1)
})

test("a stranger's good, dated 1999, is refused and does not override a revoking CRL", async () => {
  const room = await roomWithCa()
  const impostor = stranger.issue('OCSP', { extendedKeyUsage: OCSP_SIGNING, extensions: [NO_CHECK] }, stranger.root)
  const producedAt = Date.UTC(1999, 0, 1)
  const ofTheName = stranger.issue('运营CA', { subject: pki.ca.name, ca: {}, key: 'impostor' }, stranger.root)
  await room.takeInCrls(pki.crl({ entries: [{ serialNumber: pki.signer.serialNumber, revokedAt: NOW - DAY, reason: 1 }] }))
  for (const responder of [impostor, ofTheName])
    for (const dates of [{}, { producedAt }]) {
      const [row] = await room.takeInOcsp(response({ responder, ...dates }))
      expect(row?.outcome).toBe('REFUSED')
    }
  expect(await room.evidence()).toEqual([])
})

test("a stranger's certificate held under the issuer's name does not make his good evidence on what the issuer issued", async () => {
  const room = await roomWithCa()
  const ofTheName = stranger.issue('运营CA', { subject: pki.ca.name, ca: {}, key: 'impostor' }, stranger.root)
  await room.takeIn(ofTheName.certificate)
  await room.takeInOcsp(response({ responder: ofTheName }), response({ issuer: ofTheName }))
  expect(await room.evidence()).toEqual([])
})

test('a responder that names itself by its key is found', async () => {
  const room = await roomWithCa()
  expect(await room.takeInOcsp(response({ byKey: true }))).toMatchObject([{ outcome: 'IMPORTED' }])
  expect((await room.answer()).status).toBe('GOOD')
})

test('without the issuer held, and without an answer in it, a response is refused', async () => {
  expect(await importRoom().takeInOcsp(response())).toMatchObject([{ refusal: { code: 'ISSUER_NOT_HELD' } }])
  const room = await roomWithCa()
  const rows = await room.takeInOcsp(testOcspRefusal(3), Buffer.of(0x30, 0), response({ producedAt: NOW + HOUR }))
  expect(rows.map(({ refusal }) => refusal?.code)).toEqual(['NO_ANSWER', 'STRUCTURE', 'FUTURE'])
})

test('a revocation stands, with its date and reason, whatever good comes later', async () => {
  const room = await roomWithCa()
  await room.takeInOcsp(response({ producedAt: NOW - 2 * DAY, status: { revokedAt: NOW - 3 * DAY, reason: 1 } }), response())
  expect(await room.answer()).toMatchObject({ status: 'REVOKED', since: NOW - 3 * DAY, entry: { reason: 'keyCompromise' } })
})

test('unknown is no evidence, and takes back a good that is not newer, from when it became known', async () => {
  const room = await roomWithCa()
  await room.takeInOcsp(response({ producedAt: NOW - 2 * HOUR }))
  room.clock.now = NOW + HOUR
  await room.takeInOcsp(response({ status: 'unknown' }))
  expect(await room.answer(NOW, NOW)).toMatchObject({ status: 'GOOD' })
  expect(await room.answer(NOW, NOW + HOUR)).toMatchObject({ status: 'UNKNOWN' })
  await room.takeInOcsp(response({ producedAt: NOW + HOUR }))
  expect(await room.answer(NOW, NOW + 2 * HOUR)).toMatchObject({ status: 'GOOD' })
})

test('a delegate exempt from checking speaks at once, any other once the CRLs of the issuer clear him', async () => {
  const room = await roomWithCa()
  await room.takeInOcsp(response({ responder: watched }))
  expect(await room.answer()).toMatchObject({ status: 'UNKNOWN', because: 'NO_EVIDENCE' })
  room.clock.now = NOW + HOUR
  await room.takeInCrls(pki.crl())
  expect(await room.answer(NOW)).toMatchObject({ status: 'GOOD', evidence: { recordedAt: NOW + HOUR } })
  expect(await room.answer(NOW, NOW)).toMatchObject({ status: 'UNKNOWN' })
  const other = await roomWithCa()
  await other.takeInOcsp(response({ responder: delegate }))
  expect((await other.answer()).status).toBe('GOOD')
})

test('what a delegate said is doubted from when it is known that his key was compromised', async () => {
  const room = await roomWithCa()
  await room.takeInCrls(pki.crl({ number: 1n }))
  await room.takeInOcsp(response({ responder: watched }))
  expect((await room.answer()).status).toBe('GOOD')
  const entries = [{ serialNumber: watched.serialNumber, revokedAt: NOW + HOUR, reason: 1 }]
  room.clock.now = NOW + 3 * HOUR
  await room.takeInCrls(pki.crl({ number: 2n, thisUpdate: NOW + 2 * HOUR, entries }))
  expect(await room.answer(NOW)).toMatchObject({ status: 'UNKNOWN' })
  expect((await room.answer(NOW, NOW)).status).toBe('GOOD')
})

test('what arrives after the certificate of its delegate expired could have been made then, and is refused', async () => {
  const room = await roomWithCa()
  const shortLived = pki.issue('OCSP3', { extendedKeyUsage: OCSP_SIGNING, extensions: [NO_CHECK], notAfter: NOW - 1 })
  expect(await room.takeInOcsp(response({ responder: shortLived }))).toMatchObject([{ refusal: { code: 'RESPONDER' } }])
})

test('a long history is bounded, but never loses the first word that revoked', async () => {
  const room = await roomWithCa()
  const words = Array.from({ length: 120 }, (_, i) => {
    const status = i === 20 ? ({ revokedAt: NOW - 200 * DAY, reason: 4 } as const) : 'good'
    return response({ producedAt: NOW - 120 * DAY + i * HOUR, status })
  })
  await room.takeInOcsp(...words)
  const evidence = await room.evidence()
  expect(evidence.length).toBeLessThan(120)
  expect(evidence.filter(({ entry }) => entry !== null)).toHaveLength(1)
  expect(await room.answer()).toMatchObject({ status: 'REVOKED' })
})
