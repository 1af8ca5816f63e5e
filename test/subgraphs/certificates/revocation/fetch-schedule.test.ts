import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterFailure, afterSuccess } from '../../../../subgraphs/certificates/revocation/fetch-schedule.ts'
import type { SourceState } from '../../../../subgraphs/certificates/store/source-store.ts'

const NOW = Date.UTC(2026, 5, 1)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NEW: SourceState = {
  kind: 'CRL', url: 'http://a/', certificate: '', lastAttempt: null, lastSuccess: null, freshUntil: null, failingSince: null,
  failures: 0, errorCode: null, errorDetail: null, nextAttempt: NOW, etag: null, lastModified: null,
} // biome-ignore format: a state
const failed = (source: SourceState, now: number, random = 1) =>
  afterFailure(source, { code: 'TIMEOUT', detail: 'no answer in time' }, now, random)

test('each failure waits twice as long as the one before, up to six hours', () => {
  let source = NEW
  const waits = Array.from({ length: 12 }, () => {
    source = failed(source, NOW)
    return (source.nextAttempt - NOW) / MINUTE
  })
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360])
})

test('a source fails since its first failure, and a success forgets it all', () => {
  const failing = failed(failed(NEW, NOW), NOW + HOUR)
  expect(failing).toMatchObject({ failingSince: NOW, failures: 2, errorCode: 'TIMEOUT', lastSuccess: null })
  const back = afterSuccess(failing, { freshUntil: NOW + 48 * HOUR, etag: '"1"', lastModified: null }, NOW + 2 * HOUR, 0.5)
  expect(back).toMatchObject({ failingSince: null, failures: 0, errorCode: null, lastSuccess: NOW + 2 * HOUR, etag: '"1"' })
})

test('a source that answers is asked again half-way to its next update, within five minutes to six hours', () => {
  const wait = (freshUntil: number | null) =>
    (afterSuccess(NEW, { freshUntil, etag: null, lastModified: null }, NOW, 0.5).nextAttempt - NOW) / MINUTE
  expect([wait(NOW + HOUR), wait(NOW + 1), wait(NOW + 999 * HOUR), wait(null), wait(NOW - HOUR)]).toEqual([30, 5, 360, 60, 60])
})

test('no attempt is ever due at once, nor later than seven hours', () => {
  const chance = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(chance, fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: -1e10, max: 1e10 }), (random, failures, until) => {
      const states = [
        failed({ ...NEW, failures }, NOW, random),
        afterSuccess(NEW, { freshUntil: NOW + until, etag: null, lastModified: null }, NOW, random),
      ]
      for (const { nextAttempt } of states) {
        expect(nextAttempt).toBeGreaterThanOrEqual(NOW + 30_000)
        expect(nextAttempt).toBeLessThanOrEqual(NOW + 7 * HOUR)
      }
    }),
    { numRuns: 300 },
  )
})
