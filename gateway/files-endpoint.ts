import type { FastifyInstance } from 'fastify'
import { HubError } from '../model/error.ts'
import { refuseCrossSite } from './browser-guard.ts'

/** Where uploaded files are put. */
export interface FileShelf {
  /**
   * Keeps a file for a while and names it by its SM3 digest, lower-case hex. Reads the content as it comes.
   * @throws HubError TOO_LARGE over its limit for one file, RATE_LIMITED when it is full.
   */
  readonly put: (content: AsyncIterable<Uint8Array>) => Promise<{ readonly digest: string; readonly size: number }>
}

/** design §4: files go to 50 MiB. */
export const MAXIMUM_FILE_BYTES = 50 * 1024 * 1024

/** `POST /files`: the body is the file, streamed to the shelf; answers 201 `{ digest, size }` to name it by in GraphQL. */
export function addFilesEndpoint(app: FastifyInstance, shelf: FileShelf, maximumBytes = MAXIMUM_FILE_BYTES): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload)) // not read yet: the handler streams it
    scope.post('/files', { bodyLimit: maximumBytes }, async (request, reply) => {
      refuseCrossSite(request)
      if (Number(request.headers['content-length'] ?? 0) > maximumBytes) throw tooLarge(maximumBytes)
      if (request.headers['content-type'] !== 'application/octet-stream') {
        throw new HubError('BAD_INPUT', '须为 application/octet-stream', 'send the file as application/octet-stream')
      }
      const { digest, size } = await shelf.put(bounded(request.body as AsyncIterable<Uint8Array>, maximumBytes))
      return reply.status(201).send({ digest, size })
    })
  })
}

async function* bounded(content: AsyncIterable<Uint8Array>, maximumBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of content) {
    size += chunk.length
    if (size > maximumBytes) throw tooLarge(maximumBytes)
    yield chunk
  }
}

function tooLarge(maximumBytes: number): HubError {
  return new HubError('TOO_LARGE', `文件超过 ${maximumBytes} 字节`, `file over ${maximumBytes} bytes`)
}
