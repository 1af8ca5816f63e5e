import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AuthorityKey } from '../../../../pki/x509/authority-key.ts'
import type { NamedCertificate } from '../../../../subgraphs/seals/named-certificates.ts'
import type { SealStore } from '../../../../subgraphs/seals/ports.ts'
import type { ImpactQuestion } from '../../../../subgraphs/seals/seal-impact.ts'
import { openSealStore } from '../../../../subgraphs/seals/store/sqlite-store.ts'
import { commit, header, record, write } from '../store-behaviour.ts'

const codeOf = (number: number) => `41172800${String(number).padStart(6, '0')}`

async function counted(store: SealStore, question: Partial<ImpactQuestion>) {
  const total = { number: 0, madeSince: 0, unknown: 0, makers: new Set<string>() }
  const sample: string[] = []
  for await (const slice of store.impact({ digests: [], authorities: [], from: 0, ...question }, 5)) {
    for (const { number, madeSince, maker } of slice.counts) {
      total.number += number
      total.madeSince += madeSince
      if (maker !== null) total.makers.add(maker)
    }
    total.unknown += slice.unknown
    sample.push(...slice.sample)
  }
  return { ...total, makers: [...total.makers].sort(), sample }
}

async function storeWith(seals: readonly (readonly NamedCertificate[])[], createdAt: (i: number) => number = () => 0) {
  const store = openSealStore(':memory:')
  const writes = seals.map((certificates, i) => write(record(codeOf(i), { createdAt: createdAt(i) }), null, certificates))
  await store.append(commit({ seals: writes }), 1)
  return store
}

const ca: AuthorityKey = { name: 'ca', keyIdentifier: 'aa' }
const maker = (digest: string, issuer: AuthorityKey | null = ca): NamedCertificate => ({ role: 'MAKER', digest, issuer })
const signer = (digest: string, issuer: AuthorityKey | null = ca): NamedCertificate => ({ role: 'SIGNER', digest, issuer })

test('an issuer is the authority of its name, and of its key where both name one', async () => {
  const issuers = [ca, { ...ca, keyIdentifier: 'bb' }, { ...ca, keyIdentifier: null }, { name: 'other', keyIdentifier: 'aa' }]
  const store = await storeWith(issuers.map((issuer, i) => [maker(`m${i}`, issuer)]))
  expect(await counted(store, { authorities: [ca] })).toMatchObject({ number: 2, makers: ['m0', 'm2'] })
  expect(await counted(store, { authorities: [{ ...ca, keyIdentifier: null }] })).toMatchObject({ number: 3 })
  expect(await counted(store, { authorities: [{ name: 'nobody', keyIdentifier: null }] })).toMatchObject({ number: 0 })
  await store.close()
})

test('a seal registered anew hangs on what its newest data names, and on nothing else', async () => {
  const store = await storeWith([[maker('m'), signer('s')]])
  const anew = write(record(codeOf(0), { revision: 2 }), 1, [maker('n'), signer('s', null)])
  await store.append(commit({ header: header(2), seals: [anew] }), 2)
  expect(await counted(store, { digests: ['m'] })).toMatchObject({ number: 0, unknown: 1 })
  expect(await counted(store, { digests: ['n'] })).toMatchObject({ number: 1, unknown: 0, makers: ['n'] })
  await store.close()
})

const ISSUERS = ['p:aa', 'p:bb', 'p:', 'q:aa', 'q:', null] as const
const keyOf = (text: string): AuthorityKey => {
  const [name = '', keyIdentifier = ''] = text.split(':')
  return { name, keyIdentifier: keyIdentifier || null }
}
const issuerArbitrary = fc.constantFrom(...ISSUERS).map((text) => (text === null ? null : keyOf(text)))
const sealArbitrary = fc
  .tuple(
    fc.integer({ min: 0, max: 3 }),
    issuerArbitrary,
    fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }),
    issuerArbitrary,
  )
  .map(([m, issuer, signers, of]) => [maker(`m${m}`, issuer), ...signers.map((s) => signer(`s${s}`, s % 2 ? of : null))])
const questionArbitrary = fc.record({
  digests: fc.subarray(['m1', 's1', 's2']),
  authorities: fc.subarray(['p:aa', 'p:', 'q:bb', 'q:']).map((all) => all.map(keyOf)),
})

test('each seal is counted once however many of its certificates fall, and what is unknown beside them', async () => {
  const isMeant = (issuer: AuthorityKey | null, { authorities }: Pick<ImpactQuestion, 'authorities'>) =>
    authorities.some(
      ({ name, keyIdentifier }) =>
        issuer?.name === name && (!issuer.keyIdentifier || !keyIdentifier || issuer.keyIdentifier === keyIdentifier),
    )
  await fc.assert(
    fc.asyncProperty(fc.array(sealArbitrary, { maxLength: 12 }), questionArbitrary, async (seals, question) => {
      const store = await storeWith(seals, (i) => i)
      const falls = ({ digest, issuer }: NamedCertificate) => question.digests.includes(digest) || isMeant(issuer, question)
      const hanging = seals.flatMap((certificates, i) => (certificates.some(falls) ? [i] : []))
      const unknown = seals.filter((of) => !of.some(falls) && of.some(({ issuer }) => issuer === null))
      const makers = seals.flatMap((of) => of.filter((one) => one.role === 'MAKER' && falls(one)).map(({ digest }) => digest))
      const found = await counted(store, { ...question, from: 5 })
      await store.close()
      expect(found).toMatchObject({
        number: hanging.length,
        madeSince: hanging.filter((i) => i >= 5).length,
        unknown: unknown.length,
        makers: [...new Set(makers)].sort(),
      })
      expect(found.sample).toHaveLength(Math.min(5, hanging.length))
    }),
    { numRuns: 60 },
  )
})
