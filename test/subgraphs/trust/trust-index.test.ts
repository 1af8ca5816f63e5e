import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TRUST_ROLES, type TrustService } from '../../../subgraphs/trust/service.ts'
import { snapshotOf, type TrustSnapshot, trustSnapshot } from '../../../subgraphs/trust/snapshot.ts'
import type { HeldList } from '../../../subgraphs/trust/store/trust-store.ts'
import { TrustIndex } from '../../../subgraphs/trust/trust-index.ts'
import { agreementOf, serviceOf } from './world-lists.ts'

const EVER = Number.MAX_SAFE_INTEGER
const FINGERPRINTS = ['a', 'b', 'c'].map((digit) => digit.repeat(64))
const NAMES = ['410000', '411728', '350000']

interface Commit {
  readonly services: readonly TrustService[]
  readonly lists: readonly HeldList[]
}

const service = fc.record({
  role: fc.constantFrom(...TRUST_ROLES),
  fingerprint: fc.constantFrom(...FINGERPRINTS),
  name: fc.constantFrom(...NAMES),
  scope: fc.constantFrom('', '41', '4117'),
  until: fc.option(fc.integer({ min: 0, max: 9 })),
})

/** Commits one after the other, each of one moment. */
const commits = fc
  .array(
    fc.tuple(fc.uniqueArray(service, { selector: ({ role, fingerprint, scope }) => role + fingerprint + scope }), fc.boolean()),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((all) =>
    all.map(([said, hasList], i): Commit => {
      const recordedAt = (i + 1) * 10
      const list = {
        territory: '410000',
        sequence: i + 1,
        own: i % 2 === 0,
        issuedAt: 0,
        nextUpdate: 9,
        digest: `${i}`,
        signer: null,
      }
      return {
        services: said.map(({ role, fingerprint, name, scope, until }) => ({
          ...serviceOf(role, fingerprint, { scope }, name),
          span: { from: 0, until },
          recordedAt,
        })),
        lists: hasList ? [{ ...list, recordedAt }] : [],
      }
    }),
  )

/** Everything a snapshot can be asked, at every moment of knowledge. */
function answers(trust: TrustSnapshot): string {
  const moments = [0, ...Array.from({ length: 7 }, (_, i) => (i + 1) * 10), 15, EVER]
  const asked = moments.map((knownAt) => [
    trust.all(knownAt),
    trust.generation(knownAt),
    trust.own(knownAt),
    trust.operators(null, knownAt),
    trust.list('410000', knownAt),
    trust.ownList('410000', knownAt),
    FINGERPRINTS.map((fingerprint) => trust.ofCertificate(fingerprint, knownAt)),
    NAMES.map((name) => [
      trust.operators(name, knownAt),
      trust.publishers(name, knownAt),
      trust.platforms(name, knownAt),
      trust.agreements.between(name, '410000', knownAt),
    ]),
    TRUST_ROLES.map((role) => FINGERPRINTS.map((fingerprint) => trust.services(role, fingerprint, knownAt))),
  ])
  return JSON.stringify([trust.recordedAt, trust.lists, asked])
}

test('lists that grew commit by commit answer as those read at once, and a snapshot taken before stays as it was, not a byte changed', async () => {
  await fc.assert(
    fc.asyncProperty(commits, async (all) => {
      const agreement = { ...agreementOf({ reliedOnIn: '350000' }), recordedAt: 5 }
      const grown = new TrustIndex({ agreements: [agreement] })
      const taken: { readonly snapshot: TrustSnapshot; readonly said: string }[] = []
      for (const [i, commit] of all.entries()) {
        const before = snapshotOf(grown)
        taken.push({ snapshot: before, said: answers(before) })
        const adding = grown.add(commit)
        expect(answers(before)).toBe(taken[i]?.said)
        await adding
        const until = all.slice(0, i + 1)
        const lists = until.flatMap((one) => one.lists)
        const services = until.flatMap((one) => one.services).reverse()
        expect(answers(snapshotOf(grown))).toBe(answers(trustSnapshot(services, lists, [agreement])))
      }
      for (const { snapshot, said } of taken) expect(answers(snapshot)).toBe(said)
    }),
    { numRuns: 60 },
  )
})
