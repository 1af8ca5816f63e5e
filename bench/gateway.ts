import { createGateway, type Gateway } from '../gateway/gateway.ts'
import { connectSubgraph } from '../gateway/http-subgraph.ts'
import { PUBLIC } from '../model/caller.ts'
import type { Subgraph } from '../model/subgraph.ts'
import { localSubgraph } from '../runtime/local-subgraph.ts'
import { serveSubgraph } from '../runtime/subgraph-server.ts'
import { statusGraph } from './gateway-graph.ts'
import { requestsPerSecond, servedGateway, servedPlain } from './gateway-server.ts'
import { measure } from './measure.ts'
import type { BenchRow } from './row.ts'

const KEY = new Uint8Array(32).fill(7)
const QUERIES = {
  status: `query Status($code: ID!) { seal(code: $code) { code name issuer status { state since freshness { kind age } } } }`,
  decision: `query Decision($code: ID!) { seal(code: $code) { code name status { state } certificate { subject notAfter }
    decision { indication summary { zh en } because { check outcome } } } }`,
} as const

/**
 * Requests per second: the federated graph against the same resolvers as one plain schema, behind the same server and as a
 * bare call; the same over HTTP subgraphs; and the price of a document met for the first time.
 */
export async function benchGateway(): Promise<BenchRow[]> {
  const graph = statusGraph()
  const plain = localSubgraph(graph.plain)
  const local = graph.subgraphs.map(localSubgraph)
  const gateway = await createGateway({ subgraphs: local })
  const remote = await overHttp(local)
  try {
    const rows: BenchRow[] = []
    for (const name of ['status', 'decision'] as const) {
      rows.push(
        ...(await serverRows(name, plain, gateway, remote.gateway)),
        ...(await callRows(name, plain, gateway, remote.gateway)),
      )
    }
    return [...rows, ...(await coldRows(gateway))]
  } finally {
    await gateway.close()
    await remote.close()
  }
}

async function serverRows(name: keyof typeof QUERIES, plain: Subgraph, gateway: Gateway, remote: Gateway): Promise<BenchRow[]> {
  const servers = {
    plain: await servedPlain(gateway.schema, plain),
    federated: await servedGateway(gateway),
    remote: await servedGateway(remote),
  }
  const speeds = await requestsPerSecond(servers, QUERIES[name], { code: '41172800000001' })
  const base = `${name}, served: one plain schema`
  return [
    { name: base, perSecond: speeds.plain },
    {
      name: `${name}, served: federated in one process`,
      perSecond: speeds.federated,
      ratioTo: { name: base, ratio: speeds.federated / speeds.plain },
    },
    {
      name: `${name}, served: federated over HTTP subgraphs`,
      perSecond: speeds.remote,
      ratioTo: { name: base, ratio: speeds.remote / speeds.plain },
    },
  ]
}

async function callRows(name: keyof typeof QUERIES, plain: Subgraph, gateway: Gateway, remote: Gateway): Promise<BenchRow[]> {
  const request = { query: QUERIES[name], variables: { code: '41172800000001' }, context: { caller: PUBLIC, requestId: 'bench' } }
  const speeds = await measure({
    plain: () => plain.execute(request),
    federated: () => gateway.execute(request),
    remote: () => remote.execute(request),
  })
  const base = `${name}, called: one plain schema`
  return [
    { name: base, perSecond: speeds.plain },
    {
      name: `${name}, called: federated in one process`,
      perSecond: speeds.federated,
      ratioTo: { name: base, ratio: speeds.federated / speeds.plain },
    },
    {
      name: `${name}, called: federated over HTTP subgraphs`,
      perSecond: speeds.remote,
      ratioTo: { name: base, ratio: speeds.remote / speeds.plain },
    },
  ]
}

/**
 * A document never seen is parsed, validated, planned and compiled in every subgraph; one that differs from a known one in its
 * constants alone is parsed and validated.
 */
async function coldRows(gateway: Gateway): Promise<BenchRow[]> {
  let seen = 0
  const ask = (query: string) => gateway.execute({ query, variables: { code: '41172800000001' } })
  const speeds = await measure({
    warm: () => ask(QUERIES.decision),
    constant: () => ask(QUERIES.decision.replace('seal(code: $code)', `seal(code: "${seen++}")`).replace('($code: ID!)', '')),
    cold: () => ask(QUERIES.decision.replace('$code: ID!', `$code: ID! = "${seen++}"`)), // a default value stays with its plan
  })
  const base = 'decision, called: document known'
  return [
    { name: base, perSecond: speeds.warm },
    {
      name: 'decision, called: known but for a constant',
      perSecond: speeds.constant,
      ratioTo: { name: base, ratio: speeds.constant / speeds.warm },
    },
    {
      name: 'decision, called: document met for the first time',
      perSecond: speeds.cold,
      ratioTo: { name: base, ratio: speeds.cold / speeds.warm },
    },
  ]
}

async function overHttp(subgraphs: readonly Subgraph[]): Promise<{ gateway: Gateway; close: () => Promise<void> }> {
  const servers = await Promise.all(subgraphs.map((subgraph) => serveSubgraph(subgraph, { key: KEY, now: Date.now })))
  const connected = subgraphs.map(({ name }, at) => connectSubgraph({ name, url: servers[at]?.url ?? '', key: KEY }))
  const gateway = await createGateway({ subgraphs: await Promise.all(connected) })
  const close = async () => {
    await gateway.close()
    await Promise.all(servers.map((server) => server.close()))
  }
  return { gateway, close }
}
