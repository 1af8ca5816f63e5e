import type { Conclusion } from '../../model/verification-report.ts'
import { dataOf, type Graph } from '../graph.ts'

/** Status, path and decision of a registered seal at a moment: one request through all three subgraphs. */
export interface DecisionAnswer {
  readonly at: string | null
  readonly seal: {
    readonly name: string
    readonly status: { readonly state: string; readonly since: string | null; readonly reason: string | null }
    readonly makerCertificate: { readonly path: { readonly certificates: readonly { readonly subject: string }[] } | null } | null
    readonly decision: Conclusion
  }
}

const DECISION = `query Decision($code: SealCode!, $reliedOnIn: DivisionCode!, $at: DateTime) {
  seal(code: $code) {
    name
    status(at: $at) { state since reason }
    makerCertificate { path(at: $at) { certificates { subject } } }
    decision(reliedOnIn: $reliedOnIn, at: $at) {
      indication subIndication summary { zh en } reliedOnIn asOf knownAt policy { id version revocation }
      because { check object outcome rule { source { zh en } clause } explanation { zh en } next { zh en } }
    }
  }
}`

/** @throws HubError the code the hub gave, when any part of the answer is missing. */
export async function askDecision(graph: Graph, code: string, reliedOnIn: string, at: string | null): Promise<DecisionAnswer> {
  const { seal } = dataOf<{ seal: DecisionAnswer['seal'] }>(await graph.ask(DECISION, { code, reliedOnIn, at }))
  return { at, seal }
}
