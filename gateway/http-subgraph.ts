import { Agent, request } from 'undici'
import { HubError } from '../model/error.ts'
import type { SubgraphExecutor, SubgraphRequest } from '../model/subgraph.ts'
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

/** Sends a request and reads a bounded answer. @throws HubError UNAVAILABLE for another status than a GraphQL server's. */
export async function ask(
  url: string,
  method: 'GET' | 'POST',
  headers: Record<string, string>,
  body: string | null,
  maximumBytes: number,
  signal?: AbortSignal,
): Promise<string> {
  const response = await request(url, { method, headers, body, dispatcher: AGENT, signal: signal ?? null })
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

function unavailable(reason: string): HubError {
  return new HubError('UNAVAILABLE', '子图答复异常', `a subgraph gave ${reason}`)
}
