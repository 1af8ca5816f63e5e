import { expect, test } from 'vitest'
import { revocationAt } from '../../../../model/revocation.ts'
import { encodeExplicit, encodeImplicit, encodeInteger, encodeSequence } from '../../../../pki/der/writer.ts'
import { EXTENSION } from '../../../../pki/x509/extension.ts'
import { directoryName, type ExtensionTemplate } from '../../../../pki/x509/extension-encoding.ts'
import type { CrlOptions } from '../../../../pki/x509/issue-crl.ts'
import { encodeName } from '../../../../pki/x509/name-encoding.ts'
import { decodedCertificate } from '../../../../subgraphs/certificates/decoded-certificate.ts'
import { candidatePaths } from '../../../../subgraphs/certificates/path-cache.ts'
import { evidenceOn } from '../../../../subgraphs/certificates/revocation/evidence.ts'
import { type TestParty, testPki } from '../../../support/pki.ts'
import { DAY, HOUR, importRoom, NOW } from '../support.ts'

const EVER = Number.MAX_SAFE_INTEGER
const pki = testPki(NOW)
const stranger = testPki(NOW, '冒名')
const crlIssuer = pki.issue('CRL签发者', { keyUsage: ['cRLSign'] }, pki.root)
const pointed = pki.issue('指向', { extensions: [pointingTo(crlIssuer)] })
const INDIRECT = { oid: EXTENSION.issuingDistributionPoint, critical: true, value: encodeSequence(flag(4)) }

function flag(number: number): Uint8Array {
  return encodeImplicit(number, Buffer.of(0xff))
}

/** A distribution point that names nothing but a CRL issuer. */
function pointingTo(party: TestParty): ExtensionTemplate {
  const point = encodeSequence(encodeExplicit(2, directoryName(encodeName(party.name))))
  return { oid: EXTENSION.crlDistributionPoints, critical: false, value: encodeSequence(point) }
}

/** An entry on a certificate that another CA issued. */
function entryOn(party: TestParty, reason = 1, changes: object = {}) {
  const issuer = {
    oid: EXTENSION.certificateIssuer,
    critical: true,
    value: encodeSequence(directoryName(encodeName(pki.ca.name))),
  }
  return { serialNumber: party.serialNumber, revokedAt: NOW - 3 * DAY, reason, extensions: [issuer], ...changes }
}

const indirect = (options: Partial<CrlOptions> = {}, signer = crlIssuer) =>
  pki.crl({ ...options, extensions: [INDIRECT, ...(options.extensions ?? [])] }, signer)

async function room(...held: readonly TestParty[]) {
  const opened = importRoom()
  await opened.takeIn(...[pki.root, pki.ca, ...held].map(({ certificate }) => certificate))
  const paths = candidatePaths(opened.store)
  const answer = async (party: TestParty, at = NOW) => {
    const certificate = decodedCertificate(party.certificate)
    const evidence = await evidenceOn(certificate, EVER, { store: opened.store, paths })
    return revocationAt(evidence, certificate.certificate.validity.notAfter, at, opened.clock.now + 1_000)
  }
  return { ...opened, answer }
}

/** A room whose root cleared the CRL issuer. */
async function roomWithIssuer() {
  const opened = await room(crlIssuer)
  await opened.takeInCrls(pki.crl({}, pki.root))
  return opened
}

test('an indirect CRL that the certificate points to clears and revokes it', async () => {
  const opened = await roomWithIssuer()
  expect(await opened.takeInCrls(indirect({ number: 1n, thisUpdate: NOW - DAY }))).toMatchObject([{ outcome: 'IMPORTED' }])
  expect(await opened.answer(pointed)).toMatchObject({ status: 'GOOD', evidence: { kind: 'CRL' } })
  expect(await opened.takeInCrls(indirect({ number: 2n, entries: [entryOn(pointed)] }))).toMatchObject([{ outcome: 'IMPORTED' }])
  expect(await opened.answer(pointed)).toMatchObject({ status: 'REVOKED', entry: { reason: 'keyCompromise' } })
})

test('a certificate that does not point to it is neither cleared nor revoked by it', async () => {
  const opened = await roomWithIssuer()
  await opened.takeInCrls(indirect({ entries: [entryOn(pki.signer)] }))
  expect(await opened.answer(pki.signer)).toMatchObject({ status: 'UNKNOWN', because: 'NO_EVIDENCE' })
})

test('a CRL of that issuer which does not call itself indirect says nothing of others', async () => {
  const opened = await roomWithIssuer()
  await opened.takeInCrls(pki.crl({}, crlIssuer))
  expect(await opened.answer(pointed)).toMatchObject({ because: 'NO_EVIDENCE' })
})

test('an entry on the same number of another issuer is not on this certificate', async () => {
  const opened = await roomWithIssuer()
  await opened.takeInCrls(indirect({ entries: [entryOn(pointed, 1, { extensions: [] })] }))
  expect(await opened.answer(pointed)).toMatchObject({ status: 'GOOD' })
})

test('a stranger of the name, under a root of his own, neither clears nor revokes', async () => {
  const impostor = stranger.issue('CRL签发者', { subject: crlIssuer.name, keyUsage: ['cRLSign'], key: 'crl' }, stranger.root)
  const opened = await room(stranger.root, impostor)
  await opened.takeInCrls(pki.crl({}, pki.root), stranger.crl({}, stranger.root))
  expect(await opened.takeInCrls(indirect({ number: 1n }, impostor))).toMatchObject([{ outcome: 'IMPORTED' }])
  expect(await opened.answer(pointed)).toMatchObject({ because: 'NO_EVIDENCE' })
})

test('a CRL issuer that nobody cleared yet revokes, but clears nothing', async () => {
  const opened = await room(crlIssuer)
  await opened.takeInCrls(indirect({ number: 1n, thisUpdate: NOW - DAY }))
  expect((await opened.answer(pointed)).status).toBe('UNKNOWN')
  await opened.takeInCrls(indirect({ number: 2n, entries: [entryOn(pointed)] }))
  expect((await opened.answer(pointed)).status).toBe('REVOKED')
})

test('a CRL issuer that was revoked for compromise clears nothing any more', async () => {
  const opened = await roomWithIssuer()
  await opened.takeInCrls(indirect())
  expect((await opened.answer(pointed)).status).toBe('GOOD')
  opened.clock.now = NOW + 2 * HOUR
  const entries = [{ serialNumber: crlIssuer.serialNumber, revokedAt: NOW + HOUR, reason: 1 }]
  await opened.takeInCrls(pki.crl({ number: 2n, thisUpdate: NOW + HOUR, entries }, pki.root))
  expect((await opened.answer(pointed)).status).toBe('UNKNOWN')
})

test('a delta over an indirect CRL lifts a hold by removeFromCRL', async () => {
  const opened = await roomWithIssuer()
  const delta = { oid: EXTENSION.deltaCrlIndicator, critical: true, value: encodeInteger(1) }
  await opened.takeInCrls(indirect({ number: 1n, thisUpdate: NOW - DAY, entries: [entryOn(pointed, 6)] }))
  expect((await opened.answer(pointed)).status).toBe('REVOKED')
  const rows = await opened.takeInCrls(indirect({ number: 2n, extensions: [delta], entries: [entryOn(pointed, 8)] }))
  expect(rows).toMatchObject([{ outcome: 'IMPORTED' }])
  expect((await opened.answer(pointed)).status).toBe('GOOD')
  expect((await opened.answer(pointed, NOW - 2 * DAY)).status).toBe('REVOKED')
})

test('an invalidity date before the revocation counts from there', async () => {
  const opened = await roomWithIssuer()
  await opened.takeInCrls(indirect({ entries: [entryOn(pointed, 1, { invalidityDate: NOW - 9 * DAY })] }))
  expect(await opened.answer(pointed, NOW - 8 * DAY)).toMatchObject({ status: 'REVOKED', since: NOW - 9 * DAY })
})
