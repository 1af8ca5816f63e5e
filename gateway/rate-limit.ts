import type { FastifyReply, FastifyRequest } from 'fastify'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { HubError } from '../model/error.ts'

export interface RateLimit {
  /** Requests of one address within the time. */
  readonly points: number
  readonly seconds: number
}

export const DEFAULT_RATE_LIMIT: RateLimit = { points: 300, seconds: 60 }

/**
 * Counts requests by address in memory.
 * @returns a function that throws HubError RATE_LIMITED, with `Retry-After`, when an address has used up its share.
 */
export function rateLimiter({ points, seconds }: RateLimit): (request: FastifyRequest, reply?: FastifyReply) => Promise<void> {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return async (request, reply) => {
    try {
      await limiter.consume(request.ip)
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      reply?.header('retry-after', Math.ceil(refused.msBeforeNext / 1000))
      throw new HubError('RATE_LIMITED', '请求过于频繁，请稍后再试', 'too many requests, try again later')
    }
  }
}
