import { randomUUID } from 'node:crypto'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { HubError } from '../model/error.ts'
import type { PartHealth } from '../model/subgraph.ts'
import { httpStatusOf } from '../runtime/http-status.ts'
import { type Log, SILENT } from '../runtime/log.ts'
import { type Authenticate, authenticateRequests, callerOf } from './authentication.ts'
import { addSecurityHeaders } from './browser-guard.ts'
import { addFilesEndpoint, type FileShelf } from './files-endpoint.ts'
import type { Gateway } from './gateway.ts'
import { addGraphqlEndpoint } from './graphql-endpoint.ts'
import { addPlayground } from './playground.ts'
import { DEFAULT_RATE_LIMIT, type RateLimit, rateLimiter } from './rate-limit.ts'

export interface HttpOptions {
  readonly gateway: Gateway
  /** Whom a bearer token stands for; left out, no token is good. */
  readonly authenticate?: Authenticate
  /** Where `POST /files` puts files; left out, there is no such route. */
  readonly files?: FileShelf
  /** Serves the query page `/graphiql`. Never in production. */
  readonly development?: boolean
  /** Adapters and pages add their own routes. */
  readonly routes?: readonly ((app: FastifyInstance) => void | Promise<void>)[]
  /** Parts of the hub that the gateway does not know of. */
  readonly health?: () => Promise<readonly PartHealth[]>
  /** For callers without a scope; `null` for none, where something in front limits already. */
  readonly rateLimit?: RateLimit | null
  /** Believe `X-Forwarded-*` of these addresses: a proxy of our own. */
  readonly trustProxy?: string | readonly string[]
  readonly log?: Log
}

/**
 * The hub's public door, not listening yet: `app.listen({ host, port })`. Serves `/graphql`, `/files`, `/health` and the
 * routes handed in. Whatever goes wrong is answered as `{ errors: [{ message, extensions: { code } }] }`, masked unless coded.
 */
export async function openHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { gateway, log = SILENT } = options
  const app = fastify({
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    requestTimeout: 120_000,
    ...(options.trustProxy ? { trustProxy: [options.trustProxy].flat() } : {}),
  })
  app.setErrorHandler<FastifyError | HubError>((error, request, reply) => answerError(error, request, reply, log))
  app.setNotFoundHandler((request, reply) =>
    answerError(new HubError('NOT_FOUND', '没有此页', 'no such page'), request, reply, log),
  )
  addSecurityHeaders(app)
  guard(app, options)
  addGraphqlEndpoint(app, gateway)
  if (options.files) addFilesEndpoint(app, options.files)
  addHealth(app, options)
  if (options.development) addPlayground(app)
  for (const addRoutes of options.routes ?? []) await addRoutes(app)
  return app
}

/** Finds out who asks, and how often, before anything is read. `/health` is free: a probe must not be turned away. */
function guard(app: FastifyInstance, { authenticate = async () => null, rateLimit = DEFAULT_RATE_LIMIT }: HttpOptions): void {
  const limit = rateLimit ? rateLimiter(rateLimit) : async () => {}
  authenticateRequests(app, authenticate, limit)
  app.addHook('onRequest', async (request, reply) => {
    const isFree = request.routeOptions.url === '/health' || callerOf(request).scopes.length > 0
    if (!isFree) await limit(request, reply)
  })
}

function addHealth(app: FastifyInstance, { gateway, health, development }: HttpOptions): void {
  app.get('/health', async (_request, reply) => {
    const parts = [...(await gateway.health()), ...((await health?.()) ?? [])]
    const healthy = parts.every((part) => part.healthy)
    const shown = development ? parts : parts.map(({ detail: _, ...part }) => part) // reasons are for the operator's log
    return reply.status(healthy ? 200 : 503).send({ healthy, parts: shown })
  })
}

function answerError(error: FastifyError | HubError, request: FastifyRequest, reply: FastifyReply, log: Log) {
  if (error instanceof HubError) {
    const { code, message, zh, en } = error
    return reply.status(httpStatusOf(code)).send({ errors: [{ message, extensions: { code, zh, en } }] })
  }
  const status = error.statusCode ?? 500
  if (status < 500) {
    const code = status === 413 ? 'TOO_LARGE' : 'BAD_INPUT'
    return reply.status(status).send({ errors: [{ message: error.message, extensions: { code } }] })
  }
  log.error({ requestId: request.id, err: error }, 'a request failed')
  const extensions = { code: 'INTERNAL', correlationId: request.id }
  return reply.status(500).send({ errors: [{ message: `内部错误 / internal error: ${request.id}`, extensions }] })
}
