import { isIP } from 'node:net'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { HubError } from '../model/error.ts'
import type { RequestContext, Subgraph } from '../model/subgraph.ts'
import type { Clock } from '../model/time.ts'
import { httpStatusOf } from './http-status.ts'
import { type Log, SILENT } from './log.ts'
import { requestVerifier } from './request-signature.ts'

export interface SubgraphServerOptions {
  /** The hub's key, at least 32 bytes; requests signed with any other are refused. */
  readonly key: Uint8Array
  readonly now: Clock
  /** A loopback or private address; 127.0.0.1 by default. */
  readonly host?: string
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** Listen on any address all the same: something else keeps strangers away. */
  readonly allowPublicAddress?: boolean
  /** 64 MiB by default: representations carry facts and certificates. */
  readonly maximumBytes?: number
  readonly log?: Log
}

export interface SubgraphServer {
  /** `http://127.0.0.1:4101`; operations go to `/graphql` below it. */
  readonly url: string
  readonly close: () => Promise<void>
}

const MAXIMUM_BYTES = 64 * 1024 * 1024
const PRIVATE_IPV4 = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/
const PRIVATE_IPV6 = /^(::1$|f[cd][0-9a-f]{2}:|fe80:)/i

/**
 * Serves one subgraph alone: `POST /graphql`, `GET /health`, `GET /sdl`, each only for requests the hub signed.
 * Closing it closes the subgraph too.
 * @throws HubError FORBIDDEN for an address strangers can reach.
 */
export async function serveSubgraph(subgraph: Subgraph, options: SubgraphServerOptions): Promise<SubgraphServer> {
  const { host = '127.0.0.1', port = 0 } = options
  if (!options.allowPublicAddress && !isPrivate(host)) {
    throw new HubError('FORBIDDEN', `子图不得监听 ${host}`, `a subgraph must not listen on ${host}`)
  }
  const app = fastify({ bodyLimit: options.maximumBytes ?? MAXIMUM_BYTES, forceCloseConnections: true })
  addRoutes(app, subgraph, options)
  app.addHook('onClose', () => subgraph.close())
  const url = await app.listen({ host, port })
  return { url, close: () => app.close() }
}

function addRoutes(app: FastifyInstance, subgraph: Subgraph, options: SubgraphServerOptions): void {
  const { log = SILENT } = options
  const verify = requestVerifier(options.key, options.now)
  const contextOf = ({ method, url, body, headers }: FastifyRequest): RequestContext =>
    verify({ method, path: url, body: Buffer.isBuffer(body) ? body : Buffer.alloc(0) }, headers)

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error, _request, reply) => {
    const code = error instanceof HubError ? error.code : null
    const status = code ? httpStatusOf(code) : statusIn(error)
    if (status >= 500) log.error({ subgraph: subgraph.name, err: error }, 'a request to the subgraph failed')
    return reply.status(status).send({ errors: [{ message: code ?? 'refused', extensions: code ? { code } : {} }] })
  })
  app.get('/sdl', (request, reply) => {
    contextOf(request)
    return reply.type('text/plain; charset=utf-8').send(subgraph.sdl)
  })
  app.get('/health', async (request) => {
    contextOf(request)
    return subgraph.health()
  })
  app.post('/graphql', async (request) => {
    const context = contextOf(request)
    const asked = readOperation(request.body)
    const result = await subgraph.execute({ ...asked, context })
    const errors = result.errors?.map((error) => presentToGateway(error, context, log))
    return { ...result, ...(errors ? { errors } : {}) }
  })
}

function readOperation(body: unknown): { query: string; variables: Record<string, unknown>; operationName?: string } {
  const asked: unknown = parseJson(body)
  if (typeof asked !== 'object' || asked === null || !('query' in asked) || typeof asked.query !== 'string')
    throw notAnOperation()
  const variables = 'variables' in asked ? asked.variables : undefined
  const operationName = 'operationName' in asked ? asked.operationName : undefined
  return {
    query: asked.query,
    variables: typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {},
    ...(typeof operationName === 'string' ? { operationName } : {}),
  }
}

function parseJson(body: unknown): unknown {
  try {
    return JSON.parse(String(body))
  } catch (error) {
    throw new HubError('BAD_INPUT', '不是 JSON', 'not JSON', { cause: error })
  }
}

/** Coded errors go as they are; the cause of any other stays in this room's log, under the request's id. */
function presentToGateway(error: GraphQLError, { requestId }: RequestContext, log: Log): GraphQLFormattedError {
  const cause = error.originalError
  if (!cause || cause instanceof HubError) return error instanceof GraphQLError ? error.toJSON() : error
  log.error({ requestId, path: error.path, err: cause }, 'an internal error')
  return { message: 'internal error', ...(error.path ? { path: error.path } : {}) }
}

function statusIn(error: unknown): number {
  return typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
}

function isPrivate(host: string): boolean {
  if (host === 'localhost') return true
  return isIP(host) === 4 ? PRIVATE_IPV4.test(host) : isIP(host) === 6 && PRIVATE_IPV6.test(host)
}

function notAnOperation(): HubError {
  return new HubError('BAD_INPUT', '不是 GraphQL 操作', 'not a GraphQL operation')
}
