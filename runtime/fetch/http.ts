import { Agent, type Dispatcher, errors, request } from 'undici'
import { type AddressRules, guardedLookup, REFUSED_ADDRESS } from './address.ts'
import { type Failure, failure, type Transfer, type TransferFailureCode } from './failure.ts'
import { admitUrl } from './url.ts'

const HTTP: ReadonlySet<string> = new Set(['http:', 'https:'])
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const MAXIMUM_REDIRECTS = 3
const MAXIMUM_VALIDATOR = 512

/** Bounds of one attempt. */
export interface FetchRules extends AddressRules {
  readonly maximumBytes: number
  /** For the connection, in milliseconds. */
  readonly connectTimeout: number
  /** For the whole attempt, redirects included, in milliseconds. */
  readonly timeout: number
}

/** What is asked: a GET, or a POST where there is a body. */
export interface HttpQuestion {
  readonly url: string
  readonly accept: string
  /** With its media type; a POST is never redirected. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array }
  /** As the server gave them last time. */
  readonly etag?: string | null
  readonly lastModified?: string | null
}

/** Asks HTTP sources, each within its bounds. */
export interface HttpFetcher {
  /** Never rejects: what goes wrong is an answer. */
  readonly fetch: (question: HttpQuestion, signal: AbortSignal) => Promise<Transfer>
  readonly close: () => Promise<void>
}

/** Opens a fetcher whose connections only ever go where the rules allow, whatever a name resolves to or a redirect says. */
export function httpFetcher(rules: FetchRules): HttpFetcher {
  const agent = new Agent({
    connect: { timeout: rules.connectTimeout, lookup: guardedLookup(rules) },
    allowH2: false,
    connections: 2,
    headersTimeout: rules.timeout,
    bodyTimeout: rules.timeout,
    maxHeaderSize: 16_384,
  })
  return {
    fetch: async (question, signal) => {
      try {
        return await follow(question, rules, agent, AbortSignal.any([signal, AbortSignal.timeout(rules.timeout)]))
      } catch (error) {
        return { failure: failureOf(error) }
      }
    },
    close: () => agent.destroy(),
  }
}

async function follow(question: HttpQuestion, rules: FetchRules, agent: Agent, signal: AbortSignal): Promise<Transfer> {
  let address = question.url
  for (let redirects = 0; redirects <= MAXIMUM_REDIRECTS; redirects++) {
    const url = admitUrl(address, rules, HTTP)
    if ('failure' in url) return url
    const { statusCode, headers, body } = await request(url, {
      method: question.body ? 'POST' : 'GET',
      headers: headersOf(question),
      body: question.body?.bytes ?? null,
      dispatcher: agent,
      signal,
    })
    const location = headerOf(headers, 'location')
    if (statusCode === 200) return await read(headers, body, rules.maximumBytes)
    await body.dump({ limit: 65_536, signal })
    if (statusCode === 304 && (question.etag || question.lastModified)) return { unchanged: true }
    if (!REDIRECTS.has(statusCode)) return failure('HTTP_STATUS', `HTTP status ${statusCode}`)
    if (location === null || question.body) return failure('REDIRECTS', 'a redirect that is not followed')
    if (!URL.canParse(location, url.href)) return failure('URL', 'a redirect to no URL')
    address = new URL(location, url).href
  }
  return failure('REDIRECTS', `over ${MAXIMUM_REDIRECTS} redirects`)
}

function headersOf({ accept, body, etag, lastModified }: HttpQuestion): Record<string, string> {
  return {
    accept,
    ...(body ? { 'content-type': body.type } : {}),
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
  }
}

async function read(headers: Headers, body: Dispatcher.ResponseData['body'], maximumBytes: number): Promise<Transfer> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body) {
    length += piece.length
    if (length > maximumBytes) return failure('TOO_LARGE', `over ${maximumBytes} bytes`)
    pieces.push(piece)
  }
  if (length === 0) return failure('EMPTY', 'an answer without content')
  return {
    bytes: Buffer.concat(pieces, length),
    etag: headerOf(headers, 'etag'),
    lastModified: headerOf(headers, 'last-modified'),
  }
}

type Headers = Dispatcher.ResponseData['headers']

/** A header that stands once and is short enough to be kept. */
function headerOf(headers: Headers, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' && value.length <= MAXIMUM_VALIDATOR ? value : null
}

const TIMEOUTS = [errors.ConnectTimeoutError, errors.HeadersTimeoutError, errors.BodyTimeoutError] as const

function failureOf(error: unknown): Failure<TransferFailureCode> {
  if (!(error instanceof Error)) throw error
  if (error.name === 'TimeoutError' || TIMEOUTS.some((type) => error instanceof type))
    return failure('TIMEOUT', 'no answer in time').failure
  const code = 'code' in error ? String(error.code) : error.name
  if (code === REFUSED_ADDRESS) return failure('ADDRESS', error.message).failure
  return failure('UNREACHABLE', `${code}: ${error.message}`).failure
}
