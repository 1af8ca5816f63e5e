import fastify, { type FastifyInstance } from 'fastify'
import type { PushOptions } from '../../../adapters/county/client.ts'
import { addCountyRoutes } from '../../../adapters/county/routes.ts'
import type { Ask } from '../../../model/ask.ts'
import type { Caller } from '../../../model/caller.ts'
import { HubError } from '../../../model/error.ts'
import type { Subgraph } from '../../../model/subgraph.ts'
import { httpStatusOf } from '../../../runtime/http-status.ts'
import { SILENT } from '../../../runtime/log.ts'
import { startSeals } from '../../../subgraphs/seals/start.ts'
import { FACTS_KEY, Member, NOW, POLICIES } from '../../subgraphs/seals/member.ts'
import { pki } from '../../support/seals.ts'

const ADAPTER: Caller = { id: 'county', scopes: ['adapter'] }

/** The county's door before a hub of `seals` alone; the standing of its one member is told here instead of by `trust`. */
export interface CountyHub {
  readonly app: FastifyInstance
  readonly seals: Subgraph
  readonly clock: { at: number }
  readonly member: Member
  /** Whether the member has a standing, and how often that was asked. */
  readonly standing: { given: boolean; asked: number }
  /** What a pusher needs to reach it; nothing is really waited for. */
  readonly reach: Omit<PushOptions, 'onProgress'>
  readonly close: () => Promise<void>
}

export async function openCountyHub(): Promise<CountyHub> {
  const clock = { at: NOW }
  const member = new Member()
  const standing = { given: true, asked: 0 }
  const now = () => clock.at
  const options = { files: { read: async () => null }, signer: pki.issue('枢纽').signer, policies: POLICIES }
  const seals = await startSeals({ database: ':memory:', factsKey: FACTS_KEY, now, log: SILENT, ...options })
  const ask: Ask = async (query, variables) => {
    if (!query.includes('memberFacts(platform'))
      return seals.execute({ query, variables, context: { caller: ADAPTER, requestId: 'test' } })
    standing.asked += 1
    const isMember =
      standing.given && variables.platform === member.platform && variables.fingerprint === member.party.fingerprint
    return { data: { memberFacts: isMember ? member.facts({ standingUntil: clock.at + 600_000 }, clock.at) : null } }
  }
  const app = fastify()
  app.setErrorHandler((error, _request, reply) => {
    const code = error instanceof HubError ? error.code : null
    const words = error instanceof HubError ? { zh: error.zh, en: error.en } : {}
    return reply
      .status(code ? httpStatusOf(code) : ((error as { statusCode?: number }).statusCode ?? 500))
      .send({ errors: [{ extensions: { code, ...words } }] })
  })
  await addCountyRoutes({ ask, now })(app)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const reach = { url, platform: member.platform, signer: member.party.signer, now, wait: async () => {}, random: () => 0 }
  const close = async () => {
    await app.close()
    await seals.close()
  }
  return { app, seals, clock, member, standing, reach, close }
}
