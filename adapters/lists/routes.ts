import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ask } from '../../model/ask.ts'
import { isDivisionCode } from '../../model/division-code.ts'
import { HubError } from '../../model/error.ts'
import { askList, type ServedList } from './question.ts'

const MEDIA_TYPE = 'application/pkcs7-mime; smime-type=signed-data'
/** The newest list may be followed by another at any time; one of a sequence never changes. */
const NEWEST_CACHE = 'public, no-cache'
const FOR_EVER_CACHE = 'public, max-age=31536000, immutable'

/**
 * The door of lists: `GET /trust-lists/{territory}` gives the newest signed list held or published here, `GET
 * /trust-lists/{territory}/{sequence}` any there ever was, as the bytes that were signed. With ETag, for everybody.
 */
export function addListRoutes(ask: Ask): (app: FastifyInstance) => void {
  return (app) => {
    app.get<{ Params: { territory: string } }>('/trust-lists/:territory', async (request, reply) => {
      const territory = territoryIn(request.params.territory)
      return answer(await askList(ask, territory, null), NEWEST_CACHE, request, reply)
    })
    app.get<{ Params: { territory: string; sequence: string } }>('/trust-lists/:territory/:sequence', async (request, reply) => {
      const territory = territoryIn(request.params.territory)
      return answer(await askList(ask, territory, sequenceIn(request.params.sequence)), FOR_EVER_CACHE, request, reply)
    })
  }
}

function answer(list: ServedList | null, cache: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (list === null) throw new HubError('NOT_FOUND', '没有这份信任列表', 'no such trust list')
  const etag = `"${list.digest}"`
  reply.headers({ etag, 'cache-control': cache, 'last-modified': new Date(list.issuedAt).toUTCString() })
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return reply.type(MEDIA_TYPE).send(Buffer.from(list.bytes, 'base64'))
}

/** RFC 9110 §13.1.2: any of the tags, weak or not. */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
}

function territoryIn(text: string): string {
  if (isDivisionCode(text)) return text
  throw new HubError('BAD_INPUT', '区划代码须为六位数字', 'a territory is a division code of six digits')
}

function sequenceIn(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new HubError('BAD_INPUT', '序号须为正整数', 'a sequence is a positive number')
}
