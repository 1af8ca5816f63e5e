import { randomUUID } from 'node:crypto'
import { PUBLIC } from '../model/caller.ts'
import type { PartHealth, RequestContext, Subgraph } from '../model/subgraph.ts'
import type { Clock } from '../model/time.ts'
import { signRequest } from '../runtime/request-signature.ts'
import { ask, httpSubgraph } from './http-subgraph.ts'

export interface JoinOptions {
  readonly name: string
  /** The server's address, as `serveSubgraph` gives it. */
  readonly url: string
  /** The hub's key. */
  readonly key: Uint8Array
  readonly now?: Clock
}

const MAXIMUM_SDL_BYTES = 1024 * 1024
const PATIENCE_MS = 5_000

/** Joins a subgraph that runs elsewhere: fetches its SDL and asks it over HTTP from then on. Rejects when it does not answer. */
export async function joinSubgraph({ name, url, key, now = Date.now }: JoinOptions): Promise<Subgraph> {
  const get = (path: string): Promise<string> => {
    const context: RequestContext = { caller: PUBLIC, requestId: randomUUID() }
    const headers = signRequest({ method: 'GET', path, body: new Uint8Array(), context }, key, now())
    return ask(new URL(path, url).href, 'GET', headers, null, MAXIMUM_SDL_BYTES, AbortSignal.timeout(PATIENCE_MS))
  }
  return {
    name,
    sdl: await get('/sdl'),
    execute: httpSubgraph({ url: new URL('/graphql', url).href, key, now }),
    health: async () => JSON.parse(await get('/health')) as PartHealth,
    close: async () => {},
  }
}
