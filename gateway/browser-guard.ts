import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HubError } from '../model/error.ts'

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
}

/** Sends headers that keep browsers strict; a route that says otherwise (a page with its own policy) is left alone. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    for (const [name, value] of Object.entries(HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value)
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000')
    reply.header('x-request-id', request.id)
    return payload
  })
}

/**
 * Refuses what a foreign page makes a visitor's browser send: told by `Sec-Fetch-Site`, and by `Origin` where that is missing.
 * Other clients send neither.
 * @throws HubError FORBIDDEN
 */
export function refuseCrossSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  const isForeign = site === 'cross-site' || site === 'same-site' || (origin !== undefined && hostOf(origin) !== request.host)
  if (isForeign) throw new HubError('FORBIDDEN', '拒绝跨站请求', 'cross-site requests are refused')
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}
