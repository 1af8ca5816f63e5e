import { randomUUID } from 'node:crypto'
import { Agent, request } from 'undici'
import { PUBLIC } from '../model/caller.ts'
import { HubError } from '../model/error.ts'
import type { PartHealth, RequestContext, Subgraph, SubgraphExecutor, SubgraphRequest } from '../model/subgraph.ts'
import type { Clock } from '../model/time.ts'
import { signRequest } from '../runtime/request-signature.ts'

export interface HttpSubgraphOptions {
  /** Where operations are posted to. */
  readonly url: string
  /** The hub's key: every request is then signed and carries the caller. Without it, plain GraphQL over HTTP. */
  readonly key?: Uint8Array
  /** Longer answers are refused; 32 MiB by default. */
  readonly maximumBytes?: number
  readonly now?: Clock
}

const MAXIMUM_BYTES = 32 * 1024 * 1024
/** Connections are kept open and shared by all requests to one origin. The gateway's own timer ends what hangs. */
const AGENT = new Agent({ connections: 64, keepAliveTimeout: 30_000, headersTimeout: 60_000, bodyTimeout: 60_000 })

/** Asks a GraphQL server over HTTP. Rejects with HubError UNAVAILABLE when it answers anything but a GraphQL result. */
export function httpSubgraph(options: HttpSubgraphOptions): SubgraphExecutor {
  const { url, key, maximumBytes = MAXIMUM_BYTES, now = Date.now } = options
  const path = new URL(url).pathname
  return async ({ query, variables, operationName, context, signal }: SubgraphRequest) => {
    const body = JSON.stringify({ query, variables, ...(operationName ? { operationName } : {}) })
    const headers = {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...(key ? signRequest({ method: 'POST', path, body: Buffer.from(body), context }, key, now()) : {}),
    }
    return JSON.parse(await ask(url, 'POST', headers, body, maximumBytes, signal))
  }
}

export interface ConnectOptions {
  readonly name: string
  /** The server's address, as `serveSubgraph` gives it. */
  readonly url: string
  /** The hub's key. */
  readonly key: Uint8Array
  readonly now?: Clock
}

const MAXIMUM_SDL_BYTES = 1024 * 1024
const PATIENCE_MS = 5_000

/** Connects to a subgraph that runs elsewhere: fetches its SDL and asks it over HTTP from then on. Rejects when it does not answer. */
export async function connectSubgraph({ name, url, key, now = Date.now }: ConnectOptions): Promise<Subgraph> {
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

/** Sends a request and reads a bounded answer. @throws HubError UNAVAILABLE for no answer or another status than a GraphQL server's. */
async function ask(
  url: string,
  method: 'GET' | 'POST',
  headers: Record<string, string>,
  body: string | null,
  maximumBytes: number,
  signal?: AbortSignal,
): Promise<string> {
  const response = await request(url, { method, headers, body, dispatcher: AGENT, signal: signal ?? null }).catch((cause) => {
    throw unavailable('no answer', cause)
  })
  const text = await readBounded(response.body, maximumBytes)
  // GraphQL over HTTP: 200, or 400 with errors in the body; anything else is no answer.
  if (response.statusCode !== 200 && response.statusCode !== 400) throw unavailable(`status ${response.statusCode}`)
  return text
}

async function readBounded(body: AsyncIterable<Uint8Array>, maximumBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maximumBytes) throw unavailable(`an answer longer than ${maximumBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function unavailable(reason: string, cause?: unknown): HubError {
  return new HubError('UNAVAILABLE', '子图答复异常', `a subgraph gave ${reason}`, { cause })
}
