import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Caller, PUBLIC } from '../model/caller.ts'
import { HubError } from '../model/error.ts'

/** Who a bearer token stands for; null for a token that is not good. */
export type Authenticate = (token: string) => Promise<Caller | null>

const callers = new WeakMap<FastifyRequest, Caller>()

/** Who makes this request, as the gateway found out before any handler ran; the public when nobody said who. */
export function callerOf(request: FastifyRequest): Caller {
  return callers.get(request) ?? PUBLIC
}

/**
 * Finds out who makes each request by its `Authorization: Bearer …` (RFC 6750). No header is the public; a header that does
 * not hold is refused with 401, never taken for the public.
 * @param onRefused called before the refusal, so that guessing can be slowed down.
 */
export function authenticateRequests(
  app: FastifyInstance,
  authenticate: Authenticate,
  onRefused: (request: FastifyRequest) => Promise<void>,
): void {
  app.addHook('onRequest', async (request, reply) => {
    const { authorization } = request.headers
    if (authorization === undefined) return
    const token = /^Bearer ([\w\-.~+/]{1,8192}=*)$/i.exec(authorization)?.[1]
    const caller = token ? await authenticate(token) : null
    if (!caller) {
      await onRefused(request)
      reply.header('www-authenticate', 'Bearer')
      throw new HubError('UNAUTHENTICATED', '令牌无效', 'the token is not good')
    }
    callers.set(request, caller)
  })
}
