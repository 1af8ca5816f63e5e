import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { httpSubgraph } from '../../gateway/http-subgraph.ts'
import { PUBLIC } from '../../model/caller.ts'
import { sealFacts } from '../../model/sealed-facts.ts'
import type { Subgraph, SubgraphExecutor } from '../../model/subgraph.ts'
import { loadPolicies } from '../../policies/load.ts'
import { SILENT } from '../../runtime/log.ts'
import { serveSubgraph } from '../../runtime/subgraph-server.ts'
import { startCertificates } from '../../subgraphs/certificates/start.ts'
import { startSeals } from '../../subgraphs/seals/start.ts'
import { startTrust } from '../../subgraphs/trust/start.ts'
import { MADE_AT, pki, sealOf } from '../support/seals.ts'

const FACTS_KEY = new Uint8Array(32).fill(7)
const CHANNEL_KEY = new Uint8Array(32).fill(8)
const NOW = MADE_AT + 86_400_000
const context = { caller: PUBLIC, requestId: 'test' }
const operator = { caller: { id: 'operator', scopes: ['administrator'] as const }, requestId: 'test' }

interface Rooms {
  readonly seals: SubgraphExecutor
  readonly certificates: SubgraphExecutor
  readonly trust: SubgraphExecutor
  readonly clock: { at: number }
}

/** The three real subgraphs, each alone behind its own HTTP server, everything listed that the test seals need. */
async function rooms(): Promise<Rooms> {
  const clock = { at: NOW }
  const now = () => clock.at
  const policies = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)))
  const common = { database: ':memory:', factsKey: FACTS_KEY, now, log: SILENT }
  async function serve(subgraph: Subgraph): Promise<SubgraphExecutor> {
    const server = await serveSubgraph(subgraph, { key: CHANNEL_KEY, now })
    onTestFinished(() => server.close())
    return httpSubgraph({ url: `${server.url}/graphql`, key: CHANNEL_KEY, now })
  }
  const files = { read: async () => null }
  const seals = await serve(await startSeals({ ...common, policies, files, signer: pki.signer.signer }))
  const certificates = await serve(await startCertificates(common))
  const trust = await serve(await startTrust({ ...common, policies, division: '350000' }))
  await list(certificates, trust)
  return { seals, certificates, trust, clock }
}

async function list(certificates: SubgraphExecutor, trust: SubgraphExecutor): Promise<void> {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  await data(
    certificates,
    'mutation ($c: [Base64!]!) { importCertificates(certificates: $c) { rows { outcome } } }',
    { c: [pki.root, pki.ca].map(({ certificate }) => base64(certificate)) },
    operator,
  )
  await data(
    certificates,
    'mutation ($c: [Base64!]!) { importCrls(crls: $c) { rows { outcome refusal { code } } } }',
    { c: [pki.crl({}, pki.root), pki.crl()].map(base64) },
    operator,
  )
  const services = (
    [
      ['ANCHOR', pki.root],
      ['CA', pki.ca],
      ['MAKER', pki.maker],
    ] as const
  ).map(([role, { fingerprint }]) => ({ role, fingerprint, name: role, scope: '', from: new Date(MADE_AT - 1e10).toISOString() }))
  await data(
    trust,
    'mutation ($s: [TrustServiceInput!]!) { importTrustServices(services: $s) { rows { outcome } } }',
    { s: services },
    operator,
  )
}

async function data<Data>(
  room: SubgraphExecutor,
  query: string,
  variables: Record<string, unknown>,
  as: Parameters<SubgraphExecutor>[0]['context'] = context,
): Promise<Data> {
  const result = await room({ query, variables, context: as })
  expect(result.errors).toBeUndefined()
  return result.data as Data
}

interface Evidence {
  readonly id: string
  readonly sealFacts: string
  readonly pathFacts: string
}

/** What the gateway carries from room to room, fetched room by room. */
async function evidenceOf({ seals, certificates }: Rooms, seal: Uint8Array): Promise<Evidence> {
  const file = { base64: Buffer.from(seal).toString('base64') }
  type Inspected = { inspectSeal: { id: string; certificates: string[]; sealFacts: string } }
  const { inspectSeal } = await data<Inspected>(
    seals,
    'query ($f: FileReference!) { inspectSeal(file: $f) { id certificates sealFacts } }',
    { f: file },
  )
  const representation = { __typename: 'SealInspection', id: inspectSeal.id, certificates: inspectSeal.certificates }
  type Facts = { _entities: [{ pathFacts: string }] }
  const { _entities } = await data<Facts>(
    certificates,
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on SealInspection { pathFacts } } }',
    { r: [representation] },
  )
  return { id: inspectSeal.id, sealFacts: inspectSeal.sealFacts, pathFacts: _entities[0].pathFacts }
}

async function conclude(
  { trust }: Rooms,
  evidence: { id: string; sealFacts: string | null; pathFacts: string | null },
): Promise<{ indication: string; failing: string[] }> {
  type Concluded = { _entities: [{ conclusion: { indication: string; because: { check: string; outcome: string }[] } }] }
  const query =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on SealInspection { conclusion { indication because { check outcome } } } } }'
  const { _entities } = await data<Concluded>(trust, query, { r: [{ __typename: 'SealInspection', ...evidence }] })
  const { indication, because } = _entities[0].conclusion
  return {
    indication,
    failing: because
      .filter(({ outcome }) => outcome !== 'PASSED' && outcome !== 'NOTE' && outcome !== 'NOT_APPLICABLE')
      .map(({ check }) => check),
  }
}

test('genuine facts of the three real rooms pass, so that what follows can fail', async () => {
  const all = await rooms()
  expect(await conclude(all, await evidenceOf(all, await sealOf('SES_V4')))).toEqual({ indication: 'TOTAL_PASSED', failing: [] })
})

test('facts forged, foreign, stale or swapped, posted to the judge itself, never pass', async () => {
  const all = await rooms()
  const evidence = await evidenceOf(all, await sealOf('SES_V4'))
  const other = await evidenceOf(all, await sealOf('SES_V4', { esID: '41172800000002' }))
  const flipped = (text: string) => `${text.slice(0, 40)}${text[40] === 'A' ? 'B' : 'A'}${text.slice(41)}`
  const label = { producer: 'seals' as const, type: 'SealFacts', entityId: evidence.id, producedAt: NOW }
  const content = JSON.parse(Buffer.from(evidence.sealFacts.split('.')[1] ?? '', 'base64url').toString()).content
  const attempts: Record<string, { sealFacts: string | null; pathFacts: string | null }> = {
    'seal facts changed in one character': { ...evidence, sealFacts: flipped(evidence.sealFacts) },
    'path facts changed in one character': { ...evidence, pathFacts: flipped(evidence.pathFacts) },
    'seal facts sealed with another key': { ...evidence, sealFacts: sealFacts(label, content, new Uint8Array(32).fill(9)) },
    'seal facts by a room that is not seals': {
      ...evidence,
      sealFacts: sealFacts({ ...label, producer: 'certificates' }, content, FACTS_KEY),
    },
    'facts of another type': { ...evidence, sealFacts: sealFacts({ ...label, type: 'PathFacts' }, content, FACTS_KEY) },
    'path facts in place of seal facts': { ...evidence, sealFacts: evidence.pathFacts },
    'seal facts of another seal': { ...evidence, sealFacts: other.sealFacts },
    'path facts of another seal': { ...evidence, pathFacts: other.pathFacts },
    'facts from the future': { ...evidence, sealFacts: sealFacts({ ...label, producedAt: NOW + 60_000 }, content, FACTS_KEY) },
    'no seal facts': { ...evidence, sealFacts: null },
    'no path facts': { ...evidence, pathFacts: null },
    'facts that are no facts': { sealFacts: 'f1.e30.AAAA', pathFacts: '{}' },
  }
  for (const [attempt, given] of Object.entries(attempts)) {
    const { indication, failing } = await conclude(all, { ...evidence, ...given })
    expect({ attempt, indication }).toEqual({ attempt, indication: 'INDETERMINATE' })
    expect(failing, attempt).not.toEqual([])
  }
  all.clock.at += 61_000
  expect((await conclude(all, evidence)).indication).toBe('INDETERMINATE')
})
