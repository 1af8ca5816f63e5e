import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../model/canonical-json.ts'
import type { PathFacts, SealFacts } from '../../../model/facts.ts'
import type { Indication } from '../../../model/indication.ts'
import { SERVICE_END_REASONS } from '../../../model/service-end.ts'
import { parseInstant } from '../../../model/time.ts'
import { GENERAL_PURPOSES, NETWORK_ZONES, PURPOSES } from '../../../model/use.ts'
import type { Conclusion } from '../../../subgraphs/trust/judge/conclusion.ts'
import { type Evidence, received } from '../../../subgraphs/trust/judge/question.ts'
import type { TrustService } from '../../../subgraphs/trust/service.ts'
import { trustSnapshot } from '../../../subgraphs/trust/snapshot.ts'
import { ask, evidenceOf } from './ask.ts'
import { JUDGEMENT_TABLE } from './cases/table.ts'
import { AUTHORITY, MAKER, ROOT, WELL, type World } from './world.ts'
import { agreementOf, agreementsOf, listsOf, serviceOf, servicesOf } from './world-lists.ts'

const WORLDS: readonly World[] = JUDGEMENT_TABLE.flatMap(({ cases }) => cases.map(({ world }) => ({ ...WELL, ...world })))
const aWorld = fc.constantFrom(...WORLDS)
const RANK: Readonly<Record<Indication, number>> = { TOTAL_PASSED: 0, INDETERMINATE: 1, TOTAL_FAILED: 2 }
const rank = ({ indication }: Conclusion) => RANK[indication]

describe('the lists', () => {
  test('distrusting an anchor, authority, maker or time-stamp authority from some moment, for whatever reason, never makes an answer better', () => {
    const day = fc.integer({ min: parseInstant('2024-06-01'), max: parseInstant('2026-06-01') })
    const why = fc.option(fc.constantFrom(...SERVICE_END_REASONS, 'urn:example:unknown'))
    const ended = (service: TrustService, code: string | null) =>
      service.ended || code === null ? {} : { ended: { code, reason: '' } }
    fc.assert(
      fc.property(
        aWorld,
        fc.constantFrom('ANCHOR', 'CA', 'MAKER', 'TIME_STAMP_AUTHORITY'),
        day,
        why,
        (world, role, until, code) => {
          const before = ask(world)
          const services = servicesOf(world).map((service) =>
            service.role === role
              ? {
                  ...service,
                  ...ended(service, code),
                  span: { ...service.span, until: Math.min(until, service.span.until ?? until) },
                }
              : service,
          )
          const after = ask(world, { ...evidenceOf(world), trust: trustSnapshot(services, listsOf(world), agreementsOf(world)) })
          expect(rank(after)).toBeGreaterThanOrEqual(rank(before))
        },
      ),
    )
  })

  test('a narrower scope never makes an answer better, but for one that a service was withdrawn for', () => {
    fc.assert(
      fc.property(
        aWorld,
        fc.constantFrom('ANCHOR', 'CA', 'MAKER'),
        fc.constantFrom('41', '4117', '411728', '35', '54'),
        (world, role, scope) => {
          const narrowed = servicesOf(world).map((service) =>
            service.role === role && !service.ended && scope.startsWith(service.scope) ? { ...service, scope } : service,
          )
          const after = ask(world, { ...evidenceOf(world), trust: trustSnapshot(narrowed, listsOf(world), agreementsOf(world)) })
          expect(rank(after)).toBeGreaterThanOrEqual(rank(ask(world)))
        },
      ),
    )
  })

  test('services of other certificates change nothing, not a byte', () => {
    fc.assert(
      fc.property(aWorld, fc.integer({ min: 1, max: 20 }), (world, count) => {
        const strangers = Array.from({ length: count }, (_, i) =>
          serviceOf('ANCHOR', (i + 16).toString(16).repeat(32), {}, `stranger ${i}`),
        ).filter(({ fingerprint }) => ![ROOT, AUTHORITY, MAKER, 'e0'.repeat(32)].includes(fingerprint))
        const after = ask(world, {
          ...evidenceOf(world),
          trust: trustSnapshot([...strangers, ...servicesOf(world)], listsOf(world), agreementsOf(world)),
        })
        expect(canonicalJson(after)).toBe(canonicalJson(ask(world)))
      }),
    )
  })
})

describe('order and repetition', () => {
  test('the order of services, paths, certificates and revocation evidence plays no part, not in a byte', () => {
    fc.assert(
      fc.property(aWorld, fc.infiniteStream(fc.nat()), (world, random) => {
        const evidence = evidenceOf(world)
        const shuffle = <Item>(items: readonly Item[]) => shuffled(items, () => random.next().value)
        const paths = evidence.paths.facts && {
          certificates: shuffle(evidence.paths.facts.certificates).map((certificate) => ({
            ...certificate,
            paths: shuffle(certificate.paths).map((path) => ({ ...path, revocation: path.revocation.map(shuffle) })),
          })),
        }
        const other: Evidence = {
          ...evidence,
          paths: { ...evidence.paths, facts: paths },
          trust: trustSnapshot(shuffle(servicesOf(world)), listsOf(world), shuffle(agreementsOf(world))),
        }
        expect(canonicalJson(ask(world, other))).toBe(canonicalJson(ask(world)))
      }),
    )
  })

  test('the same question on the same evidence gives the same bytes later, once its moments are named', () => {
    fc.assert(
      fc.property(aWorld, fc.integer({ min: 1, max: 3650 }), (world, days) => {
        const first = ask(world)
        const knownAt = new Date(first.knownAt).toISOString()
        const named: World = { ...world, knownAt, now: knownAt, at: world.at ?? nowIfNeeded(world) }
        const evidence = evidenceOf(world)
        const later: World = { ...named, now: new Date(first.knownAt + days * 86_400_000).toISOString() }
        expect(canonicalJson(ask(later, evidence))).toBe(canonicalJson(ask(named, evidence)))
      }),
    )
  })
})

describe('agreements', () => {
  const few = <Item>(items: readonly Item[]) => fc.subarray([...items], { minLength: 1 })

  test('a narrower agreement never widens acceptance', () => {
    const aWide = fc.record({
      classes: few(['PUBLIC', 'POSITION', 'PRIVATE'] as const),
      purposes: fc.subarray([...PURPOSES]),
      networks: fc.subarray([...NETWORK_ZONES]),
      assurance: fc.option(fc.integer({ min: 1, max: 5 })),
      governmentCa: fc.boolean(),
      reliedOnIn: fc.constantFrom('000000', '350000'),
      issuedIn: fc.constantFrom('000000', '410000', '411700'),
    })
    const aUse = fc.record({
      purpose: fc.option(fc.constantFrom(...PURPOSES)),
      network: fc.option(fc.constantFrom(...NETWORK_ZONES)),
      assurance: fc.option(fc.integer({ min: 1, max: 5 })),
    })
    const narrowing = fc.constantFrom('classes', 'purposes', 'networks', 'assurance', 'governmentCa', 'time', 'place', 'gone')
    fc.assert(
      fc.property(aWorld, aWide, aUse, narrowing, fc.infiniteStream(fc.nat()), (world, wide, use, how, random) => {
        const asked = { ...world, use }
        const pick = <Item>(items: readonly Item[]) => items.filter((_, i) => i === random.next().value % items.length || i === 0)
        const narrower = {
          classes: { classes: pick(wide.classes) },
          purposes: { purposes: pick(wide.purposes.length > 0 ? wide.purposes : GENERAL_PURPOSES) },
          networks: { networks: pick(wide.networks.length > 0 ? wide.networks : NETWORK_ZONES) },
          assurance: { assurance: Math.max(wide.assurance ?? 1, 1 + (random.next().value % 5)) },
          governmentCa: { governmentCa: true },
          time: { from: '2025-05-01', until: '2025-09-01' },
          place: { reliedOnIn: '350100', issuedIn: '411728' },
          gone: { until: '2019-01-01' },
        }[how]
        const before = ask({ ...asked, agreements: [wide] })
        const after = ask({ ...asked, agreements: [{ ...wide, ...narrower }] })
        expect(rank(after)).toBeGreaterThanOrEqual(rank(before))
      }),
      { numRuns: 400 },
    )
  })

  test('an agreement between others changes nothing, not a byte', () => {
    fc.assert(
      fc.property(aWorld, (world) => {
        const strange = { reliedOnIn: '540000', issuedIn: '210000', classes: ['PUBLIC', 'PRIVATE'] } as const
        const after = ask({ ...world, agreements: [...world.agreements, strange] })
        expect(canonicalJson(after)).toBe(canonicalJson(ask(world)))
      }),
    )
  })
})

/** A seal or certificate is asked about now when nothing else is said; a signature about its own time. */
function nowIfNeeded(world: World): string | null {
  return world.subject === 'SIGNATURE' ? null : world.now
}

describe('knowledge', () => {
  test('what is recorded later never changes an answer asked with an earlier knownAt', () => {
    fc.assert(
      fc.property(aWorld, fc.array(laterKnowledge(), { minLength: 1, maxLength: 4 }), (world, additions) => {
        const asked: World = { ...world, knownAt: world.knownAt ?? world.now, now: '2029-01-01' }
        const before = evidenceOf(world)
        const after = additions.reduce((evidence, add) => add(evidence, world), before)
        expect(canonicalJson(ask(asked, after))).toBe(canonicalJson(ask(asked, before)))
      }),
    )
  })

  test('a moment of knowledge in the future is refused', () => {
    expect(() => ask({ ...WELL, knownAt: '2026-01-01' })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
  })
})

type Addition = (evidence: Evidence, world: World) => Evidence

/** Anything a room may come to know after the world's present. */
function laterKnowledge(): fc.Arbitrary<Addition> {
  const recordedAt = fc.integer({ min: parseInstant('2027-07-01'), max: parseInstant('2028-12-01') })
  const past = fc.integer({ min: parseInstant('2024-06-01'), max: parseInstant('2025-12-31') })
  const status = fc.tuple(recordedAt, past, fc.constantFrom('LOST', 'CANCELLED', 'REVOKED', 'RESUMED', 'INVALIDATED'))
  const revoked = fc.tuple(recordedAt, past, fc.constantFrom('keyCompromise', 'superseded', 'certificateHold'))
  const listed = fc.tuple(recordedAt, past, fc.constantFrom('ANCHOR', 'CA', 'MAKER'))
  const agreed = fc.tuple(recordedAt, fc.constantFrom('350000', '411700', '000000'))
  const heard: Addition = (evidence) =>
    withSeal(evidence, (facts) => {
      const { registration } = facts
      if (!registration?.contact || registration.heardAt === null) return facts
      const [from, until] = [registration.heardAt, parseInstant('2027-08-01')]
      const contact = { ...registration.contact, silences: [{ from, until }, ...registration.contact.silences] }
      return { ...facts, registration: { ...registration, heardAt: until, contact } }
    })
  const seen: Addition = (evidence, world) =>
    world.firstSeen === null ? withSeal(evidence, (facts) => ({ ...facts, firstSeenAt: parseInstant('2027-07-01') })) : evidence
  return fc.oneof(
    fc.constant(seen),
    fc.constant(heard),
    status.map(
      ([at, effectiveAt, kind]): Addition =>
        (evidence) =>
          withSeal(evidence, (facts) => withChange(facts, at, effectiveAt, kind)),
    ),
    revoked.map(
      ([at, revokedAt, reason]): Addition =>
        (evidence) =>
          withPaths(evidence, (facts) => withEntry(facts, at, revokedAt, reason)),
    ),
    agreed.map(
      ([at, reliedOnIn]): Addition =>
        (evidence, world) => {
          const later = agreementOf({ reliedOnIn, issuedIn: '000000', classes: ['PRIVATE', 'PUBLIC'] })
          const repealed = agreementsOf(world).map((agreement) => ({
            ...agreement,
            span: { ...agreement.span, until: 0 },
            recordedAt: at,
          }))
          const agreements = [...agreementsOf(world), { ...later, recordedAt: at }, ...repealed]
          return { ...evidence, trust: trustSnapshot(servicesOf(world), listsOf(world), agreements) }
        },
    ),
    listed.map(
      ([at, until, role]): Addition =>
        (evidence, world) => ({
          ...evidence,
          trust: trustSnapshot(
            [
              ...servicesOf(world),
              ...servicesOf(world)
                .filter((service) => service.role === role)
                .map((service) => ({ ...service, span: { ...service.span, until }, recordedAt: at })),
            ],
            listsOf(world),
            agreementsOf(world),
          ),
        }),
    ),
  )
}

function withSeal(evidence: Evidence, change: (facts: SealFacts) => SealFacts): Evidence {
  const { facts } = evidence.seal
  return facts === null ? evidence : { ...evidence, seal: received(change(facts)) }
}

function withPaths(evidence: Evidence, change: (facts: PathFacts) => PathFacts): Evidence {
  const { facts } = evidence.paths
  return facts === null ? evidence : { ...evidence, paths: received(change(facts)) }
}

function withChange(
  facts: SealFacts,
  recordedAt: number,
  effectiveAt: number,
  kind: 'LOST' | 'CANCELLED' | 'REVOKED' | 'RESUMED' | 'INVALIDATED',
): SealFacts {
  if (facts.registration === null) return facts
  const change = {
    id: `later ${recordedAt}`,
    kind,
    effectiveAt,
    recordedAt,
    originAt: null,
    sequence: 99,
    reason: null,
    validity: null,
    voids: null,
  }
  return { ...facts, registration: { ...facts.registration, timeline: [...facts.registration.timeline, change] } }
}

function withEntry(
  facts: PathFacts,
  recordedAt: number,
  revokedAt: number,
  reason: 'keyCompromise' | 'superseded' | 'certificateHold',
): PathFacts {
  const entry = { revokedAt, reason, invalidityDate: null }
  const evidence = {
    kind: 'CRL',
    source: 'CN=later',
    digest: `later ${recordedAt}`,
    thisUpdate: recordedAt,
    nextUpdate: recordedAt + 1,
    recordedAt,
    entry,
  } as const
  return {
    certificates: facts.certificates.map((certificate) => ({
      ...certificate,
      paths: certificate.paths.map((path) => ({ ...path, revocation: path.revocation.map((items) => [...items, evidence]) })),
    })),
  }
}

describe('missing evidence', () => {
  test('without facts nothing passes', () => {
    fc.assert(
      fc.property(aWorld, fc.constantFrom('seal', 'paths'), fc.boolean(), (world, part, refused) => {
        const reason = refused ? { zh: '伪造', en: 'forged' } : null
        if (part === 'seal' && world.subject === 'CERTIFICATE') return
        const evidence = { ...evidenceOf(world), [part]: { facts: null, refused: reason } }
        expect(ask(world, evidence).indication).not.toBe('TOTAL_PASSED')
      }),
    )
  })

  test('a check on the bytes that gets worse never makes an answer better', () => {
    const outcomes = fc.constantFrom('FAILED', 'UNKNOWN', 'NOT_APPLICABLE', null)
    const names = fc.constantFrom(
      'SIGNATURE_VALUE',
      'SEAL_SIGNATURE',
      'DATA_HASH',
      'SIGNER_IN_SEAL',
      'SEAL_FORMAT',
      'SIGNATURE_FORMAT',
    )
    fc.assert(
      fc.property(aWorld, names, outcomes, (world, check, outcome) => {
        if (world.checks[check] !== undefined || world.subject !== 'SIGNATURE' || world.format === 'GBT_35275') return
        const worse = ask({ ...world, checks: { ...world.checks, [check]: outcome } })
        expect(worse.indication).not.toBe('TOTAL_PASSED')
        expect(rank(worse)).toBeGreaterThanOrEqual(rank(ask(world)))
      }),
    )
  })
})

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}
