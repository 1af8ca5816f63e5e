import { Worker } from 'node:worker_threads'
import fastify, { type FastifyInstance } from 'fastify'
import { type GraphQLSchema, parse, validate } from 'graphql'
import { createHandler } from 'graphql-http'
import { addSecurityHeaders } from '../gateway/browser-guard.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { openHttp } from '../gateway/http.ts'
import { PUBLIC } from '../model/caller.ts'
import type { Subgraph } from '../model/subgraph.ts'

/** The hub's own door. */
export async function servedGateway(gateway: Gateway): Promise<FastifyInstance> {
  const app = await openHttp({ gateway, rateLimit: null })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return app
}

/** The same server, GraphQL over HTTP by the same library, headers and document cache, but one plain schema behind it. */
export async function servedPlain(schema: GraphQLSchema, plain: Subgraph): Promise<FastifyInstance> {
  const app = fastify()
  addSecurityHeaders(app)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  const documents = new Map<string, ReturnType<typeof parse>>()
  const handle = createHandler({
    onSubscribe: (_request, { query, variables }) => {
      const document = documents.get(query) ?? parse(query)
      if (!documents.has(query)) {
        const errors = validate(schema, document)
        if (errors.length > 0) return errors
        documents.set(query, document)
      }
      return { schema, document, rootValue: { query, variables } }
    },
    execute: (args) =>
      plain.execute({
        ...(args.rootValue as { query: string; variables: Record<string, unknown> }),
        context: { caller: PUBLIC, requestId: '' },
      }),
  })
  app.post('/graphql', async (request, reply) => {
    const { method, url, headers, body } = request
    const [answer, init] = await handle({ method, url, headers, body: body as string, raw: null, context: null })
    return reply
      .status(init.status)
      .headers(init.headers ?? {})
      .send(answer)
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return app
}

const ROUNDS = 5

/** Requests per second of each server, asked in turns by a thread of its own; the median of the rounds after the first. */
export async function requestsPerSecond<Name extends string>(
  servers: Readonly<Record<Name, FastifyInstance>>,
  query: string,
  variables: object,
): Promise<Readonly<Record<Name, number>>> {
  const client = new Worker(new URL('./http-load.ts', import.meta.url))
  const entries = Object.entries(servers) as [Name, FastifyInstance][]
  const speeds = new Map<Name, number[]>(entries.map(([name]) => [name, []]))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, app] of entries) {
      const address = app.server.address()
      const port = typeof address === 'object' ? address?.port : 0
      const speed = await load(client, {
        url: `http://127.0.0.1:${port}/graphql`,
        body: JSON.stringify({ query, variables }),
      })
      if (round > 0) speeds.get(name)?.push(speed)
    }
  }
  await client.terminate()
  await Promise.all(entries.map(([, app]) => app.close()))
  return Object.fromEntries(entries.map(([name]) => [name, median(speeds.get(name) ?? [])])) as Record<Name, number>
}

function load(client: Worker, job: { readonly url: string; readonly body: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    client.removeAllListeners()
    client.once('message', (speed: number) => resolve(speed))
    client.once('error', reject)
    client.postMessage(job)
  })
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
