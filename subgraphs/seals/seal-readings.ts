import { HubError } from '../../model/error.ts'
import { BoundedCache } from '../../runtime/bounded-cache.ts'
import { inspectSealBytes } from './facts/seal.ts'
import type { SealReading } from './facts.ts'
import type { SealReader } from './ports.ts'

const READINGS_KEPT = 512

/** Readings of registered seal data by digest. Bytes never change, so a reading is made once and kept as long as there is room. */
export type SealReadings = (sealDigest: string) => Promise<SealReading>

/** @throws HubError NOT_FOUND (by the readings) when the original bytes are missing: the store then breaks its promise. */
export function sealReadings(store: Pick<SealReader, 'original'>): SealReadings {
  const kept = new BoundedCache<SealReading>(READINGS_KEPT)
  return async (sealDigest) => {
    const known = kept.get(sealDigest)
    if (known) return known
    const bytes = await store.original(sealDigest)
    if (bytes === null) throw new HubError('NOT_FOUND', '印章原始数据缺失', 'the original seal data is missing')
    const reading = inspectSealBytes(bytes)
    kept.set(sealDigest, reading)
    return reading
  }
}
