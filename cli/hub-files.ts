import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { PUBLIC } from '../model/caller.ts'
import { HubError } from '../model/error.ts'
import type { FileReader } from '../model/files.ts'
import type { Clock } from '../model/time.ts'
import { requestVerifier, signRequest } from '../runtime/request-signature.ts'

const PATH = '/internal/files'
const TIMEOUT_MS = 30_000

/** Reads uploaded files from the hub that took them, for a `seals` subgraph that runs elsewhere; without a hub there are none. */
export function hubFiles(hubUrl: string | null, key: Uint8Array, now: Clock): FileReader {
  return {
    read: async (digest) => {
      if (hubUrl === null || !/^[0-9a-f]{64}$/.test(digest)) return null
      const path = `${PATH}/${digest}`
      const context = { caller: PUBLIC, requestId: randomUUID() }
      const headers = signRequest({ method: 'GET', path, body: new Uint8Array(), context }, key, now())
      const response = await fetch(new URL(path, hubUrl), { headers, signal: AbortSignal.timeout(TIMEOUT_MS) })
      if (response.status === 404) return null
      if (!response.ok)
        throw new HubError('UNAVAILABLE', '上传的文件暂不可读', `the hub answered ${response.status} for an uploaded file`)
      return new Uint8Array(await response.arrayBuffer())
    },
  }
}

/** The other end: gives uploaded files to the hub's own rooms, and to nobody else. */
export function fileRoutes(files: FileReader, key: Uint8Array, now: Clock): (app: FastifyInstance) => void {
  const verify = requestVerifier(key, now)
  return (app) => {
    app.get<{ Params: { digest: string } }>(`${PATH}/:digest`, async ({ method, url, headers, params }, reply) => {
      verify({ method, path: url, body: new Uint8Array() }, headers)
      const bytes = await files.read(params.digest)
      return bytes ? reply.type('application/octet-stream').send(Buffer.from(bytes)) : reply.code(404).send()
    })
  }
}
