import { HubError } from '../../model/error.ts'
import type { Fingerprint } from '../../model/facts.ts'
import type { Instant } from '../../model/time.ts'
import type { Asking, SealsRoom } from './room.ts'

/** Registered seals of one kind: how many, and how many of them made since the moment asked about. */
export interface SealCount {
  readonly key: string
  readonly number: number
  readonly madeSince: number
}

export interface SealImpact {
  readonly number: number
  readonly madeSince: number
  readonly platforms: readonly SealCount[]
  readonly divisions: readonly SealCount[]
  readonly classes: readonly SealCount[]
  /** Some codes, in order. */
  readonly sample: readonly string[]
}

export interface ImpactReader {
  /** Makers of registered seals with how many they made, in order, after one. */
  makers(
    after: Fingerprint | null,
    limit: number,
  ): Promise<readonly { readonly fingerprint: Fingerprint; readonly number: number }[]>
  /** What hangs on any of the certificates, as maker's or signer's: counts by platform, division and class, and a sample. */
  impact(
    certificates: readonly Fingerprint[],
    from: Instant,
    limits: { readonly groups: number; readonly sample: number },
  ): Promise<SealImpact>
}

const MAXIMUM_CERTIFICATES = 500
const MAXIMUM_GROUPS = 500
const SAMPLE = 20
const MAXIMUM_PAGE = 500

export interface ImpactArguments {
  readonly certificates: readonly Fingerprint[]
  readonly from: Instant
}

/** `Query.sealImpact`. @throws HubError TOO_LARGE over 500 certificates. */
export async function sealImpact(
  { certificates, from }: ImpactArguments,
  { load }: Asking,
  { store }: SealsRoom,
): Promise<object> {
  if (certificates.length > MAXIMUM_CERTIFICATES)
    throw new HubError('TOO_LARGE', `一次最多 ${MAXIMUM_CERTIFICATES} 张证书`, `at most ${MAXIMUM_CERTIFICATES} certificates`)
  const named = [...new Set(certificates.map((fingerprint) => fingerprint.toLowerCase()))]
  const { sample, ...counts } = await store.impact(named, from, { groups: MAXIMUM_GROUPS, sample: SAMPLE })
  return { ...counts, sample: sample.map(load) }
}

export interface MakersArguments {
  readonly first?: number | null
  readonly after?: string | null
}

/** `Query.sealMakers`. @throws HubError BAD_INPUT for a page size out of 1 to 500. */
export async function sealMakers({ first, after }: MakersArguments, { store }: SealsRoom): Promise<object> {
  const size = first ?? 100
  if (size < 1 || size > MAXIMUM_PAGE)
    throw new HubError('BAD_INPUT', `first 须为 1 至 ${MAXIMUM_PAGE}`, `first is 1 to ${MAXIMUM_PAGE}`)
  const found = await store.makers(after ?? null, size + 1)
  const nodes = found.slice(0, size)
  return { nodes, pageInfo: { endCursor: nodes.at(-1)?.fingerprint ?? null, hasNextPage: found.length > size } }
}
