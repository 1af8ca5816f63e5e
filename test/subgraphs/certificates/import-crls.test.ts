import { expect, test } from 'vitest'
import { encodeImplicit, encodeInteger, encodeSequence } from '../../../pki/der/writer.ts'
import { EXTENSION } from '../../../pki/x509/extension.ts'
import { directoryName } from '../../../pki/x509/extension-encoding.ts'
import { encodeName } from '../../../pki/x509/name-encoding.ts'
import { decodedCertificate } from '../../../subgraphs/certificates/decoded-certificate.ts'
import { importCrls } from '../../../subgraphs/certificates/import-crls.ts'
import { crlAuthorityOf, crlSeriesOf } from '../../../subgraphs/certificates/revocation/crl-series.ts'
import { testPki } from '../../support/pki.ts'
import { DAY, HOUR, importRoom, inline, NOW } from './support.ts'

const pki = testPki(NOW)
const stranger = testPki(NOW, '冒名')
const entry = { serialNumber: pki.signer.serialNumber, revokedAt: NOW - 3 * DAY, reason: 1 }

async function roomWithCa() {
  const room = importRoom()
  await room.takeIn(pki.root.certificate, pki.ca.certificate)
  return room
}

/** An issuing distribution point with one of its flags: 1 user certificates, 2 CA certificates, 4 indirect, 5 attributes. */
function scope(flag: number) {
  return { oid: EXTENSION.issuingDistributionPoint, critical: true, value: encodeSequence(encodeImplicit(flag, Buffer.of(0xff))) }
}

function delta(base: number) {
  return { oid: EXTENSION.deltaCrlIndicator, critical: true, value: encodeInteger(base) }
}

function series(): string {
  return crlSeriesOf(crlAuthorityOf(decodedCertificate(pki.ca.certificate).certificate.subject, pki.ca.spki), null).series
}

test('a CRL of an issuer held is taken in, and the same again is unchanged', async () => {
  const { takeInCrls, store } = await roomWithCa()
  const crl = pki.crl({ number: 7n, entries: [entry] })
  expect(await takeInCrls(crl)).toMatchObject([{ outcome: 'IMPORTED', crl: { number: '7', entryCount: 1 }, refusal: null }])
  expect(await takeInCrls(crl)).toMatchObject([{ outcome: 'UNCHANGED', crl: { number: '7' } }])
  const held = await store.newestCrl(series())
  expect(await store.crlBytes(held?.digest ?? '')).toEqual(Buffer.from(crl))
})

test('a CRL whose issuer is not held is refused', async () => {
  const { takeInCrls } = importRoom()
  expect(await takeInCrls(pki.crl())).toMatchObject([{ outcome: 'REFUSED', refusal: { code: 'ISSUER_NOT_HELD' } }])
})

test("a CRL under the issuer's name signed by another key is refused", async () => {
  const { takeInCrls } = await roomWithCa()
  const forged = pki.crl({}, { ...stranger.ca, name: pki.ca.name })
  expect(await takeInCrls(forged)).toMatchObject([{ refusal: { code: 'ISSUER_KEY' } }])
})

test('a CRL that names no next update is refused', async () => {
  const { takeInCrls } = await roomWithCa()
  expect(await takeInCrls(pki.crl({ nextUpdate: null }))).toMatchObject([{ refusal: { code: 'PROFILE' } }])
})

test('a CRL with one byte changed is refused', async () => {
  const { takeInCrls } = await roomWithCa()
  const crl = Uint8Array.from(pki.crl({ entries: [entry] }))
  const revocationDate = crl.length - 200
  crl[revocationDate] = (crl[revocationDate] ?? 0) ^ 1
  expect(await takeInCrls(crl)).toMatchObject([{ outcome: 'REFUSED' }])
})

test("a stranger's CRL under the same name says nothing of what the CA issued, even when the stranger's certificate is held", async () => {
  const room = await roomWithCa()
  const impostor = stranger.issue('运营CA', { subject: pki.ca.name, ca: {}, key: 'impostor' }, stranger.root)
  await room.takeIn(impostor.certificate)
  expect(await room.takeInCrls(pki.crl({ number: 99n }, impostor))).toMatchObject([{ outcome: 'IMPORTED' }])
  expect(await room.store.newestCrl(series())).toBeNull()
})

test('a CRL signed by a certificate that may not sign CRLs is refused', async () => {
  const room = await roomWithCa()
  const other = pki.issue('无权CA', { ca: {}, keyUsage: ['keyCertSign'] }, pki.root)
  await room.takeIn(other.certificate)
  expect(await room.takeInCrls(pki.crl({}, other))).toMatchObject([{ refusal: { code: 'KEY_USAGE' } }])
})

test('a CRL dated in the future is refused', async () => {
  const { takeInCrls } = await roomWithCa()
  expect(await takeInCrls(pki.crl({ thisUpdate: NOW + HOUR }))).toMatchObject([{ refusal: { code: 'FUTURE' } }])
})

test('a CRL whose next update is before its date is refused', async () => {
  const { takeInCrls } = await roomWithCa()
  expect(await takeInCrls(pki.crl({ nextUpdate: NOW - DAY }))).toMatchObject([{ refusal: { code: 'STRUCTURE' } }])
})

test('a CRL whose number falls is refused, even with a newer date', async () => {
  const { takeInCrls } = await roomWithCa()
  await takeInCrls(pki.crl({ number: 7n }))
  expect(await takeInCrls(pki.crl({ number: 6n, thisUpdate: NOW }))).toMatchObject([{ refusal: { code: 'STALE' } }])
})

test('a CRL whose number rises while its date falls is refused', async () => {
  const { takeInCrls } = await roomWithCa()
  await takeInCrls(pki.crl({ number: 7n }))
  expect(await takeInCrls(pki.crl({ number: 8n, thisUpdate: NOW - DAY }))).toMatchObject([{ refusal: { code: 'STALE' } }])
})

test('the same number with other content is a conflict', async () => {
  const { takeInCrls } = await roomWithCa()
  await takeInCrls(pki.crl({ number: 7n }))
  expect(await takeInCrls(pki.crl({ number: 7n, entries: [entry] }))).toMatchObject([{ refusal: { code: 'CONFLICT' } }])
})

test('a batch is taken in oldest first, and its rows come back in the order given', async () => {
  const { takeInCrls } = await roomWithCa()
  const crls = [3n, 1n, 2n].map((number) => pki.crl({ number, thisUpdate: NOW - 10 * DAY + Number(number) * DAY }))
  const rows = await takeInCrls(...crls)
  expect(rows.map((row) => [row.index, row.outcome, row.crl?.number])).toEqual([
    [0, 'IMPORTED', '3'],
    [1, 'IMPORTED', '1'],
    [2, 'IMPORTED', '2'],
  ])
})

test('an unknown critical extension and a CRL of attribute certificates are refused with words', async () => {
  const { takeInCrls } = await roomWithCa()
  const extensions = [{ oid: '1.2.3.4', critical: true, value: encodeInteger(1) }, scope(5)]
  const rows = await takeInCrls(...extensions.map((extension) => pki.crl({ extensions: [extension] })))
  expect(rows.map((row) => row.refusal?.code)).toEqual(['CRITICAL_EXTENSION', 'UNSUPPORTED'])
})

test("a CRL with another issuer's certificates among its entries is refused, though it does not call itself indirect", async () => {
  const { takeInCrls } = await roomWithCa()
  const issuer = {
    oid: EXTENSION.certificateIssuer,
    critical: true,
    value: encodeSequence(directoryName(encodeName(stranger.ca.name))),
  }
  const rows = await takeInCrls(pki.crl({ entries: [{ ...entry, extensions: [issuer] }] }))
  expect(rows).toMatchObject([{ refusal: { code: 'PROFILE' } }])
})

test('a delta CRL is taken in after the complete CRL it builds on, even in one batch and out of order', async () => {
  const { takeInCrls } = await roomWithCa()
  const complete = pki.crl({ number: 4n, thisUpdate: NOW - 2 * DAY })
  const first = pki.crl({ number: 5n, thisUpdate: NOW - DAY, extensions: [delta(4)], entries: [entry] })
  expect(await takeInCrls(first)).toMatchObject([{ refusal: { code: 'BASE_NOT_HELD' } }])
  expect((await takeInCrls(first, complete)).map(({ outcome }) => outcome)).toEqual(['IMPORTED', 'IMPORTED'])
  expect(await takeInCrls(pki.crl({ number: 6n, extensions: [delta(5)] }))).toMatchObject([
    { refusal: { code: 'BASE_NOT_HELD' } },
  ])
})

test('a complete CRL and a delta issued together may have one number; two of a kind may not', async () => {
  const { takeInCrls } = await roomWithCa()
  await takeInCrls(pki.crl({ number: 4n, thisUpdate: NOW - 2 * DAY }))
  const together = { number: 5n, thisUpdate: NOW - DAY, entries: [entry] }
  const rows = await takeInCrls(pki.crl({ ...together, extensions: [delta(4)] }), pki.crl(together))
  expect(rows.map(({ outcome }) => outcome)).toEqual(['IMPORTED', 'IMPORTED'])
  for (const extensions of [[], [delta(4)]])
    expect(await takeInCrls(pki.crl({ ...together, extensions, entries: [] }))).toMatchObject([{ refusal: { code: 'CONFLICT' } }])
})

test('CRLs of different scopes are numbered each for itself', async () => {
  const { takeInCrls } = await roomWithCa()
  const rows = await takeInCrls(
    pki.crl({ number: 9n }),
    pki.crl({ number: 3n, extensions: [scope(1)] }),
    pki.crl({ number: 3n, extensions: [scope(2)] }),
  )
  expect(rows.map(({ outcome }) => outcome)).toEqual(['IMPORTED', 'IMPORTED', 'IMPORTED'])
})

test('a CRL that lists a certificate twice is refused and nothing of it is stored', async () => {
  const { takeInCrls, store } = await roomWithCa()
  expect(await takeInCrls(pki.crl({ entries: [entry, entry] }))).toMatchObject([{ refusal: { code: 'STRUCTURE' } }])
  expect(await store.newestCrl(series())).toBeNull()
})

test('removeFromCRL in a complete CRL is refused', async () => {
  const { takeInCrls } = await roomWithCa()
  expect(await takeInCrls(pki.crl({ entries: [{ ...entry, reason: 8 }] }))).toMatchObject([{ refusal: { code: 'STRUCTURE' } }])
})

test('bytes that are no CRL are refused with their code and harm no other', async () => {
  const room = await roomWithCa()
  const crl = pki.crl()
  const rows = await importCrls(
    [{ base64: '%' }, ...[crl.subarray(0, 100), pki.ca.certificate, Buffer.concat([crl, Buffer.of(0)]), crl].map(inline)],
    room,
  )
  expect(rows.map((row) => row.refusal?.code ?? row.outcome)).toEqual(['STRUCTURE', 'DER', 'STRUCTURE', 'DER', 'IMPORTED'])
})

test('at most 100 CRLs are taken in at once', async () => {
  await expect(importCrls(new Array(101).fill({ base64: '' }), importRoom())).rejects.toMatchObject({ code: 'TOO_LARGE' })
})

test('a CRL comes out of an uploaded file by its digest; a file not held and a row of both kinds are refused', async () => {
  const room = await roomWithCa()
  const crl = pki.crl()
  const files = { read: async (digest: string) => (digest === 'held' ? crl : null) }
  const rows = await importCrls([{ digest: 'held' }, { digest: 'gone' }, { digest: 'held', base64: '' }, {}], { ...room, files })
  expect(rows.map((row) => row.refusal?.code ?? row.outcome)).toEqual(['IMPORTED', 'NOT_FOUND', 'BAD_INPUT', 'BAD_INPUT'])
})

test('rows of more than 128 MiB together are refused from where the bound is passed', async () => {
  const room = await roomWithCa()
  const files = { read: async () => new Uint8Array(60 * 1024 * 1024) }
  const rows = await importCrls([{ digest: 'a' }, { digest: 'b' }, { digest: 'c' }], { ...room, files })
  expect(rows.map((row) => row.refusal?.code)).toEqual(['STRUCTURE', 'STRUCTURE', 'TOO_LARGE'])
})
