import { expect, onTestFinished, test } from 'vitest'
import type { Caller } from '../../../../model/caller.ts'
import { administration } from '../../../../subgraphs/trust/administration/administration.ts'
import type { Change } from '../../../../subgraphs/trust/administration/event.ts'
import { PROPOSAL_LIFE_MS } from '../../../../subgraphs/trust/administration/proposal.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'

const OPERATOR: Caller = { id: 'operator', scopes: ['member', 'adapter', 'administrator'] }
const administrator = (name: string): Caller => ({ id: `administrator:${name}`, scopes: ['member', 'administrator'] })
const [LI, WANG, ZHAO] = [administrator('li'), administrator('wang'), administrator('zhao')]
const digest = (letter: string) => letter.repeat(64)
const add = (name: string, tokenDigest = digest(name === 'li' ? 'a' : name === 'wang' ? 'b' : 'c')): Change => ({
  kind: 'ADD_ADMINISTRATOR',
  name,
  tokenDigest,
})
const CHANGE: Change = { kind: 'TRUST_SERVICES', services: [] }
const WHY = { why: '国办函〔2026〕1号', evidenceDigest: digest('e') }

function room(twoPerson = false, fails: () => boolean = () => false) {
  let now = Date.UTC(2026, 0, 1)
  const done: Change[] = []
  const records = openTrustStore(':memory:')
  onTestFinished(() => records.close())
  const apply = async (change: Change) => {
    if (fails()) throw new TypeError('stopped in between')
    done.push(change)
  }
  const trust = administration({ records, apply, twoPerson, now: () => now })
  return { trust, done, pass: (time: number) => (now += time) }
}

/** With two administrators, entered by the operator. */
async function roomOfTwo(fails?: () => boolean) {
  const opened = room(false, fails)
  for (const name of ['li', 'wang']) await opened.trust.submit(add(name), OPERATOR, WHY)
  opened.done.length = 0
  return opened
}

test('while nobody is an administrator the operator acts alone, and that is written down', async () => {
  const { trust, done } = room()
  expect(await trust.submit(CHANGE, OPERATOR, WHY)).toBeNull()
  expect(done).toEqual([CHANGE])
  expect(await trust.events()).toMatchObject([{ kind: 'DONE_DIRECTLY', by: 'operator', ...WHY, change: CHANGE }])
})

test('where two people are demanded from the beginning the operator can only propose', async () => {
  const { trust, done } = room(true)
  expect(await trust.submit(CHANGE, OPERATOR, WHY)).toMatchObject({ state: 'OPEN', proposedBy: 'operator' })
  expect(done).toEqual([])
})

test('nobody but the operator acts alone, whatever scope they hold', async () => {
  const { trust, done } = room()
  expect(await trust.submit(CHANGE, LI, WHY)).toMatchObject({ state: 'OPEN' })
  expect(done).toEqual([])
})

test('one administrator proposes, another approves, and only then it is done', async () => {
  const { trust, done } = await roomOfTwo()
  const proposal = await trust.submit(CHANGE, LI, WHY)
  expect(done).toEqual([])
  expect(await trust.approve(proposal?.id ?? '', WANG, '已核对')).toMatchObject({
    state: 'DONE',
    proposedBy: LI.id,
    decidedBy: WANG.id,
    decisionWhy: '已核对',
  })
  expect(done).toEqual([CHANGE])
  const kinds = (await trust.events()).map(({ kind, by }) => `${kind} ${by}`)
  expect(kinds.slice(2)).toEqual([`PROPOSED ${LI.id}`, `APPROVED ${WANG.id}`, `DONE ${WANG.id}`])
})

test.each([
  ['its proposer', LI],
  ['the operator of the hub', OPERATOR],
  ['somebody who is no administrator', ZHAO],
])('%s cannot approve', async (_, caller) => {
  const { trust, done } = await roomOfTwo()
  const proposal = await trust.submit(CHANGE, LI, WHY)
  await expect(trust.approve(proposal?.id ?? '', caller, '')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(done).toEqual([])
})

test('what the operator proposes an administrator approves', async () => {
  const { trust, done } = await roomOfTwo()
  const proposal = await trust.submit(CHANGE, OPERATOR, WHY)
  await trust.approve(proposal?.id ?? '', LI, '')
  expect(done).toEqual([CHANGE])
})

test('a proposal decided, withdrawn or a week old can be approved no more', async () => {
  const { trust, done, pass } = await roomOfTwo()
  const [approved, withdrawn, rejected, old] = await Promise.all([1, 2, 3, 4].map(() => trust.propose(CHANGE, LI, WHY)))
  await trust.approve(approved?.id ?? '', WANG, '')
  await trust.reject(withdrawn?.id ?? '', LI, '误提')
  await trust.reject(rejected?.id ?? '', WANG, '依据不足')
  pass(PROPOSAL_LIFE_MS + 1)
  expect((await trust.proposals()).map(({ state }) => state)).toEqual(['DONE', 'REJECTED', 'REJECTED', 'EXPIRED'])
  for (const proposal of [approved, withdrawn, rejected, old])
    await expect(trust.approve(proposal?.id ?? '', WANG, '')).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(done).toHaveLength(1)
})

test('two who approve at once do it once', async () => {
  const { trust, done } = await roomOfTwo()
  const proposal = await trust.propose(CHANGE, OPERATOR, WHY)
  const answers = await Promise.allSettled([LI, WANG].map((caller) => trust.approve(proposal.id, caller, '')))
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(done).toHaveLength(1)
})

test('what was approved when the hub stopped is done when it is approved again', async () => {
  let fails = false
  const { trust, done } = await roomOfTwo(() => fails)
  const proposal = await trust.propose(CHANGE, LI, WHY)
  fails = true
  await expect(trust.approve(proposal.id, WANG, '')).rejects.toThrow()
  expect(await trust.proposals()).toMatchObject([{ state: 'APPROVED' }])
  fails = false
  expect(await trust.approve(proposal.id, WANG, '')).toMatchObject({ state: 'DONE' })
  expect(done).toEqual([CHANGE])
})

test('the operator enters the first two administrators; a third needs two people', async () => {
  const { trust } = await roomOfTwo()
  const proposal = await trust.submit(add('zhao'), OPERATOR, WHY)
  expect([...(await trust.administrators()).keys()]).toEqual(['li', 'wang'])
  await trust.approve(proposal?.id ?? '', LI, '')
  expect([...(await trust.administrators()).keys()]).toEqual(['li', 'wang', 'zhao'])
  await expect(trust.submit(CHANGE, LI, { why: ' ' })).rejects.toMatchObject({ code: 'BAD_INPUT' })
})

test.each([
  ['CONFLICT', add('li', digest('d'))],
  ['CONFLICT', add('qian', digest('a'))],
  ['BAD_INPUT', add('a b', digest('d'))],
  ['BAD_INPUT', add('qian', 'token')],
  ['NOT_FOUND', { kind: 'REMOVE_ADMINISTRATOR', name: 'zhao' }],
  ['POLICY', { kind: 'REMOVE_ADMINISTRATOR', name: 'li' }],
] as const)('%s: %o is refused', async (code, change) => {
  const { trust } = await roomOfTwo()
  await expect(trust.submit(change, LI, WHY)).rejects.toMatchObject({ code })
})

test('who was removed approves nothing any more', async () => {
  const { trust } = await roomOfTwo()
  const adding = await trust.submit(add('zhao'), OPERATOR, WHY)
  await trust.approve(adding?.id ?? '', LI, '')
  const removing = await trust.submit({ kind: 'REMOVE_ADMINISTRATOR', name: 'li' }, WANG, WHY)
  await trust.approve(removing?.id ?? '', ZHAO, '')
  const proposal = await trust.propose(CHANGE, WANG, WHY)
  await expect(trust.approve(proposal.id, LI, '')).rejects.toMatchObject({ code: 'FORBIDDEN' })
})
