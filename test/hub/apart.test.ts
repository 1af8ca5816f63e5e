import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { remoteGraph } from '../../cli/connect.ts'
import { makeDemoFiles } from '../../cli/demo/files.ts'
import { tellStory } from '../../cli/demo/story.ts'
import { askImpact } from '../../cli/trust-impact.ts'
import { importTrust } from '../../cli/trust-import.ts'
import { askAboutDocument } from '../../cli/verify-query.ts'
import { readSecretFile } from '../../runtime/config.ts'
import { dataDirectory, type Served, serve } from '../support/command.ts'
import { onePage, writePdf } from '../support/pdf.ts'
import { detached, signPdf } from '../support/pdf-signing.ts'
import { withSecurityStore } from '../support/pdf-store.ts'
import { testPki } from '../support/pki.ts'

async function hubOfRoomsApart(): Promise<{ hub: Served; rooms: Record<string, Served>; data: string }> {
  const folder = dataDirectory()
  const key = join(folder, 'hub.key')
  writeFileSync(key, randomBytes(32).toString('hex'))
  const [trust, certificates, seals] = await Promise.all(
    ['trust', 'certificates', 'seals'].map((name) =>
      serve(join(folder, name), { SEALHUB_KEY_FILE: key, SEALHUB_HUB_URL: 'http://127.0.0.1:9' }, name),
    ),
  )
  if (!trust || !certificates || !seals) throw new Error('a room did not start')
  const urls = { SEALHUB_TRUST_URL: trust.url, SEALHUB_CERTIFICATES_URL: certificates.url, SEALHUB_SEALS_URL: seals.url }
  const data = join(folder, 'hub')
  const hub = await serve(data, { SEALHUB_KEY_FILE: key, SEALHUB_DEVELOPMENT: 'true', ...urls })
  return { hub, rooms: { trust, certificates, seals }, data }
}

test('three subgraphs in processes of their own, joined by configuration, answer as one hub, also by evidence a document brings along; with one gone the rest says what is missing', async () => {
  const { hub, rooms, data } = await hubOfRoomsApart()
  const token = readSecretFile(join(data, 'keys/operator.token'), 32).toString()
  const graph = remoteGraph({ url: hub.url, token })
  const inline = { ...graph, put: async (bytes: Uint8Array) => ({ base64: Buffer.from(bytes).toString('base64') }) }
  const now = Date.now()
  const files = await makeDemoFiles(join(data, 'demo'), now)
  await tellStory({ graph: inline, url: hub.url, files, now, say: () => {} })

  const { data: listed } = await graph.ask('{ trustServices(role: CA) { nodes { fingerprint } } }', {})
  const { nodes } = (listed as { trustServices: { nodes: readonly { fingerprint: string }[] } }).trustServices
  const impact = await askImpact(graph, nodes[0]?.fingerprint ?? '', '2000-01-01T00:00:00Z')
  expect(impact).toMatchObject({ services: [{ role: 'CA' }], seals: { makers: 1, gaps: [] } })
  expect(impact.seals.number).toBeGreaterThan(1)

  const pki = testPki(now)
  for (const [party, role] of [
    [pki.root, 'ANCHOR'],
    [pki.ca, 'CA'],
  ] as const) {
    const template = { role, scope: '', name: null, from: null, until: null, evidence: null }
    await importTrust(inline, [{ file: 'test', der: party.certificate, refusal: null }], template)
  }
  const signed = await signPdf(writePdf(onePage()), detached(pki.signer.signer, now))
  const stored = withSecurityStore(signed, { crls: [pki.crl(), pki.crl({}, pki.root)] })
  const question = { at: null, knownAt: null, reliedOnIn: null, revocation: 'REQUIRED' } as const
  const concluded = async (bytes: Uint8Array) =>
    (await askAboutDocument(inline, await inline.put(bytes), null, question)).conclusion.indication
  expect([await concluded(signed), await concluded(stored)]).toEqual(['INDETERMINATE', 'TOTAL_PASSED'])

  const decision = `query ($code: SealCode!) { seal(code: $code) { name status { state } makerCertificate { subject } decision { indication subIndication } } }`
  await rooms.certificates?.stop('SIGKILL')
  const { data: answer, errors } = await graph.ask(decision, { code: '41172800000003' })
  expect(answer).toMatchObject({ seal: { name: '遂平县演示教育局', status: { state: 'ACTIVE' }, makerCertificate: null } })
  expect((answer as { seal: { decision: { indication: string } | null } }).seal.decision?.indication).not.toBe('TOTAL_PASSED')
  expect(errors?.map(({ path }) => path?.join('.'))).toContain('seal.makerCertificate')
  expect((await fetch(`${hub.url}/health`)).status).toBe(503)

  const direct = await fetch(`${rooms.seals?.url}/graphql`, {
    method: 'POST',
    body: JSON.stringify({ query: '{ __typename }' }),
    headers: { 'content-type': 'application/json' },
  })
  expect(direct.status).toBe(401)
})
