import { HubError } from '../../model/error.ts'
import type { DistrustFacts, Fingerprint } from '../../model/facts.ts'
import type { SealClass } from '../../model/seal.ts'
import { openFacts } from '../../model/sealed-facts.ts'
import { type Instant, parseInstant } from '../../model/time.ts'
import type { AuthorityKey } from '../../pki/x509/authority-key.ts'
import type { Asking, SealsRoom } from './room.ts'

/** What is distrusted: a certificate by its digests, those its authorities issued, from a moment on. */
export interface ImpactQuestion {
  readonly digests: readonly string[]
  readonly authorities: readonly AuthorityKey[]
  readonly from: Instant
}

/** Seals that hang on it, of one platform, division, class and maker; of no maker where they hang on it by a signer alone. */
export interface CountedSeals {
  readonly platform: string
  readonly division: string
  readonly class: SealClass
  readonly maker: Fingerprint | null
  readonly number: number
  /** Those made at or after the moment asked about. */
  readonly madeSince: number
}

/** What was found among some of the certificates; slices add up. */
export interface ImpactSlice {
  readonly counts: readonly CountedSeals[]
  /** Codes of some of the seals counted. */
  readonly sample: readonly string[]
  /** Seals that may hang on it beside those counted: a digest is all that is known of a signer. */
  readonly unknown: number
}

export interface ImpactReader {
  /**
   * Counts registered seals whose maker's or any signer's certificate is one of the digests, or names one of the authorities as its
   * issuer: by name, and by key identifier where both tell one. Each seal is in one slice only, as things stand while it counts;
   * others have their turn between slices.
   * @param sampleSize codes in all slices together, at most.
   */
  impact(question: ImpactQuestion, sampleSize: number): AsyncIterable<ImpactSlice>
  /** How many seals have certificates still to be read, and are in no count. */
  unread(): Promise<number>
}

/** Registered seals of one kind: how many, and how many of them made since the moment asked about. */
interface SealCount {
  readonly key: string
  readonly number: number
  readonly madeSince: number
}

/** `TrustImpact` as the gateway brings it here. */
export interface Distrust {
  readonly fingerprint: Fingerprint
  readonly from: string
  readonly distrustFacts?: string | null
}

type ImpactPorts = Pick<SealsRoom, 'now' | 'factsKey' | 'log'> & { readonly store: ImpactReader }

const SAMPLE = 20
const MAXIMUM_GROUPS = 500

/** `TrustImpact.seals`: what hangs on a certificate among the registered seals. What could not be counted is told, never left out. */
export async function sealImpact({ fingerprint, from, distrustFacts }: Distrust, { load, signal }: Asking, room: ImpactPorts) {
  const facts = openDistrust(fingerprint, distrustFacts ?? null, room)
  const { digests, authorities, complete } = facts ?? { digests: [], authorities: [], complete: true }
  const question = { digests: [...new Set([fingerprint, ...digests])], authorities, from: parseInstant(from) }
  const tally = new Tally()
  for await (const slice of room.store.impact(question, SAMPLE)) {
    if (signal?.aborted) throw new HubError('UNAVAILABLE', '已无人等待', 'nobody waits for the answer any more')
    tally.add(slice)
  }
  const unread = await room.store.unread()
  const mayHaveIssued = facts === null || authorities.length > 0
  return {
    ...tally.total,
    makers: tally.makers.size,
    // One that issues nothing is told from others by its digests, of which every kind that counts was compared.
    unknown: mayHaveIssued ? tally.unknown : 0,
    platforms: largest(tally.platforms),
    divisions: largest(tally.divisions),
    classes: largest(tally.classes),
    sample: tally.sample.map(load),
    gaps: [
      ...(facts === null ? ['AUTHORITIES_UNKNOWN'] : []),
      ...(complete ? [] : ['AUTHORITIES_CUT']),
      ...(unread > 0 ? ['SEALS_UNREAD'] : []),
    ],
  }
}

/** Null when `certificates` does not know the certificate or did not answer; refused facts are logged and count as none. */
function openDistrust(entityId: Fingerprint, sealed: string | null, { now, factsKey, log }: ImpactPorts): DistrustFacts | null {
  if (sealed === null) return null
  const expected = { producer: 'certificates', type: 'DistrustFacts', entityId } as const
  try {
    return openFacts<DistrustFacts>(sealed, expected, now(), factsKey)
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'FACTS_REFUSED') throw error
    log.warn({ ...expected, code: error.code, reason: error.en }, 'sealed facts were refused')
    return null
  }
}

/** Adds slices up; bounded by how many platforms, divisions and makers there are. */
class Tally {
  readonly total = { number: 0, madeSince: 0 }
  readonly platforms = new Map<string, SealCount>()
  readonly divisions = new Map<string, SealCount>()
  readonly classes = new Map<string, SealCount>()
  readonly makers = new Set<Fingerprint>()
  readonly sample: string[] = []
  unknown = 0

  add({ counts, sample, unknown }: ImpactSlice): void {
    for (const counted of counts) {
      this.total.number += counted.number
      this.total.madeSince += counted.madeSince
      addTo(this.platforms, counted.platform, counted)
      addTo(this.divisions, counted.division, counted)
      addTo(this.classes, counted.class, counted)
      if (counted.maker !== null) this.makers.add(counted.maker)
    }
    this.sample.push(...sample)
    this.unknown += unknown
  }
}

function addTo(counts: Map<string, SealCount>, key: string, { number, madeSince }: CountedSeals): void {
  const before = counts.get(key)
  counts.set(key, { key, number: number + (before?.number ?? 0), madeSince: madeSince + (before?.madeSince ?? 0) })
}

function largest(counts: ReadonlyMap<string, SealCount>): readonly SealCount[] {
  return [...counts.values()].sort((a, b) => b.number - a.number || (a.key < b.key ? -1 : 1)).slice(0, MAXIMUM_GROUPS)
}
