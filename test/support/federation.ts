import { randomBytes } from 'node:crypto'
import { createGateway, type Gateway, type GatewayOptions } from '../../gateway/gateway.ts'
import { connectSubgraph } from '../../gateway/http-subgraph.ts'
import { composeSupergraph } from '../../gateway/supergraph.ts'
import type { Subgraph } from '../../model/subgraph.ts'
import { localSubgraph, type Resolvers } from '../../runtime/local-subgraph.ts'
import { serveSubgraph } from '../../runtime/subgraph-server.ts'

/** A small federation for a test: SDL without the `@link`, and resolvers, by subgraph. */
export type Federation = Readonly<Record<string, { readonly sdl: string; readonly resolvers: Resolvers }>>

export const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external",
  "@requires", "@provides", "@shareable", "@inaccessible", "@interfaceObject", "@override", "@authenticated", "@requiresScopes", "@policy"])\n`

export const HUB_KEY = new Uint8Array(randomBytes(32))

export function localSubgraphs(federation: Federation): Subgraph[] {
  return Object.entries(federation).map(([name, { sdl, resolvers }]) => localSubgraph({ name, sdl: LINK + sdl, resolvers }))
}

export interface OpenFederation {
  readonly gateway: Gateway
  readonly close: () => Promise<void>
}

/** Opens a gateway over the federation, its subgraphs in this process or each behind HTTP. */
export async function openFederation(
  federation: Federation,
  over: 'local' | 'http' = 'local',
  options: Partial<GatewayOptions> = {},
): Promise<OpenFederation> {
  const local = localSubgraphs(federation)
  const servers = over === 'local' ? [] : await Promise.all(local.map((s) => serveSubgraph(s, { key: HUB_KEY, now: Date.now })))
  const subgraphs =
    over === 'local'
      ? local
      : await Promise.all(local.map(({ name }, at) => connectSubgraph({ name, url: servers[at]?.url ?? '', key: HUB_KEY })))
  const gateway = await createGateway({ subgraphs, ...options })
  return {
    gateway,
    close: async () => {
      await gateway.close()
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}

export function supergraphOf(federation: Federation): string {
  return composeSupergraph(Object.entries(federation).map(([name, { sdl }]) => ({ name, sdl: LINK + sdl })))
}

/** An answer as a client gets it. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
