import { expect, test } from 'vitest'
import { revocationAt } from '../../../../model/revocation.ts'
import { encodeExplicit, encodeImplicit, encodeInteger, encodeSequence } from '../../../../pki/der/writer.ts'
import { decodeCertificate } from '../../../../pki/x509/certificate.ts'
import { EXTENSION } from '../../../../pki/x509/extension.ts'
import { encodeNamedBits, uniformResourceIdentifier } from '../../../../pki/x509/extension-encoding.ts'
import { crlEvidence } from '../../../../subgraphs/certificates/revocation/crl-evidence.ts'
import { testPki } from '../../../support/pki.ts'
import { DAY, importRoom, NOW } from '../support.ts'

const EVER = Number.MAX_SAFE_INTEGER
const URL = 'http://crl.example.cn/1.crl'
const pki = testPki(NOW)
const stranger = testPki(NOW, '冒名')
const issuer = decodeCertificate(pki.ca.certificate)
const atPoint = pki.issue('分布点', { crlUrls: [URL] })

/** An issuing distribution point out of its fields. */
function scope(...fields: readonly Uint8Array[]) {
  return { oid: EXTENSION.issuingDistributionPoint, critical: true, value: encodeSequence(...fields) }
}

const named = (url: string) => encodeExplicit(0, encodeExplicit(0, uniformResourceIdentifier(url)))
const flag = (number: number) => encodeImplicit(number, Buffer.of(0xff))
const delta = (base: number) => ({ oid: EXTENSION.deltaCrlIndicator, critical: true, value: encodeInteger(base) })
const revoked = (reason = 1, party = pki.signer) => ({ serialNumber: party.serialNumber, revokedAt: NOW - 3 * DAY, reason })

async function answerAfter(crls: readonly Uint8Array[], party = pki.signer, at = NOW) {
  const room = importRoom()
  await room.takeIn(pki.root.certificate, pki.ca.certificate)
  const rows = await room.takeInCrls(...crls)
  expect(rows.map(({ outcome }) => outcome)).toEqual(crls.map(() => 'IMPORTED'))
  const certificate = decodeCertificate(party.certificate)
  const evidence = await crlEvidence(certificate, issuer, EVER, room.store)
  return revocationAt(evidence, certificate.validity.notAfter, at, EVER)
}

test('no CRL at all leaves revocation unknown', async () => {
  expect(await answerAfter([])).toMatchObject({ status: 'UNKNOWN', because: 'NO_EVIDENCE' })
})

test('a complete CRL clears what it does not list and revokes what it lists', async () => {
  expect(await answerAfter([pki.crl()])).toMatchObject({ status: 'GOOD', evidence: { source: 'C=CN,O=演示,CN=运营CA' } })
  expect(await answerAfter([pki.crl({ entries: [revoked()] })])).toMatchObject({ status: 'REVOKED' })
})

test('a CRL that ran out clears nothing after its next update', async () => {
  const old = pki.crl({ thisUpdate: NOW - 9 * DAY, nextUpdate: NOW - 2 * DAY })
  expect(await answerAfter([old])).toMatchObject({ status: 'UNKNOWN', because: 'STALE' })
  expect(await answerAfter([old], pki.signer, NOW - 3 * DAY)).toMatchObject({ status: 'GOOD' })
})

test("a stranger's CRL under the name of the issuer clears nothing", async () => {
  const room = importRoom()
  const impostor = stranger.issue('运营CA', { subject: pki.ca.name, ca: {}, key: 'impostor' }, stranger.root)
  await room.takeIn(pki.root.certificate, pki.ca.certificate, impostor.certificate)
  await room.takeInCrls(pki.crl({}, impostor))
  expect(await crlEvidence(decodeCertificate(pki.signer.certificate), issuer, EVER, room.store)).toEqual([])
})

test('a delta revokes, lifts a hold, and moves the next update on', async () => {
  const complete = pki.crl({ number: 1n, thisUpdate: NOW - 5 * DAY, nextUpdate: NOW - DAY, entries: [revoked(6)] })
  const base = { number: 2n, thisUpdate: NOW - DAY, extensions: [delta(1)] }
  expect(await answerAfter([complete])).toMatchObject({ status: 'REVOKED' })
  expect(await answerAfter([complete, pki.crl({ ...base, entries: [revoked(8)] })])).toMatchObject({ status: 'GOOD' })
  expect(await answerAfter([complete, pki.crl({ ...base, entries: [revoked(1)] })])).toMatchObject({
    entry: { reason: 'keyCompromise' },
  })
  expect(await answerAfter([complete, pki.crl(base)], pki.maker)).toMatchObject({ status: 'GOOD' })
})

test('a CRL of CA certificates says nothing of others, one of user certificates nothing of CAs', async () => {
  const ofCas = pki.crl({ extensions: [scope(flag(2))] })
  const ofUsers = pki.crl({ extensions: [scope(flag(1))] })
  expect(await answerAfter([ofCas])).toMatchObject({ because: 'NO_EVIDENCE' })
  expect(await answerAfter([ofUsers])).toMatchObject({ status: 'GOOD' })
  const subordinate = pki.issue('下级CA', { ca: {} })
  expect(await answerAfter([ofUsers], subordinate)).toMatchObject({ because: 'NO_EVIDENCE' })
  expect(await answerAfter([ofCas], subordinate)).toMatchObject({ status: 'GOOD' })
})

test('a CRL of one distribution point speaks of the certificates that name it, and of no others', async () => {
  const ofPoint = pki.crl({ extensions: [scope(named(URL))] })
  expect(await answerAfter([ofPoint], atPoint)).toMatchObject({ status: 'GOOD' })
  expect(await answerAfter([ofPoint], pki.signer)).toMatchObject({ because: 'NO_EVIDENCE' })
  const ofAnother = pki.crl({ extensions: [scope(named('http://crl.example.cn/2.crl'))] })
  expect(await answerAfter([ofAnother], atPoint)).toMatchObject({ because: 'NO_EVIDENCE' })
})

test('a CRL of some reasons revokes, but clears nothing', async () => {
  const onlyCompromise = scope(encodeImplicit(3, encodeNamedBits([1]).subarray(2)))
  expect(await answerAfter([pki.crl({ extensions: [onlyCompromise] })])).toMatchObject({ because: 'NO_EVIDENCE' })
  expect(await answerAfter([pki.crl({ extensions: [onlyCompromise], entries: [revoked()] })])).toMatchObject({
    status: 'REVOKED',
  })
})

test('what one scope revoked, the CRL of another does not clear', async () => {
  const whole = pki.crl({ number: 1n, thisUpdate: NOW - DAY, entries: [revoked(1, atPoint)] })
  const ofPoint = pki.crl({ number: 1n, thisUpdate: NOW - 3_600_000, extensions: [scope(named(URL))] })
  expect(await answerAfter([whole, ofPoint], atPoint)).toMatchObject({ status: 'REVOKED' })
})

test('a CRL of 100,000 entries is taken in, and a delta over it changes only what it names', async () => {
  const room = importRoom()
  await room.takeIn(pki.root.certificate, pki.ca.certificate)
  const entries = Array.from({ length: 100_000 }, (_, i) => ({ serialNumber: 0x10_0000n + BigInt(i), revokedAt: NOW - DAY }))
  const rows = await room.takeInCrls(
    pki.crl({ number: 1n, thisUpdate: NOW - DAY, entries }),
    pki.crl({ number: 2n, extensions: [delta(1)], entries: [revoked()] }),
  )
  expect(rows.map(({ outcome, crl }) => [outcome, crl?.entryCount])).toEqual([
    ['IMPORTED', 100_000],
    ['IMPORTED', 1],
  ])
  const of = async (serialNumber: string) => {
    const certificate = { ...decodeCertificate(pki.signer.certificate), serialNumber }
    return (await crlEvidence(certificate, issuer, EVER, room.store)).map(({ entry }) => entry?.reason ?? null)
  }
  expect(await of('100000')).toEqual(['unspecified', 'unspecified'])
  expect(await of((0x10_0000 + 99_999).toString(16))).toEqual(['unspecified', 'unspecified'])
  expect(await of(decodeCertificate(pki.signer.certificate).serialNumber)).toEqual([null, 'keyCompromise'])
})
