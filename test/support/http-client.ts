import type { FastifyInstance } from 'fastify'
import { type HttpOptions, openHttp } from '../../gateway/http.ts'

export interface AnswerError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions: { readonly code: string; readonly correlationId?: string }
}

/** What a test reads of an answer; that it is there is for the test to find out. */
export interface AnswerBody {
  readonly data: unknown
  readonly errors: readonly [AnswerError, ...AnswerError[]]
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: AnswerBody
  readonly text: string
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
    return { status: response.status, headers: response.headers, text, body: isJson && text ? JSON.parse(text) : {} }
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
