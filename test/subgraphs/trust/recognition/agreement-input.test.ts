import { expect, onTestFinished, test } from 'vitest'
import { trustLists } from '../../../../subgraphs/trust/lists.ts'
import {
  type AgreementInput,
  enactAgreement,
  repealAgreement,
  useOf,
} from '../../../../subgraphs/trust/recognition/agreement-input.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'

const TERMS: AgreementInput = {
  reliedOnIn: '350000',
  issuedIn: '540000',
  classes: ['PRIVATE'],
  enactedFrom: 1_000,
  article: '闽藏 3',
}

function hub() {
  const store = openTrustStore(':memory:')
  onTestFinished(() => store.close())
  const lists = trustLists(store)
  return {
    lists,
    enact: (given: Partial<AgreementInput> = {}) => enactAgreement(lists, { ...TERMS, ...given }, 'administrator', 1),
  }
}

test('an agreement is recorded with every condition it was given, and none of its own', async () => {
  const { enact } = hub()
  const given = { purposes: ['TAX', 'LICENSE'], networks: ['INTERNET'], assurance: 3, governmentCa: true } as const
  const narrow = await enact({ ...given, repealedFrom: 2_000, article: ' 闽藏 3 ' })
  expect(narrow).toMatchObject({ ...given, purposes: ['LICENSE', 'TAX'], span: { from: 1_000, until: 1_999 }, article: '闽藏 3' })
  const wide = await enact()
  expect(wide).toMatchObject({
    purposes: [],
    networks: [],
    assurance: null,
    governmentCa: false,
    span: { from: 1_000, until: null },
  })
})

test('the same in other words changes nothing', async () => {
  const { enact } = hub()
  const first = await enact({ classes: ['PRIVATE', 'POSITION'], purposes: ['TAX', 'LICENSE'] })
  expect(await enact({ classes: ['POSITION', 'PRIVATE', 'POSITION'], purposes: ['LICENSE', 'TAX'] })).toEqual(first)
})

test.each([
  [{ assurance: 0 }],
  [{ assurance: 6 }],
  [{ assurance: 2.5 }],
  [{ article: '  ' }],
  [{ article: 'x'.repeat(501) }],
  [{ repealedFrom: 1_000 }],
] as const)('%j is no agreement', async (given) => {
  const { enact, lists } = hub()
  await expect(enact(given)).rejects.toMatchObject({ code: 'BAD_INPUT' })
  expect((await lists.snapshot()).agreements.all(Number.MAX_SAFE_INTEGER)).toEqual([])
})

test('the least and the most that is allowed is', async () => {
  const { enact } = hub()
  for (const assurance of [1, 5]) expect((await enact({ assurance })).assurance).toBe(assurance)
  expect((await enact({ article: 'x'.repeat(500) })).article).toHaveLength(500)
  expect((await enact({ repealedFrom: 1_001, classes: ['PUBLIC'] })).span).toEqual({ from: 1_000, until: 1_000 })
})

test('an end once stated is moved forward in time, or stated again, never moved back', async () => {
  const { enact, lists } = hub()
  const { id } = await enact()
  const repeal = (from: number) => repealAgreement(lists, { id, from, reason: '到期' }, 'administrator', 2)
  expect((await repeal(3_000)).span.until).toBe(2_999)
  expect((await repeal(3_000)).span.until).toBe(2_999)
  await expect(repeal(3_001)).rejects.toMatchObject({ code: 'CONFLICT' })
  expect((await repeal(2_500)).span.until).toBe(2_499)
})

test('what a client does not say of the use is unknown', () => {
  expect(useOf(null)).toEqual({ purpose: null, network: null, assurance: null })
  expect(useOf({ purpose: 'TAX' })).toEqual({ purpose: 'TAX', network: null, assurance: null })
  expect(useOf({ network: 'INTERNET', assurance: 2 })).toEqual({ purpose: null, network: 'INTERNET', assurance: 2 })
  expect(() => useOf({ assurance: 6 })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
})
