import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openDer } from '../../../../pki/der/reader.ts'
import { encodeObjectIdentifier, encodeSequence } from '../../../../pki/der/writer.ts'
import { decodeCertId } from '../../../../pki/ocsp/cert-id.ts'
import { decodeCertificate } from '../../../../pki/x509/certificate.ts'
import { EXTENSION } from '../../../../pki/x509/extension.ts'
import { uniformResourceIdentifier } from '../../../../pki/x509/extension-encoding.ts'
import type { FetchRules } from '../../../../runtime/fetch/http.ts'
import { SILENT } from '../../../../runtime/log.ts'
import { candidatePaths } from '../../../../subgraphs/certificates/path-cache.ts'
import { crlEvidence } from '../../../../subgraphs/certificates/revocation/crl-evidence.ts'
import { revocationFetcher } from '../../../../subgraphs/certificates/revocation/fetch.ts'
import { conditionOf } from '../../../../subgraphs/certificates/revocation/source-list.ts'
import { ldapServer, searchAnswer, searchRefusal } from '../../../support/ldap-server.ts'
import { testOcspResponse } from '../../../support/ocsp.ts'
import { type TestParty, testPki } from '../../../support/pki.ts'
import { DAY, HOUR, importRoom, NOW } from '../support.ts'

const MINUTE = 60_000
const pki = testPki(NOW)

/** An AuthorityInfoAccess that names an OCSP responder. */
function responderAt(url: string) {
  const description = encodeSequence(encodeObjectIdentifier('1.3.6.1.5.5.7.48.1'), uniformResourceIdentifier(url))
  return { oid: EXTENSION.authorityInfoAccess, critical: false, value: encodeSequence(description) }
}

type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

/** A server on this machine whose answers a test can change. */
async function serve(handler: Handler) {
  const state = { handler, requests: 0, url: '' }
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      state.requests++
      state.handler(request, response, Buffer.concat(pieces))
    })
  })
  state.url = `http://127.0.0.1:${await listen(server)}/ca.crl`
  return state
}

async function listen(server: Server | ReturnType<typeof ldapServer>, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A room with the CA held and a fetcher over it, at a moment the test moves. */
async function fetchingRoom(urls: readonly string[], rules: Partial<FetchRules> = {}) {
  const room = importRoom()
  await room.takeIn(pki.root.certificate, pki.ca.certificate)
  const fetcher = revocationFetcher({
    store: room.store,
    paths: candidatePaths(room.store),
    now: room.now,
    log: SILENT,
    urls,
    rules: { allowLocal: true, timeout: 2_000, connectTimeout: 1_000, ...rules },
    random: () => 1,
  })
  onTestFinished(() => fetcher.close())
  const source = async () => {
    const [only] = await room.store.sources(1, null)
    return only ? { ...only, condition: conditionOf(only, room.clock.now) } : null
  }
  const runAt = async (now: number) => {
    room.clock.now = now
    await fetcher.run()
    return source()
  }
  return { ...room, fetcher, source, runAt }
}

const certificate = (party: TestParty) => decodeCertificate(party.certificate)
const crlAt = (number: bigint, thisUpdate: number) => pki.crl({ number, thisUpdate, nextUpdate: thisUpdate + 7 * DAY })
const sends =
  (bytes: () => Uint8Array, headers = {}): Handler =>
  (_, response) =>
    response.writeHead(200, headers).end(bytes())

test('a CRL is fetched, taken in, and asked for again half-way to its next update or after six hours', async () => {
  const server = await serve(sends(() => crlAt(1n, NOW - HOUR)))
  const room = await fetchingRoom([server.url])
  expect(await room.runAt(NOW)).toMatchObject({
    condition: 'FRESH',
    lastSuccess: NOW,
    freshUntil: NOW - HOUR + 7 * DAY,
    failures: 0,
  })
  await room.runAt(NOW + HOUR)
  expect(server.requests).toBe(1)
  await room.runAt(NOW + 7 * HOUR)
  expect(server.requests).toBe(2)
})

test('a source that is down at the start recovers by itself once it is up', async () => {
  const server = await serve(sends(() => crlAt(1n, NOW - HOUR)))
  const gone = createServer()
  const port = await listen(gone)
  await new Promise((resolve) => gone.close(resolve))
  const room = await fetchingRoom([`http://127.0.0.1:${port}/ca.crl`])
  expect(await room.source()).toBeNull()
  expect(await room.runAt(NOW)).toMatchObject({ condition: 'FAILING', errorCode: 'UNREACHABLE', lastSuccess: null })
  const back = createServer((request, response) => server.handler(request, response, Buffer.alloc(0)))
  await listen(back, port)
  expect(await room.runAt(NOW + 30_000)).toMatchObject({ failures: 1 })
  expect(await room.runAt(NOW + 2 * MINUTE)).toMatchObject({ condition: 'FRESH', failures: 0, failingSince: null })
})

test('a source that comes back after three days is asked within six hours of that, and its state tells since when it failed', async () => {
  const server = await serve((_, response) => response.writeHead(503).end())
  const room = await fetchingRoom([server.url])
  for (let now = NOW; now < NOW + 3 * DAY; now += 5 * MINUTE) await room.runAt(now)
  expect(await room.source()).toMatchObject({ condition: 'FAILING', failingSince: NOW, errorCode: 'HTTP_STATUS' })
  expect(server.requests).toBeLessThan(25)
  server.handler = sends(() => crlAt(1n, NOW + 3 * DAY))
  let recovered = NOW + 3 * DAY
  while ((await room.runAt(recovered))?.condition !== 'FRESH') recovered += 5 * MINUTE
  expect(recovered).toBeLessThanOrEqual(NOW + 3 * DAY + 6 * HOUR)
})

test('a source that hangs is given up in time, whether before its head or in the middle', async () => {
  const server = await serve(() => {})
  const room = await fetchingRoom([server.url], { timeout: 150 })
  expect(await room.runAt(NOW)).toMatchObject({ condition: 'FAILING', errorCode: 'TIMEOUT' })
  server.handler = (_, response) => response.writeHead(200).write(Buffer.alloc(10))
  expect(await room.runAt(NOW + HOUR)).toMatchObject({ errorCode: 'TIMEOUT', failures: 2 })
})

test('a source that sends too much is cut off', async () => {
  const server = await serve(sends(() => Buffer.alloc(100_000)))
  const room = await fetchingRoom([server.url], { maximumBytes: 50_000 })
  expect(await room.runAt(NOW)).toMatchObject({ condition: 'FAILING', errorCode: 'TOO_LARGE' })
})

test('a source that lies is failing with the code of the refusal, and nothing of it is held', async () => {
  const stranger = testPki(NOW, '冒名')
  const server = await serve(sends(() => pki.crl({}, { ...stranger.ca, name: pki.ca.name })))
  const room = await fetchingRoom([server.url])
  expect(await room.runAt(NOW)).toMatchObject({ condition: 'FAILING', errorCode: 'ISSUER_KEY' })
  server.handler = sends(() => Buffer.from('<html>'))
  expect(await room.runAt(NOW + HOUR)).toMatchObject({ errorCode: 'STRUCTURE', failures: 2 })
  server.handler = sends(() => Buffer.alloc(0))
  expect(await room.runAt(NOW + 2 * HOUR)).toMatchObject({ errorCode: 'EMPTY', failures: 3 })
  expect(await crlEvidence(certificate(pki.signer), certificate(pki.ca), NOW + DAY, room.store)).toEqual([])
})

test('a source that falls back in number is failing, and the newer list is kept', async () => {
  const server = await serve(sends(() => crlAt(2n, NOW - HOUR)))
  const room = await fetchingRoom([server.url])
  await room.runAt(NOW)
  server.handler = sends(() => crlAt(1n, NOW - 2 * HOUR))
  expect(await room.runAt(NOW + 7 * HOUR)).toMatchObject({ condition: 'FAILING', errorCode: 'STALE', lastSuccess: NOW })
})

test('what has not changed since is not sent again, and a list past its next update makes the source stale', async () => {
  const asked: (string | undefined)[] = []
  const server = await serve((request, response) => {
    asked.push(request.headers['if-none-match'])
    if (request.headers['if-none-match']) response.writeHead(304).end()
    else response.writeHead(200, { etag: '"7"' }).end(pki.crl({ nextUpdate: NOW + HOUR }))
  })
  const room = await fetchingRoom([server.url])
  await room.runAt(NOW)
  expect(await room.runAt(NOW + 40 * MINUTE)).toMatchObject({ condition: 'FRESH', etag: '"7"' })
  expect(await room.runAt(NOW + 2 * HOUR)).toMatchObject({ condition: 'STALE', failures: 0 })
  expect(asked).toEqual([undefined, '"7"', '"7"'])
})

test('redirects are followed three times, never to another scheme', async () => {
  const server = await serve((request, response) => {
    const hop = Number(new URL(request.url ?? '', 'http://a').searchParams.get('hop') ?? 0)
    if (hop === 3) response.end(crlAt(1n, NOW - HOUR))
    else response.writeHead(302, { location: `/ca.crl?hop=${hop + 1}` }).end()
  })
  const room = await fetchingRoom([server.url])
  expect(await room.runAt(NOW)).toMatchObject({ condition: 'FRESH' })
  server.handler = (_, response) => response.writeHead(302, { location: '/again' }).end()
  expect(await room.runAt(NOW + 7 * HOUR)).toMatchObject({ errorCode: 'REDIRECTS' })
  server.handler = (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end()
  expect(await room.runAt(NOW + 8 * HOUR)).toMatchObject({ errorCode: 'URL' })
})

test('this machine is not asked unless the operator allows it, by literal or by name', async () => {
  const server = await serve(sends(() => crlAt(1n, NOW - HOUR)))
  const byName = server.url.replace('127.0.0.1', 'localhost')
  const room = await fetchingRoom([server.url, byName], { allowLocal: false })
  await room.runAt(NOW)
  expect((await room.store.sources(9, null)).map(({ errorCode }) => errorCode)).toEqual(['ADDRESS', 'ADDRESS'])
  expect(server.requests).toBe(0)
})

test('what certificates held name is fetched: distribution points, and responders asked about each certificate with a nonce', async () => {
  const server = await serve((request, response, body) => {
    if (request.method === 'GET') return response.end(pki.crl({}))
    const [tbs] = [openDer(body).sequence().sequence()]
    const certId = decodeCertId(tbs.sequence().sequence())
    const nonce = tbs.constructed(0xa2).sequence().sequence()
    nonce.oid()
    const value = openDer(nonce.octetString()).octetString()
    expect(certId.serialNumber).toBe(named.serialNumber.toString(16))
    return response.end(testOcspResponse({ certificate: named.certificate, issuer: pki.ca, producedAt: NOW, nonce: value }))
  })
  const named = pki.issue('有应答者', { crlUrls: [server.url], extensions: [responderAt(server.url)] })
  const room = await fetchingRoom([])
  await room.takeIn(named.certificate)
  await room.runAt(NOW)
  expect(
    (await room.store.sources(9, null)).map((source) => [source.kind, source.certificate, conditionOf(source, NOW)]),
  ).toEqual([
    ['CRL', '', 'FRESH'],
    ['OCSP', named.fingerprint, 'FRESH'],
  ])
})

test('a responder that answers another nonce is failing', async () => {
  const server = await serve((_, response) =>
    response.end(testOcspResponse({ certificate: named.certificate, issuer: pki.ca, producedAt: NOW, nonce: Buffer.alloc(16) })),
  )
  const named = pki.issue('有应答者', { extensions: [responderAt(server.url)] })
  const room = await fetchingRoom([])
  await room.takeIn(named.certificate)
  expect(await room.runAt(NOW)).toMatchObject({ condition: 'FAILING', errorCode: 'NONCE' })
})

test('a responder is asked no more about a certificate that has expired', async () => {
  const server = await serve((_, response) => response.writeHead(500).end())
  const named = pki.issue('将到期', { extensions: [responderAt(server.url)], notAfter: NOW + HOUR })
  const room = await fetchingRoom([])
  await room.takeIn(named.certificate)
  expect(await room.runAt(NOW)).toMatchObject({ condition: 'FAILING' })
  expect(await room.runAt(NOW + 2 * HOUR)).toBeNull()
})

test('the state of a source outlives the fetcher', async () => {
  const server = await serve((_, response) => response.writeHead(500).end())
  const room = await fetchingRoom([server.url])
  await room.runAt(NOW)
  const again = revocationFetcher({ ...room, paths: candidatePaths(room.store), urls: [server.url], rules: { allowLocal: true } })
  onTestFinished(() => again.close())
  await again.run()
  expect(server.requests).toBe(1)
})

test('a directory is asked for the revocation list its URL names', async () => {
  const directory = ldapServer((socket, id) => socket.write(searchAnswer(id, 'certificateRevocationList;binary', pki.crl({}))))
  const port = await listen(directory)
  const room = await fetchingRoom([
    `ldap://127.0.0.1:${port}/CN=ca,O=%E6%BC%94%E7%A4%BA,C=CN?certificateRevocationList?base?objectClass=cRLDistributionPoint`,
  ])
  expect(await room.runAt(NOW)).toMatchObject({ condition: 'FRESH', errorCode: null })
})

test('a directory that refuses, hangs or sends too much is failing', async () => {
  const behaviour = { now: 'refuse' }
  const directory = ldapServer((socket, id) => {
    if (behaviour.now === 'refuse') socket.write(searchRefusal(id, 32))
    if (behaviour.now === 'flood') socket.write(searchAnswer(id, 'certificateRevocationList;binary', Buffer.alloc(100_000)))
  })
  const port = await listen(directory)
  const room = await fetchingRoom([`ldap://127.0.0.1:${port}/CN=ca`], { timeout: 300, maximumBytes: 50_000 })
  expect(await room.runAt(NOW)).toMatchObject({ condition: 'FAILING', errorCode: 'LDAP' })
  behaviour.now = 'flood'
  expect(await room.runAt(NOW + HOUR)).toMatchObject({ errorCode: 'TOO_LARGE' })
  behaviour.now = 'hang'
  expect(await room.runAt(NOW + 2 * HOUR)).toMatchObject({ errorCode: 'TIMEOUT', failures: 3 })
  const refused = await fetchingRoom([`ldap://127.0.0.1:${port}/CN=ca`], { allowLocal: false })
  expect(await refused.runAt(NOW)).toMatchObject({ errorCode: 'ADDRESS' })
})
