import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EnvelopeEvent } from '../../../../model/envelope.ts'
import { formatEnvelope } from '../../../../model/envelope-format.ts'
import { sealStatusAt } from '../../../../model/timeline.ts'
import { admitEnvelope } from '../../../../subgraphs/seals/admission/admission.ts'
import { MADE_AT, pki, sealOf } from '../../../support/seals.ts'
import { CODE, changed, Member, NOW, openAdmission, property, registered } from '../member.ts'

const DAY = 86_400_000

/** Pushes events, the last of which is judged, after a seal was registered; gives that last row and what the seal became. */
async function lastRow(member: Member, ...events: readonly EnvelopeEvent[]) {
  const ports = openAdmission()
  const { rows } = await member.push(ports, ...events)
  const last = rows.at(-1)
  return { outcome: last?.outcome, code: last?.refusal?.code, refusal: last?.refusal ?? null, ports }
}
const refusedAs = (code: string) => ({ outcome: 'REFUSED', code })
const county = () => new Member()

describe('a registration is refused', () => {
  test('outside the member’s scope', async () => {
    expect(await lastRow(county(), await registered({ code: '41172900000001' }))).toMatchObject(refusedAs('OUT_OF_SCOPE'))
  })

  test('when its code names no division and the row states none', async () => {
    const code = '0b3c1ed4-6a5e-4b2c-9d25-1f1c6a2b7a11'
    expect(await lastRow(county(), await registered({ code }))).toMatchObject(refusedAs('OUT_OF_SCOPE'))
    const owner = { name: '遂平县民政局', creditCode: null, division: '411728' }
    expect(await lastRow(county(), await registered({ code, owner }))).toMatchObject({ outcome: 'ADMITTED' })
  })

  test('when another platform registered the seal', async () => {
    const ports = openAdmission()
    await county().push(ports, await registered())
    const city = new Member('411700', '4117', pki.issue('市级平台'))
    const { rows } = await city.push(ports, await registered({ revision: 9 }), changed('REVOKED'))
    expect(rows).toMatchObject(
      [refusedAs('OUT_OF_SCOPE'), refusedAs('OUT_OF_SCOPE')].map(({ outcome, code }) => ({ outcome, refusal: { code } })),
    )
    const seal = (await ports.store.seals([CODE])).get(CODE)
    expect(seal).toMatchObject({ record: { platform: '411728', revision: 1 } })
    expect(seal?.timeline).toHaveLength(1)
  })

  test('when its bytes are no seal', async () => {
    expect(await lastRow(county(), await registered({ seal: Uint8Array.of(1, 2, 3) }))).toMatchObject(refusedAs('UNREADABLE'))
  })

  test('when its bytes are cut off or changed', async () => {
    const seal = await sealOf('SES_V4')
    const changedName = Uint8Array.from(seal)
    const at = Buffer.from(seal).indexOf('遂平县民政局')
    changedName[at + 2] = (changedName[at + 2] ?? 0) ^ 1
    expect(await lastRow(county(), await registered({ seal: changedName }))).toMatchObject(refusedAs('INTEGRITY'))
    expect((await lastRow(county(), await registered({ seal: seal.subarray(0, -1) }))).outcome).toBe('REFUSED')
  })

  test('when its code is not the one in the seal', async () => {
    const seal = await sealOf('SES_V4', { esID: '41172800000009' })
    expect(await lastRow(county(), await registered({ seal }))).toMatchObject(refusedAs('BAD_INPUT'))
  })

  test('when the owner’s credit code fails its check', async () => {
    const owner = { name: '遂平县民政局', creditCode: '114117280000000000', division: null }
    expect(await lastRow(county(), await registered({ owner }))).toMatchObject(refusedAs('BAD_INPUT'))
  })

  test.each([
    ['long before the seal was made', MADE_AT - 2 * DAY],
    ['years ahead', NOW + 400 * DAY],
  ])('when it takes effect %s', async (_, effectiveAt) => {
    expect(await lastRow(county(), await registered({ effectiveAt }))).toMatchObject(refusedAs('BAD_INPUT'))
  })
})

describe('revisions', () => {
  test('an older one is STALE', async () => {
    expect(await lastRow(county(), await registered({ revision: 7 }), await registered({ revision: 6 }))).toMatchObject(
      refusedAs('STALE'),
    )
  })

  test('the same revision with other content is refused as CONFLICT', async () => {
    const owner = { name: '遂平县财政局', creditCode: null, division: null }
    expect(await lastRow(county(), await registered({ revision: 7 }), await registered({ revision: 7, owner }))).toMatchObject(
      refusedAs('CONFLICT'),
    )
  })

  test('the same revision with the same content is UNCHANGED, under whatever event id', async () => {
    const first = await registered()
    const result = await lastRow(county(), first, { ...first, eventId: 'another' })
    expect(result).toMatchObject({ outcome: 'UNCHANGED', refusal: null })
    expect((await result.ports.store.seals([CODE])).get(CODE)?.timeline).toHaveLength(1)
  })

  test('a newer one is taken in although it says the same', async () => {
    const { outcome, ports } = await lastRow(county(), await registered(), await registered({ revision: 2 }))
    expect(outcome).toBe('ADMITTED')
    expect((await ports.store.seals([CODE])).get(CODE)).toMatchObject({ record: { revision: 2 } })
  })

  test('a newer one takes its place, and both seal data stay known', async () => {
    const newer = await registered({ revision: 2 }, property({ name: '遂平县民政局（新）' }))
    const { outcome, ports } = await lastRow(county(), await registered(), newer)
    expect(outcome).toBe('ADMITTED')
    const seal = (await ports.store.seals([CODE])).get(CODE)
    expect(seal).toMatchObject({ record: { revision: 2, name: '遂平县民政局（新）' } })
    expect(seal?.sealDigests).toHaveLength(2)
  })
})

describe('event ids', () => {
  test('the same event again is UNCHANGED', async () => {
    const event = changed('SUSPENDED')
    expect(await lastRow(county(), await registered(), event, event)).toMatchObject({ outcome: 'UNCHANGED' })
  })

  test('the same id with other content is a CONFLICT', async () => {
    const event = changed('SUSPENDED', { eventId: 'same' })
    expect(await lastRow(county(), await registered(), event, changed('LOST', { eventId: 'same' }))).toMatchObject(
      refusedAs('CONFLICT'),
    )
  })

  test('a refused row leaves its id free for the row put right', async () => {
    const wrong = changed('CANCELLED', { eventId: 'again', reason: null })
    const right = changed('CANCELLED', { eventId: 'again', reason: 'MERGER' })
    expect(await lastRow(county(), await registered(), wrong, right)).toMatchObject({ outcome: 'ADMITTED' })
  })
})

describe('status changes', () => {
  test.each([
    ['long before the seal was made', { effectiveAt: MADE_AT - 2 * DAY }],
    ['years ahead', { effectiveAt: NOW + 400 * DAY }],
    ['by an origin in the future', { originAt: NOW + DAY }],
  ])('one that takes effect %s is refused', async (_, times) => {
    expect(await lastRow(county(), await registered(), changed('SUSPENDED', times))).toMatchObject(refusedAs('BAD_INPUT'))
  })

  test('of an unknown seal are NOT_FOUND', async () => {
    expect(await lastRow(county(), changed('REVOKED'))).toMatchObject(refusedAs('NOT_FOUND'))
  })

  test.each(['SUSPENDED', 'RESUMED', 'LOST', 'REVOKED', 'INVALIDATED'] as const)(
    '%s of a known seal is taken in without a reason',
    async (type) => {
      expect(await lastRow(county(), await registered(), changed(type, { reason: null }))).toMatchObject({ outcome: 'ADMITTED' })
    },
  )

  test('are refused once the seal lies outside the member’s scope', async () => {
    const ports = openAdmission()
    const city = new Member('411700', '4117')
    await city.push(ports, await registered())
    const narrowed = new Member('411700', '411702')
    narrowed.sequence = city.sequence
    narrowed.previous = city.previous
    expect((await narrowed.push(ports, changed('REVOKED'))).rows).toMatchObject([{ refusal: { code: 'OUT_OF_SCOPE' } }])
  })

  test('a correction voids the event it names and no other', async () => {
    const cancelled = changed('CANCELLED', { reason: 'MERGER' })
    const correction = { ...changed('LOST'), type: 'CORRECTED' as const, voids: cancelled.eventId }
    const { outcome, ports } = await lastRow(county(), await registered(), cancelled, correction)
    expect(outcome).toBe('ADMITTED')
    const timeline = (await ports.store.seals([CODE])).get(CODE)?.timeline ?? []
    expect(sealStatusAt(timeline, NOW, NOW).state).toBe('ACTIVE')
  })

  test('a correction of nothing, or of another seal’s event, is refused', async () => {
    const correction = (voids: string) => ({ ...changed('LOST'), type: 'CORRECTED' as const, voids })
    expect(await lastRow(county(), await registered(), correction('nothing'))).toMatchObject(refusedAs('NOT_FOUND'))
    const other = await registered({ code: '41172800000002' })
    expect(await lastRow(county(), await registered(), other, correction(other.eventId))).toMatchObject(refusedAs('BAD_INPUT'))
  })

  test('a flood of events of one seal ends, but its loss is still taken in', async () => {
    const flood = Array.from({ length: 1000 }, () => changed('SUSPENDED'))
    const ports = openAdmission()
    const { rows } = await county().push(ports, await registered(), ...flood, changed('LOST'))
    expect(rows.at(-2)).toMatchObject({ outcome: 'REFUSED', refusal: { code: 'TOO_LARGE' } })
    expect(rows.at(-1)).toMatchObject({ outcome: 'ADMITTED' })
  })

  test('taken in any order, in one envelope or many, they fold to one status', async () => {
    const kinds = fc.constantFrom('SUSPENDED', 'RESUMED', 'LOST', 'REVOKED', 'INVALIDATED')
    const changes = fc.array(fc.record({ type: kinds, hour: fc.nat(12) }), { minLength: 1, maxLength: 5 })
    const seal = await registered()
    // Moments apart, so that the fold is decided by when things took effect and not by who told them first.
    const toEvents = (list: readonly { type: 'SUSPENDED' | 'RESUMED' | 'LOST' | 'REVOKED' | 'INVALIDATED'; hour: number }[]) =>
      list.map(({ type, hour }, index) => changed(type, { effectiveAt: MADE_AT + hour * 3_600_000 + index }))
    const orders = changes
      .map(toEvents)
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.boolean()))
    await fc.assert(
      fc.asyncProperty(orders, async ([list, shuffled, oneByOne]) => {
        const [first, second] = [openAdmission(), openAdmission()]
        const [one, other] = [county(), county()]
        await one.push(first, seal, ...list)
        await other.push(second, seal)
        for (const events of oneByOne ? shuffled.map((event) => [event]) : [shuffled]) await other.push(second, ...events)
        const status = async ({ store }: typeof first) => {
          const { knownSince: _, ...rest } = sealStatusAt((await store.seals([CODE])).get(CODE)?.timeline ?? [], NOW, NOW + DAY)
          return rest
        }
        expect(await status(second)).toEqual(await status(first))
      }),
      { numRuns: 25 },
    )
  })
})

describe('the policy', () => {
  const cites = (clause: string) => ({
    outcome: 'REFUSED',
    refusal: { code: 'POLICY', reason: { zh: expect.stringContaining(`第${clause}条`) } },
  })

  test('Suiping registers no private seal (article 4)', async () => {
    expect(await lastRow(county(), await registered({}, property({ type: 0 })))).toMatchObject(cites('4'))
  })

  test('Tibet registers private seals', async () => {
    const row = await registered({ code: '54010200000001' }, property({ type: 0 }))
    expect(await lastRow(new Member('540102', '54'), row)).toMatchObject({ outcome: 'ADMITTED' })
  })

  test('a Suiping seal is not issued by the county (article 7), but by the city', async () => {
    expect(await lastRow(county(), await registered({ issuedBy: '411728' }))).toMatchObject(cites('7'))
    expect(await lastRow(county(), await registered({ issuedBy: '411700' }))).toMatchObject({ outcome: 'ADMITTED' })
  })

  test.each([
    ['without its reason', null],
    ['for misuse', 'MISUSE' as const],
  ])('a Suiping cancellation %s is refused (articles 13 and 14)', async (_, reason) => {
    expect(await lastRow(county(), await registered(), changed('CANCELLED', { reason }))).toMatchObject(cites('13、14'))
  })

  const end = MADE_AT + 10 * DAY
  const held = property({ validEnd: end })
  const renewed = property({ validEnd: end + 300 * DAY, validStart: MADE_AT })
  test.each([
    ['in Tibet 31 days before the end is refused', '540102', end - 31 * DAY, false],
    ['in Tibet after the end is refused', '540102', end + DAY, false],
    ['in Tibet within 30 days before the end is taken', '540102', end - 5 * DAY, true],
    ['in Suiping after the end is taken', '411728', end + DAY, true],
  ])('a renewal %s', async (_, division, effectiveAt, taken) => {
    const code = `${division}00000001`
    const early = property({ validEnd: end, createDate: MADE_AT - 60 * DAY })
    const earlyRenewal = property({ validEnd: end + 300 * DAY, createDate: MADE_AT - 60 * DAY })
    const first = await registered(
      { code, effectiveAt: MADE_AT - 60 * DAY },
      effectiveAt < MADE_AT ? early : { ...held, ...early },
    )
    const second = await registered(
      { code, revision: 2, effectiveAt },
      effectiveAt < MADE_AT ? earlyRenewal : { ...renewed, ...earlyRenewal },
    )
    const result = await lastRow(new Member(division, division), first, second)
    if (taken) expect(result).toMatchObject({ outcome: 'ADMITTED' })
    else expect(result).toMatchObject(cites('10'))
  })
})

test('a bad row of any kind leaves the rest of its batch unharmed', async () => {
  const ports = openAdmission()
  const member = county()
  const others = await Promise.all([2, 3].map((n) => registered({ code: `4117280000000${n}` })))
  const good = [await registered(), ...others, changed('SUSPENDED')]
  const { header } = member.envelope([])
  const lines = Buffer.from(formatEnvelope(header, good)).toString().split('\n')
  const bad = ['{', '[]', '['.repeat(5000), 'null', '{"type":"SEAL_REGISTERED"}', '"text"']
  const mixed = [lines[0], bad[0], lines[1], bad[1], bad[2], lines[2], lines[3], bad[3], bad[4], lines[4], bad[5]].join('\n')
  const { rows } = await admitEnvelope(await member.signed(Buffer.from(mixed)), member.facts(), ports)
  expect(rows.map(({ outcome }) => outcome[0])).toEqual(['R', 'A', 'R', 'R', 'A', 'A', 'R', 'R', 'A', 'R'])
  expect(rows.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect((await ports.store.seals([CODE])).get(CODE)?.timeline).toHaveLength(2)
})
