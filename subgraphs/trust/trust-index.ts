import { setImmediate } from 'node:timers/promises'
import type { DivisionCode } from '../../model/division-code.ts'
import type { Fingerprint } from '../../model/facts.ts'
import type { Instant } from '../../model/time.ts'
import type { Agreement } from './recognition/agreement.ts'
import { type AgreementIndex, agreementIndex } from './recognition/agreement-index.ts'
import type { TrustRole, TrustService } from './service.ts'
import type { HeldList } from './store/trust-store.ts'

/** What one commit said, or all of them together. */
export interface TrustNews {
  readonly services?: readonly TrustService[]
  readonly lists?: readonly HeldList[]
  readonly agreements?: readonly Agreement[]
}

type By<Key, Value> = Map<Key, Value[]>

/** Services added before others have their turn. */
const PIECE = 500

/**
 * Everything ever said, by what is asked for. It grows with every commit, without anything being read or put in order again; a
 * snapshot looks at what was recorded up to its own moment, so that it never changes. Nothing in here is handed out as it is.
 */
export class TrustIndex {
  readonly services: TrustService[] = []
  readonly byCertificate: By<Fingerprint, TrustService> = new Map()
  readonly byRole = new Map<TrustRole, By<Fingerprint, TrustService>>()
  /** Who signs lists, by the territory of the list. */
  readonly operators: By<DivisionCode, TrustService> = new Map()
  /** Who publishes the status of seals, by scope. */
  readonly publishers: By<string, TrustService> = new Map()
  /** Member platforms, by identifier. */
  readonly platforms: By<string, TrustService> = new Map()
  /** What this hub says itself. */
  readonly own: TrustService[] = []
  readonly lists: HeldList[] = []
  readonly taken: By<DivisionCode, HeldList> = new Map()
  readonly published: By<DivisionCode, HeldList> = new Map()
  /** Moments at which anything was recorded, rising. */
  readonly generations: Instant[]
  #statements: readonly Agreement[] = []
  #agreements: AgreementIndex

  /** Indexes what was recorded so far, in any order. */
  constructor({ services = [], lists = [], agreements = [] }: TrustNews) {
    const moments = [...services, ...lists, ...agreements].map(({ recordedAt }) => recordedAt)
    this.generations = [...new Set(moments)].sort((a, b) => a - b)
    for (const service of services) this.#addService(service)
    for (const list of lists) this.#addList(list)
    this.#statements = agreements
    this.#agreements = agreementIndex(agreements)
  }

  get agreements(): AgreementIndex {
    return this.#agreements
  }

  /**
   * Adds what one commit said, later than everything before; others have their turn in between. A snapshot that is to show it is
   * taken when this has resolved.
   */
  async add({ services = [], lists = [], agreements = [] }: TrustNews): Promise<void> {
    for (const [i, service] of services.entries()) {
      if (i > 0 && i % PIECE === 0) await setImmediate()
      this.#addService(service)
    }
    for (const list of lists) this.#addList(list)
    if (agreements.length > 0) {
      this.#statements = [...this.#statements, ...agreements]
      this.#agreements = agreementIndex(this.#statements)
    }
    const newest = services[0] ?? lists[0] ?? agreements[0]
    if (newest) this.generations.push(newest.recordedAt)
  }

  #addService(service: TrustService): void {
    const { fingerprint, role, name, scope, list } = service
    this.services.push(service)
    if (list === null) this.own.push(service)
    put(this.byCertificate, fingerprint, service)
    const ofRole = this.byRole.get(role) ?? new Map<Fingerprint, TrustService[]>()
    this.byRole.set(role, ofRole)
    put(ofRole, fingerprint, service)
    if (role === 'LIST_OPERATOR') put(this.operators, name, service)
    if (role === 'STATUS_PUBLISHER') put(this.publishers, scope, service)
    if (role === 'PLATFORM') put(this.platforms, name, service)
  }

  #addList(list: HeldList): void {
    this.lists.push(list)
    put(list.own ? this.published : this.taken, list.territory, list)
  }
}

function put<Key, Value>(map: By<Key, Value>, key: Key, value: Value): void {
  const held = map.get(key)
  if (held) held.push(value)
  else map.set(key, [value])
}
