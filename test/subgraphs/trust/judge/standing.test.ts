import { expect, test } from 'vitest'
import { parseInstant } from '../../../../model/time.ts'
import { caseOf } from '../../../../subgraphs/trust/judge/case.ts'
import { listStanding } from '../../../../subgraphs/trust/judge/standing.ts'
import { trustSnapshot } from '../../../../subgraphs/trust/snapshot.ts'
import { evidenceOf, questionOf } from '../ask.ts'
import { ROOT, WELL, type World } from '../world.ts'
import { listsOf, servicesOf } from '../world-lists.ts'

const at = (date: string) => parseInstant(date)
const WORLD: World = { ...WELL, anchors: [{ list: 'IN_FORCE' }] }

/** The list held until half past eleven was overdue since yesterday; then a newer one came in. */
const [HELD] = listsOf(WORLD)
const BEFORE = HELD && { ...HELD, nextUpdate: at('2025-12-30') }
const AFTER = HELD && { ...HELD, sequence: 2, recordedAt: at('2025-12-31T11:30Z') }
const LISTS = [BEFORE, AFTER].filter((list) => list !== undefined)

function standing(knownAt: string | null) {
  const evidence = { ...evidenceOf(WORLD), trust: trustSnapshot(servicesOf(WORLD), LISTS) }
  const moment = at('2025-06-01')
  const matter = caseOf(evidence, questionOf({ ...WORLD, knownAt }), [moment], moment)
  return listStanding(matter, 'ANCHOR', ROOT, [moment], 'ANY')
}

test('what a list says counts by the list that was held at the moment of knowledge', () => {
  expect(standing(null)).toMatchObject({ kind: 'ACCEPTED' })
  expect(standing('2025-12-31T11:30Z')).toMatchObject({ kind: 'ACCEPTED' })
  expect(standing('2025-12-31T11:00Z')).toMatchObject({ kind: 'LIST_STALE', since: at('2025-12-30') })
  expect(standing('2025-12-30')).toMatchObject({ kind: 'ACCEPTED' })
})

test('that an operator was withdrawn counts from when it was known', () => {
  const withdrawn = servicesOf(WORLD)
    .filter(({ role }) => role === 'LIST_OPERATOR')
    .map((one) => ({ ...one, span: { ...one.span, until: at('2025-11-01') }, recordedAt: at('2025-12-31T11:30Z') }))
  const trust = trustSnapshot([...servicesOf(WORLD), ...withdrawn], listsOf(WORLD))
  const moment = at('2025-06-01')
  const kind = (knownAt: string) => {
    const matter = caseOf({ ...evidenceOf(WORLD), trust }, questionOf({ ...WORLD, knownAt }), [moment], moment)
    return listStanding(matter, 'ANCHOR', ROOT, [moment], 'ANY').kind
  }
  expect(kind('2025-12-31T11:00Z')).toBe('ACCEPTED')
  expect(kind('2025-12-31T11:30Z')).toBe('LIST_STALE')
})

test('of a list whose signer is no operator nobody can say since when it is overdue', () => {
  const world: World = { ...WELL, anchors: [{ list: 'DISOWNED' }] }
  const moment = at('2025-06-01')
  const matter = caseOf(evidenceOf(world), questionOf(world), [moment], moment)
  expect(listStanding(matter, 'ANCHOR', ROOT, [moment], 'ANY')).toMatchObject({ kind: 'LIST_STALE', since: null })
})

test('asked about no moment nobody is listed', () => {
  const matter = caseOf(evidenceOf(WELL), questionOf(WELL), [], at('2025-06-01'))
  expect(listStanding(matter, 'ANCHOR', ROOT, [], 'ANY')).toEqual({ kind: 'NOT_LISTED' })
})
