import { existsSync, readFileSync } from 'node:fs'
import type { ExecutionResult } from 'graphql'
import type { Caller } from '../model/caller.ts'
import { HubError } from '../model/error.ts'
import { type Config, readSecretFile } from '../runtime/config.ts'
import { openDataDirectory } from '../runtime/data-directory.ts'
import { tryLock } from '../runtime/lock.ts'
import { SILENT } from '../runtime/log.ts'
import type { FileReference, Graph } from './graph.ts'
import type { Hub } from './hub.ts'
import { authenticator, guest, OPERATOR } from './operator.ts'

/** Where the server that holds the data directory answers, and the token that lets the operator in. */
export interface Endpoint {
  readonly url: string
  readonly token: string
}

const TIMEOUT_MS = 120_000
const MINIMUM_TOKEN = 32

/**
 * The graph of the data directory: through the server that holds it, or opened in this process when none does.
 * Either way the same federated query is run.
 * @throws HubError UNAVAILABLE when another process holds the directory but does not answer.
 */
export async function connect(config: Config): Promise<Graph> {
  const token = config.tokenFile === null ? null : readSecretFile(config.tokenFile, MINIMUM_TOKEN).toString()
  if (config.at !== null) return remoteGraph({ url: config.at.replace(/\/$/, ''), token: token ?? noToken() })
  const directory = openDataDirectory(config.data)
  const lock = tryLock(directory.lock('hub'))
  if (lock === null) {
    const endpoint = readEndpoint(directory.endpoint)
    return remoteGraph({ ...endpoint, token: token ?? endpoint.token })
  }
  const { openHub } = await import('./hub.ts') // all rooms: whoever asks a server starts without them
  const hub = await openHub({ ...config, fetching: null, trustLists: null }, { now: Date.now, log: SILENT })
  return {
    ask: hub.askAs(await callerBehind(token, hub)),
    put: async (bytes) => ({ digest: (await hub.files.put(once(bytes))).digest }),
    close: async () => {
      await hub.close()
      lock.release()
    },
  }
}

/** Who acts: the operator, who can read the data directory, or the administrator whose token was given. */
async function callerBehind(token: string | null, { keys, askAs }: Hub): Promise<Caller> {
  if (token === null) return OPERATOR
  const caller = await authenticator(keys.operatorToken, askAs(guest('door')))(token)
  if (!caller) throw new HubError('UNAUTHENTICATED', '令牌无效', 'the token is not good')
  return caller
}

function noToken(): never {
  throw new HubError('BAD_INPUT', '连接别处的枢纽须有 SEALHUB_TOKEN_FILE', 'a hub elsewhere needs SEALHUB_TOKEN_FILE')
}

function readEndpoint(path: string): Endpoint {
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Endpoint
  throw new HubError(
    'UNAVAILABLE',
    '数据目录正被另一进程使用，但没有服务应答',
    'another process holds the data directory, but no server answers',
  )
}

/** The graph of a running server, over HTTP as its operator. */
export function remoteGraph({ url, token }: Endpoint): Graph {
  const authorization = `Bearer ${token}`
  return {
    ask: async (query, variables) => {
      const headers = { authorization, 'content-type': 'application/json', accept: 'application/graphql-response+json' }
      return (await send(`${url}/graphql`, { headers, body: JSON.stringify({ query, variables }) })) as ExecutionResult
    },
    put: async (bytes): Promise<FileReference> => {
      const headers = { authorization, 'content-type': 'application/octet-stream' }
      const { digest } = (await send(`${url}/files`, { headers, body: bytes })) as { digest: string }
      return { digest }
    },
    close: async () => {},
  }
}

async function send(
  url: string,
  { headers, body }: { headers: Record<string, string>; body: string | Uint8Array },
): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: body as string,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const answer: unknown = await response.json()
    if (response.ok || hasErrors(answer)) return answer
    throw new HubError('UNAVAILABLE', `服务应答 ${response.status}`, `the server answered ${response.status}`)
  } catch (cause) {
    if (cause instanceof HubError) throw cause
    throw new HubError('UNAVAILABLE', `服务没有应答：${url}`, `the server does not answer: ${url}`, { cause })
  }
}

function hasErrors(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'errors' in answer
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
