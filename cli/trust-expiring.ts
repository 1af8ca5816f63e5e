import { dataOf, type Graph } from './graph.ts'
import { painted, table } from './terminal.ts'

/** What comes to its end soon, the next first. */
export interface Expiring {
  readonly until: string
  readonly lists: readonly { readonly territory: string; readonly own: boolean; readonly nextUpdate: string }[]
  readonly services: readonly { readonly role: string; readonly name: string; readonly until: string }[]
  readonly certificateEnds: readonly { readonly fingerprint: string; readonly name: string; readonly notAfter: string }[]
  readonly agreements: readonly {
    readonly reliedOnIn: string
    readonly issuedIn: string
    readonly article: string
    readonly repealedFrom: string
  }[]
  readonly endsUnknown: number
  readonly complete: boolean
}

const EXPIRING = `query Expiring($within: Int!) {
  expiring(within: $within) {
    until endsUnknown complete
    lists { territory own nextUpdate }
    services { role name until }
    certificateEnds { fingerprint name notAfter }
    agreements { reliedOnIn issuedIn article repealedFrom }
  }
}`

/** @throws HubError BAD_INPUT for a number of days out of 1 to 3,650, FORBIDDEN. */
export async function askExpiring(graph: Graph, within: number): Promise<Expiring> {
  return dataOf<{ expiring: Expiring }>(await graph.ask(EXPIRING, { within })).expiring
}

/** The same for people, one line each in the order of time. */
export function expiringText({ until, lists, services, certificateEnds, agreements, endsUnknown, complete }: Expiring): string {
  const rows = [
    ...lists.map((one) => [one.nextUpdate, '列表 list', `${one.territory}${one.own ? ' 本枢纽 own' : ''}`]),
    ...services.map((one) => [one.until, `服务 service ${one.role}`, one.name]),
    ...certificateEnds.map((one) => [one.notAfter, '证书 certificate', `${one.name} ${one.fingerprint.slice(0, 16)}`]),
    ...agreements.map((one) => [one.repealedFrom, '约定 agreement', `${one.reliedOnIn} ← ${one.issuedIn} ${one.article}`]),
  ]
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
    .map(([time = '', ...rest]) => [time.slice(0, 16), ...rest])
  const none = `${until.slice(0, 10)} 前没有到期的 nothing comes to its end before then`
  return [
    rows.length === 0 ? none : table(['到期 ends', '', '何者 what'], rows),
    ...(endsUnknown > 0
      ? [painted('gray', `另有 ${endsUnknown} 张证书，列表未说明何时到期 of so many certificates no list says when they run out`)]
      : []),
    ...(complete ? [] : [painted('yellow', '未列全 not all are told: --within 请取小些')]),
  ].join('\n')
}
