import type { Bilingual } from '../model/text.ts'
import type { NetworkZone, Purpose } from '../model/use.ts'
import { dataOf, type Graph } from './graph.ts'

export interface RecognitionAnswer {
  readonly reliedOnIn: string
  readonly issuedIn: string
  readonly at: string
  readonly classes: readonly {
    readonly class: string
    readonly recognised: boolean
    readonly basis: string
    readonly rule: { readonly source: Bilingual; readonly clause: string }
    readonly explanation: Bilingual
  }[]
}

export interface RecognitionMatrix {
  readonly at: string
  readonly divisions: readonly string[]
  readonly rows: readonly {
    readonly reliedOnIn: string
    readonly cells: readonly {
      readonly issuedIn: string
      readonly accepted: readonly string[]
      readonly notReturned: readonly string[]
      /** Ids of the agreements it stands on. */
      readonly agreements: readonly string[]
    }[]
  }[]
}

/** What for, and over which network. */
export interface AskedUse {
  readonly purpose: Purpose | null
  readonly network: NetworkZone | null
}

const PAIR = `query Recognition($reliedOnIn: DivisionCode!, $issuedIn: DivisionCode!, $at: DateTime, $use: UseInput) {
  recognition(reliedOnIn: $reliedOnIn, issuedIn: $issuedIn, at: $at, use: $use) {
    reliedOnIn issuedIn at
    classes { class recognised basis rule { source { zh en } clause } explanation { zh en } }
  }
}`

const MATRIX = `query RecognitionMatrix($divisions: [DivisionCode!], $at: DateTime, $use: UseInput) {
  recognitionMatrix(divisions: $divisions, at: $at, use: $use) {
    at divisions rows { reliedOnIn cells { issuedIn accepted notReturned agreements } }
  }
}`

/** Between two divisions, class by class. @throws HubError the code the hub gave */
export async function askRecognition(
  graph: Graph,
  question: {
    readonly reliedOnIn: string
    readonly issuedIn: string
    readonly at: string | null
    readonly use?: AskedUse
  },
): Promise<RecognitionAnswer> {
  return dataOf<{ recognition: RecognitionAnswer }>(await graph.ask(PAIR, { ...question })).recognition
}

/** Between these divisions; left out, all provinces and whoever has an agreement. @throws HubError the code the hub gave */
export async function askMatrix(
  graph: Graph,
  at: string | null,
  more: { readonly divisions?: readonly string[] | null; readonly use?: AskedUse } = {},
): Promise<RecognitionMatrix> {
  return dataOf<{ recognitionMatrix: RecognitionMatrix }>(await graph.ask(MATRIX, { at, ...more })).recognitionMatrix
}
