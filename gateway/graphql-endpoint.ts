import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import { createHandler } from 'graphql-http'
import { HubError } from '../model/error.ts'
import { callerOf } from './authentication.ts'
import { refuseCrossSite } from './browser-guard.ts'
import type { BoundRequest, Gateway } from './gateway.ts'
import { maskResult, presentRequestError } from './mask-errors.ts'

/** Inline base64 goes up to 1 MiB of bytes; the rest of a request is small. */
const MAXIMUM_BODY_BYTES = 2 * 1024 * 1024

/** `GET` and `POST /graphql` by the GraphQL over HTTP specification. A batch (a list as body) is refused. */
export function addGraphqlEndpoint(app: FastifyInstance, gateway: Gateway): void {
  const handle = createHandler<FastifyRequest, AbortSignal>({
    // Execution arguments, never a result: graphql-http then refuses a mutation over GET.
    onSubscribe: async (request, { query, variables, operationName }) => {
      const context = { caller: callerOf(request.raw), requestId: request.raw.id }
      const bound = await gateway.bind({ query, variables, operationName, context, signal: request.context })
      if (!('plan' in bound)) return bound.map(presentRequestError)
      const { document } = bound.prepared
      return { schema: gateway.schema, document, operationName: operationName ?? null, rootValue: bound }
    },
    execute: (args) => answer(gateway, args.rootValue as BoundRequest),
    formatError: (error) =>
      error instanceof GraphQLError ? error : new GraphQLError(error.message, { extensions: { code: 'BAD_INPUT' } }),
  })

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAXIMUM_BODY_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      bodyLimit: MAXIMUM_BODY_BYTES,
      handler: async (request, reply) => {
        refuseCrossSite(request)
        const [body, init] = await handle({
          method: request.method,
          url: request.url,
          headers: request.headers,
          body: () => withoutBatch(request.body),
          raw: request,
          context: signalOf(reply),
        })
        return reply
          .status(init.status)
          .headers(init.headers ?? {})
          .send(body ?? '')
      },
    })
  })
}

async function answer(gateway: Gateway, bound: BoundRequest) {
  return maskResult(await gateway.run(bound), bound.context.requestId)
}

/** graphql-http takes a list for an object without a query; say no before it looks. */
function withoutBatch(body: unknown): string {
  if (typeof body !== 'string' || body.trimStart().startsWith('[')) throw new GraphQLError('one operation a request')
  return body
}

/** Aborted when the client is gone before it has its answer. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) controller.abort(new HubError('UNAVAILABLE', '客户端已离开', 'the client is gone'))
  })
  return controller.signal
}
