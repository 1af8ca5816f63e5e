import type { FastifyInstance } from 'fastify'
import type { Ask } from '../../model/ask.ts'
import { HubError } from '../../model/error.ts'
import type { Clock } from '../../model/time.ts'
import { askPosition } from './questions.ts'
import { receiveEnvelope } from './receive.ts'
import { standings } from './standing.ts'

const MAXIMUM_BODY_BYTES = 16 * 1024 * 1024

export interface CountyOptions {
  /** Asks the hub as an adapter. */
  readonly ask: Ask
  readonly now: Clock
}

/**
 * The county's door: `POST /county/envelopes` takes one signed envelope and answers with rows and receipt,
 * `GET /county/position?platform&stream` tells where a stream stands. A refusal is thrown as HubError: the app presents it.
 */
export function addCountyRoutes({ ask, now }: CountyOptions): (app: FastifyInstance) => Promise<void> {
  const known = standings(ask, now)
  return async (app) => {
    await app.register(async (county) => {
      county.removeAllContentTypeParsers()
      county.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAXIMUM_BODY_BYTES }, (_request, body, done) =>
        done(null, body),
      )
      county.post('/county/envelopes', { bodyLimit: MAXIMUM_BODY_BYTES }, async ({ body }) => {
        if (!(body instanceof Uint8Array)) throw new HubError('UNREADABLE', '没有信封', 'no envelope')
        return receiveEnvelope(body, ask, known)
      })
      county.get<{ Querystring: Readonly<Record<string, unknown>> }>('/county/position', async ({ query }) => {
        const { platform, stream } = query
        if (typeof platform !== 'string' || typeof stream !== 'string') {
          throw new HubError('BAD_INPUT', '须给出 platform 与 stream', 'give platform and stream')
        }
        return (await askPosition(ask, platform, stream)) ?? { sequence: 0, digest: null, recordedAt: null }
      })
    })
  }
}
