import { addCountyRoutes } from '../adapters/county/routes.ts'
import { LIST_DOCUMENTS } from '../adapters/lists/question.ts'
import { addListRoutes } from '../adapters/lists/routes.ts'
import { statusPages } from '../dashboard/status.ts'
import { STATUS_DOCUMENTS } from '../dashboard/status-query.ts'
import { verifyPages } from '../dashboard/verify.ts'
import { VERIFY_PAGE_DOCUMENTS } from '../dashboard/verify-query.ts'
import { refuseCrossSite } from '../gateway/browser-guard.ts'
import { openHttp } from '../gateway/http.ts'
import { PUBLIC } from '../model/caller.ts'
import type { Config } from '../runtime/config.ts'
import { type HubPorts, openHub } from './hub.ts'
import { fileRoutes } from './hub-files.ts'
import { authenticator, guest, IDENTITY_DOCUMENTS } from './operator.ts'
import { VERIFY_DOCUMENTS } from './verify-query.ts'

export interface Server {
  readonly url: string
  readonly operatorToken: string
  readonly close: () => Promise<void>
}

/** Starts the whole hub with its door: the graph, the files, the county adapter and the public pages. */
export async function startServer(config: Config, ports: HubPorts): Promise<Server> {
  const { now, log } = ports
  const hub = await openHub(config, {
    ...ports,
    trustedDocuments: [
      ...STATUS_DOCUMENTS,
      ...VERIFY_PAGE_DOCUMENTS,
      ...VERIFY_DOCUMENTS,
      ...LIST_DOCUMENTS,
      ...IDENTITY_DOCUMENTS,
    ],
  })
  try {
    const app = await openHttp({
      gateway: hub.gateway,
      authenticate: authenticator(hub.keys.operatorToken, hub.askAs(guest('door'))),
      files: hub.files,
      development: config.development,
      routes: [
        statusPages(hub.askAs(PUBLIC)),
        verifyPages({ ask: hub.askAs(PUBLIC), shelf: hub.files, refuseCrossSite }),
        addListRoutes(hub.askAs(PUBLIC)),
        addCountyRoutes({ ask: hub.askAs(guest('county')), now }),
        fileRoutes(hub.files, hub.keys.channel, now),
        (app) => app.get('/', (_request, reply) => reply.redirect('/status')),
      ],
      log,
    })
    const address = await app.listen({ host: config.host, port: config.port })
    return {
      url: address,
      operatorToken: hub.keys.operatorToken,
      close: async () => {
        await app.close()
        await hub.close()
      },
    }
  } catch (error) {
    await hub.close()
    throw error
  }
}
