import { fileURLToPath } from 'node:url'
import type { EnvelopeEvent, EnvelopeHeader, SealRegistered, StatusChanged } from '../../../model/envelope.ts'
import { formatEnvelope } from '../../../model/envelope-format.ts'
import type { MemberFacts } from '../../../model/facts.ts'
import { sealFacts } from '../../../model/sealed-facts.ts'
import { encodeSignedData } from '../../../pki/cms/signed-data.ts'
import type { SealToMake } from '../../../pki/ses/make-seal.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import { loadPolicies } from '../../../policies/load.ts'
import { type Admission, type AdmissionPorts, admitEnvelope } from '../../../subgraphs/seals/admission/admission.ts'
import { openSealStore } from '../../../subgraphs/seals/store/sqlite-store.ts'
import type { TestParty } from '../../support/pki.ts'
import { MADE_AT, pki, sealOf, sealToMake } from '../../support/seals.ts'

export const NOW = MADE_AT + 86_400_000
export const FACTS_KEY = new Uint8Array(32).fill(3)
export const POLICIES = loadPolicies(fileURLToPath(new URL('../../../policies', import.meta.url)))
export const CODE = '41172800000001'
const hubSigner = pki.issue('枢纽').signer

/** A hub's admission alone, in memory, with a clock that can be set. */
export function openAdmission(given: Partial<AdmissionPorts> = {}): AdmissionPorts & { clock: { at: number } } {
  const clock = { at: NOW }
  return {
    store: openSealStore(':memory:'),
    policies: POLICIES,
    factsKey: FACTS_KEY,
    signer: hubSigner,
    now: () => clock.at,
    clock,
    ...given,
  }
}

export type Part<Type> = { -readonly [Member in keyof Type]?: Type[Member] }

/** A member platform: numbers, chains and signs its envelopes, and has its standing from `trust`. */
export class Member {
  readonly platform: string
  readonly scope: string
  readonly party: TestParty
  sequence = 0
  previous: string | null = null

  constructor(platform = '411728', scope = '411728', party = pki.platform) {
    this.platform = platform
    this.scope = scope
    this.party = party
  }

  facts(given: Part<MemberFacts> = {}, producedAt = NOW): string {
    const span = { from: MADE_AT - 1000, until: null }
    const content = {
      platform: this.platform,
      certificate: this.party.fingerprint,
      scope: this.scope,
      span,
      standingUntil: NOW + 600_000,
      ...given,
    }
    return sealFacts({ producer: 'trust', type: 'MemberFacts', entityId: this.platform, producedAt }, content, FACTS_KEY)
  }

  /** The next envelope of the stream. */
  envelope(events: readonly EnvelopeEvent[], given: Part<EnvelopeHeader> = {}): { lines: Uint8Array; header: EnvelopeHeader } {
    const { platform, previous } = this
    const sequence = this.sequence + 1
    const header = {
      platform,
      stream: 'main',
      sequence,
      messageId: `${platform}-${sequence}`,
      createdAt: NOW,
      previous,
      ...given,
    }
    return { header, lines: formatEnvelope(header, events) }
  }

  /** The lines as they travel. */
  signed(lines: Uint8Array, party = this.party): Promise<Uint8Array> {
    return encodeSignedData(lines, party.signer)
  }

  /** Pushes the next envelope and remembers that it went. */
  async push(ports: AdmissionPorts, ...events: readonly EnvelopeEvent[]): Promise<Admission> {
    const { lines, header } = this.envelope(events)
    const admission = await admitEnvelope(
      await this.signed(lines),
      this.facts({ standingUntil: ports.now() + 600_000 }, ports.now()),
      ports,
    )
    this.sequence = header.sequence
    this.previous = sm3Hex(lines)
    return admission
  }
}

let events = 0
const nextId = () => `e-${++events}`

/** A row that registers a seal made by the test PKI. */
export async function registered(given: Part<SealRegistered> = {}, seal: Partial<SealToMake> = {}): Promise<SealRegistered> {
  const code = given.code ?? CODE
  const bytes = given.seal ?? (await sealOf('SES_V4', { esID: code, ...seal }))
  const rest = { effectiveAt: MADE_AT, originAt: null, revision: 1, owner: null, issuedBy: null }
  return { type: 'SEAL_REGISTERED', eventId: nextId(), ...rest, code, ...given, seal: bytes }
}

/** What a seal says with other properties: a name, a type, a validity. */
export function property(changes: Partial<SealToMake['property']>): Partial<SealToMake> {
  return { property: { ...sealToMake('SES_V4').property, ...changes } }
}

/** A row that changes a seal's status. */
export function changed(type: StatusChanged['type'], given: Part<StatusChanged> = {}): StatusChanged {
  return { type, eventId: nextId(), code: CODE, effectiveAt: NOW - 1000, originAt: null, reason: 'LOSS', ...given }
}
