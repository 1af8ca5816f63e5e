import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a path is answered with: bytes with an ETag, another status, or nothing at all. */
export type ListAnswer = Uint8Array | number | 'HANGS' | 'CUT'

/** A server of lists on this machine. */
export interface ListServer {
  readonly url: (path: string) => string
  readonly answers: Map<string, ListAnswer>
  /** Every request so far: path and status; 0 where the link was cut. */
  readonly requests: (readonly [path: string, status: number])[]
}

/** Starts a server whose answers can be changed at any time; it is gone with the test. */
export async function listServer(): Promise<ListServer> {
  const answers = new Map<string, ListAnswer>()
  const requests: [string, number][] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const answer = answers.get(path) ?? 404
    const answered = (status: number, body?: Uint8Array) => {
      requests.push([path, status])
      response.writeHead(status, body ? { etag: etagOf(body) } : {}).end(body)
    }
    if (answer === 'HANGS') return
    if (answer === 'CUT') {
      requests.push([path, 0])
      request.socket.destroy()
    } else if (typeof answer === 'number') answered(answer)
    else if (request.headers['if-none-match'] === etagOf(answer)) answered(304)
    else answered(200, answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: (path) => `http://127.0.0.1:${port}${path}`, answers, requests }
}

function etagOf(bytes: Uint8Array): string {
  return `"${Buffer.from(bytes.subarray(-16)).toString('hex')}"`
}
