import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Client } from 'ldapts'
import { guardedLookup, REFUSED_ADDRESS } from '../../../runtime/fetch/address.ts'
import { failure } from '../../../runtime/fetch/failure.ts'
import type { FetchRules } from '../../../runtime/fetch/http.ts'
import { admitUrl, hostOf } from '../../../runtime/fetch/url.ts'
import type { Fetched, FetchFailure } from './fetch-failure.ts'

const LDAP: ReadonlySet<string> = new Set(['ldap:', 'ldaps:'])
const DEFAULT_ATTRIBUTES = ['certificateRevocationList;binary', 'deltaRevocationList;binary', 'authorityRevocationList;binary']
const MAXIMUM_ATTRIBUTES = 4
/** A directory's message is put together piece by piece, so it is bounded more narrowly than a download. */
const MAXIMUM_BYTES = 16 * 1024 * 1024

/**
 * Asks a directory for the revocation list an LDAP URL names (RFC 4516, RFC 4523): one entry, one value, read anonymously.
 * Never rejects: what goes wrong is an answer.
 */
export async function fetchLdap(text: string, rules: FetchRules, signal: AbortSignal): Promise<Fetched> {
  const url = admitUrl(text, rules, LDAP)
  if ('failure' in url) return url
  const question = questionOf(url)
  if (question === null) return failure('URL', 'not an LDAP URL for one entry')
  const link = connection(url, rules)
  const stop = () => link.abort('TIMEOUT')
  const timer = setTimeout(stop, rules.timeout)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await search(link.client, question)
  } catch (error) {
    return { failure: link.failure() ?? failureOf(error) }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    link.abort(null)
  }
}

interface LdapQuestion {
  readonly base: string
  readonly attributes: readonly string[]
  readonly filter: string
}

/** `ldap://host/dn?attributes?scope?filter`; a scope other than the entry itself is not asked for. */
function questionOf(url: URL): LdapQuestion | null {
  const [attributes = '', scope = '', filter = ''] = url.search.slice(1).split('?')
  const base = decode(url.pathname.slice(1))
  if (!base || (scope !== '' && scope.toLowerCase() !== 'base')) return null
  const named = decode(attributes).split(',').filter(Boolean).slice(0, MAXIMUM_ATTRIBUTES)
  const wanted = named.map((name) => (/;binary$/i.test(name) ? name : `${name};binary`)) // RFC 4523 §2: transferred as binary
  return { base, attributes: wanted.length > 0 ? wanted : DEFAULT_ATTRIBUTES, filter: decode(filter) || '(objectClass=*)' }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return '' // then nothing is named
    throw error
  }
}

async function search(client: Client, { base, attributes, filter }: LdapQuestion): Promise<Fetched> {
  const { searchEntries } = await client.search(base, {
    scope: 'base',
    filter,
    attributes: [...attributes],
    explicitBufferAttributes: [...attributes],
    sizeLimit: 1,
    derefAliases: 'never',
  })
  const values = searchEntries.flatMap((entry) => attributes.flatMap((name) => entry[name] ?? []))
  const bytes = values.find((value) => Buffer.isBuffer(value) && value.length > 0)
  if (!Buffer.isBuffer(bytes)) return failure('EMPTY', 'the entry holds no revocation list')
  return { bytes, etag: null, lastModified: null }
}

interface Link {
  readonly client: Client
  readonly abort: (reason: 'TIMEOUT' | null) => void
  /** Why we ended the connection ourselves. */
  readonly failure: () => FetchFailure | null
}

/** A client whose one connection goes only where the rules allow and ends when too much comes. */
function connection(url: URL, rules: FetchRules): Link {
  const host = hostOf(url)
  const lookup = guardedLookup(rules)
  const maximumBytes = Math.min(rules.maximumBytes, MAXIMUM_BYTES)
  let socket: Socket | null = null
  let ended: FetchFailure | null = null
  const watch = <Watched extends Socket>(opened: Watched): Watched => {
    let received = 0
    socket = opened
    opened.on('error', (error) => {
      if ('code' in error && error.code === REFUSED_ADDRESS) ended = failure('ADDRESS', error.message).failure
    })
    opened.on('data', (piece: Uint8Array) => {
      received += piece.length
      if (received > maximumBytes) end(failure('TOO_LARGE', `over ${maximumBytes} bytes`).failure)
    })
    return opened
  }
  const end = (reason: FetchFailure | null) => {
    ended ??= reason
    socket?.destroy()
  }
  const port = Number(url.port) || (url.protocol === 'ldaps:' ? 636 : 389)
  const servername = isIP(host) === 0 ? { servername: host } : {}
  const client = new Client({
    url: `${url.protocol}//${url.host}`,
    timeout: rules.timeout,
    connectTimeout: rules.connectTimeout,
    strictDN: false,
    createConnection: () => watch(connect({ host, port, lookup })),
    createSecureConnection: () => watch(connectTls({ host, port, lookup, ...servername })),
  })
  return {
    client,
    abort: (reason) => end(reason && failure(reason, 'no answer in time').failure),
    failure: () => ended,
  }
}

function failureOf(error: unknown): FetchFailure {
  if (!(error instanceof Error)) throw error
  if (/time/i.test(error.name) || /time(d )?-?out/i.test(error.message)) return failure('TIMEOUT', 'no answer in time').failure
  const system = 'syscall' in error || /connect|socket|closed/i.test(error.message)
  return failure(system ? 'UNREACHABLE' : 'LDAP', `${error.name}: ${error.message}`).failure
}
