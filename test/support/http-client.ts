import type { FastifyInstance } from 'fastify'
import { type HttpOptions, openHttp } from '../../gateway/http.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly body: any
}

export interface HttpClient {
  readonly url: string
  readonly app: FastifyInstance
  readonly ask: (query: string, variables?: object, headers?: Record<string, string>) => Promise<HttpAnswer>
  readonly send: (path: string, init?: RequestInit) => Promise<HttpAnswer>
  readonly close: () => Promise<void>
}

/** Opens the public door on a free port and asks through it. */
export async function openClient(options: HttpOptions): Promise<HttpClient> {
  const app = await openHttp({ rateLimit: null, ...options })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const send = async (path: string, init: RequestInit = {}): Promise<HttpAnswer> => {
    const response = await fetch(url + path, init)
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text }
  }
  return {
    url,
    app,
    send,
    ask: (query, variables = {}, headers = {}) =>
      send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    close: () => app.close(),
  }
}
