import { copyFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { addListRoutes } from '../../adapters/lists/routes.ts'
import { type Hub, openHub } from '../../cli/hub.ts'
import { openKeys, openSigner } from '../../cli/identity.ts'
import { OPERATOR } from '../../cli/operator.ts'
import { openHttp } from '../../gateway/http.ts'
import { PUBLIC } from '../../model/caller.ts'
import { encodeSignedData } from '../../pki/cms/signed-data.ts'
import type { Signer } from '../../pki/signer.ts'
import { fingerprintOf } from '../../pki/x509/certificate.ts'
import { readConfig } from '../../runtime/config.ts'
import { openDataDirectory } from '../../runtime/data-directory.ts'
import { SILENT } from '../../runtime/log.ts'
import type { TrustStatement } from '../../subgraphs/trust/service.ts'
import { encodeTrustList } from '../../subgraphs/trust/trust-list.ts'
import { dataDirectory } from '../support/command.ts'

const START = Date.UTC(2026, 0, 1)
const DAY = 86_400_000
const HENAN = '410000'
const PATIENCE = { timeout: 20_000, interval: 100 }

let now = START
const clock = () => now

async function ask<Answer>(hub: Hub, query: string, variables: object = {}): Promise<Answer> {
  const { data, errors } = await hub.askAs(OPERATOR)(query, { ...variables })
  expect(errors).toBeUndefined()
  return JSON.parse(JSON.stringify(data))
}

async function listOperator(hub: Hub, { certificate }: Signer): Promise<void> {
  const services = [
    { role: 'LIST_OPERATOR', fingerprint: fingerprintOf(certificate), name: HENAN, scope: '41', from: '2020-01-01' },
  ]
  await ask(hub, 'mutation ($s: [TrustServiceInput!]!) { importTrustServices(services: $s) { rows { outcome } } }', {
    s: services,
  })
}

const publish = (hub: Hub) => ask(hub, 'mutation { publishTrustList { outcome } }')

/** A signing key as a hub makes it on its first start. */
async function signerOf(data: string): Promise<Signer> {
  const config = readConfig({ SEALHUB_DATA: data, SEALHUB_DIVISION: HENAN }, {})
  openKeys(config, openDataDirectory(data))
  return openSigner(config, openDataDirectory(data), clock)
}

/** The hub of Henan at its door; `roll` gives it the next key as an operator does: named by the old one, then put in its place. */
async function operatorHub() {
  const data = dataDirectory()
  const config = readConfig({ SEALHUB_DATA: data, SEALHUB_DIVISION: HENAN }, {})
  let hub = await openHub(config, { now: clock, log: SILENT })
  let port = 0
  let closeDoor = async () => {}
  const open = async () => {
    const app = await openHttp({ gateway: hub.gateway, routes: [addListRoutes(hub.askAs(PUBLIC))], log: SILENT })
    await app.listen({ port, host: '127.0.0.1' })
    port = (app.server.address() as AddressInfo).port
    closeDoor = async () => {
      app.server.closeAllConnections()
      await app.close()
    }
  }
  const close = async () => {
    await closeDoor()
    closeDoor = async () => {}
    await hub.close()
  }
  onTestFinished(close)
  return {
    open,
    close,
    closeDoor: () => closeDoor(),
    url: () => `http://127.0.0.1:${port}/trust-lists/${HENAN}`,
    port: () => port,
    signer: () => signerOf(data),
    publish: () => publish(hub),
    roll: async () => {
      const next = dataDirectory()
      await listOperator(hub, await signerOf(next))
      await publish(hub)
      await close()
      for (const file of ['signing.key.pem', 'signing.cer.pem', 'passphrase'])
        copyFileSync(join(next, 'keys', file), join(data, 'keys', file))
      hub = await openHub(config, { now: clock, log: SILENT })
      await publish(hub)
      await open()
    },
  }
}

interface SourceAnswer {
  readonly state: string
  readonly list: { readonly sequence: number; readonly signer: string } | null
  readonly problem: { readonly code: string; readonly reason: { readonly en: string } } | null
}

/** A hub of Fujian that fetches the list of Henan in the background, and nothing else; it can be put to sleep and woken. */
async function consumerHub(url: string, anchored: Signer) {
  const settings = { SEALHUB_DIVISION: '350000', SEALHUB_TRUST_LIST_URLS: url, SEALHUB_FETCH_LOCAL: 'true' }
  const config = readConfig({ SEALHUB_DATA: dataDirectory(), ...settings }, {})
  let hub = await openHub(config, { now: clock, log: SILENT })
  onTestFinished(() => hub.close())
  await listOperator(hub, anchored)
  const source = async () => {
    const query = '{ trustListSources { sources { state list { sequence signer } problem { code reason { en } } } } }'
    const { trustListSources } = await ask<{ trustListSources: { sources: SourceAnswer[] } }>(hub, query)
    return trustListSources.sources[0]
  }
  return {
    source,
    sleep: () => hub.close(),
    wake: async () => {
      hub = await openHub(config, { now: clock, log: SILENT })
    },
    /** Waits for the background to get there: the clock runs, so that whatever waits comes to its turn. */
    until: (wanted: object) =>
      vi.waitFor(async () => {
        now += 30_000
        expect(await source()).toMatchObject(wanted)
      }, PATIENCE),
  }
}

test('a hub that slept through two changes of an operator’s key finds its way over the pivots, anchored once', async () => {
  now = START
  const henan = await operatorHub()
  const anchored = await henan.signer()
  await henan.publish()
  await henan.open()
  const consumer = await consumerHub(henan.url(), anchored)
  await consumer.until({ state: 'CURRENT', list: { sequence: 1, signer: fingerprintOf(anchored.certificate) } })

  await consumer.sleep()
  await henan.roll()
  now += DAY
  await henan.roll()
  now += 40 * DAY // the pivots are past their next update by then
  await henan.publish()
  const newest = fingerprintOf((await henan.signer()).certificate)
  expect(newest).not.toBe(fingerprintOf(anchored.certificate))
  await consumer.wake()
  await consumer.until({ state: 'CURRENT', problem: null, list: { signer: newest } })
})

test('a first fetch that fails recovers by itself once the operator answers', async () => {
  now = START
  const henan = await operatorHub()
  await henan.publish()
  await henan.open()
  const url = henan.url()
  await henan.closeDoor()
  const consumer = await consumerHub(url, await henan.signer())
  await consumer.until({ state: 'UNREACHABLE', list: null })
  await henan.open()
  await consumer.until({ state: 'CURRENT', problem: null, list: { sequence: 1 } })
})

test('a pivot that the old key did not sign hands over to nobody: the list is refused, says so, and the one held goes on', async () => {
  now = START
  const henan = await operatorHub()
  await henan.publish()
  await henan.open()
  const consumer = await consumerHub(henan.url(), await henan.signer())
  await consumer.until({ state: 'CURRENT', list: { sequence: 1 } })
  await henan.close()

  const [thief, accomplice] = [await signerOf(dataDirectory()), await signerOf(dataDirectory())]
  const pivot = await signedBy(thief, 9, [handOver(accomplice)])
  const stolen = await signedBy(accomplice, 10, [handOver(accomplice)], ['410000/9'])
  await serve(henan.port(), { '/trust-lists/410000': stolen, '/trust-lists/410000/9': pivot })
  await consumer.until({ state: 'REFUSED', list: { sequence: 1 }, problem: { code: 'ENVELOPE_SIGNATURE' } })
  const reason = (await consumer.source())?.problem?.reason.en
  expect(reason).toMatch(/410000\/9: the signer is not the operator/)
})

function handOver({ certificate }: Signer): TrustStatement {
  const fingerprint = fingerprintOf(certificate)
  return {
    role: 'LIST_OPERATOR',
    fingerprint,
    name: HENAN,
    scope: '41',
    span: { from: 0, until: null },
    evidence: null,
    list: HENAN,
  }
}

function signedBy(
  signer: Signer,
  sequence: number,
  statements: readonly TrustStatement[],
  pivots: readonly string[] = [],
): Promise<Uint8Array> {
  const list = { territory: HENAN, operator: '冒名', sequence, issuedAt: START, nextUpdate: START + 30 * DAY, statements, pivots }
  return encodeSignedData(encodeTrustList(list), signer)
}

/** Serves bytes where the operator did. */
async function serve(port: number, bodies: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const server = createServer((request, response) => {
    const body = bodies[request.url ?? '']
    response.writeHead(body ? 200 : 404).end(body)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
}
