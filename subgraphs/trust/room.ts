import type { DivisionCode } from '../../model/division-code.ts'
import type { FileReader } from '../../model/files.ts'
import type { Policies } from '../../model/policy.ts'
import type { Clock } from '../../model/time.ts'
import type { Signer } from '../../pki/signer.ts'
import type { Log } from '../../runtime/log.ts'
import type { Administration } from './administration/administration.ts'
import type { ListSource } from './lists/fetch-source.ts'
import type { ListReader } from './lists/read-list.ts'
import type { TrustLists } from './lists.ts'
import type { DecisionKeeper } from './questions/what-if-keeper.ts'
import type { ReportStore } from './reports/store.ts'

/** What the resolvers of this room work with. */
export interface TrustRoom {
  readonly lists: TrustLists
  /** Opens and reads signed lists without holding anybody up. */
  readonly readList: ListReader
  /** Changes of trust, with two pairs of eyes. */
  readonly administration: Administration
  readonly policies: Policies
  /** The hub's own division: where a seal is relied on when nothing else is said. */
  readonly division: DivisionCode
  /** For how long a platform may be silent, in milliseconds. */
  readonly statusBound: number
  readonly factsKey: Uint8Array
  /** Signs the hub's own list; without it none is published. */
  readonly signer?: Signer
  /** Where lists are fetched from, and how that goes; left out where nothing is fetched. */
  readonly sources?: () => readonly ListSource[]
  /** What members report to the administrator. */
  readonly reports: ReportStore
  /** Decisions kept for asking what another policy would have said; left out where none are kept. */
  readonly decisions?: DecisionKeeper
  /** Files uploaded before; left out where there are none. */
  readonly files?: FileReader
  readonly now: Clock
  readonly log: Log
}
