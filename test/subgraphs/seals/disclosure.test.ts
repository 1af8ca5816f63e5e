import { expect, test } from 'vitest'
import { type Caller, PUBLIC } from '../../../model/caller.ts'
import type { Policy } from '../../../model/policy.ts'
import { policiesOf } from '../../../model/policy.ts'
import { assertDisclosed, mayReadNames, nameFor } from '../../../subgraphs/seals/disclosure.ts'
import type { RegisteredSeal } from '../../../subgraphs/seals/ports.ts'
import { codeOf } from '../../support/code.ts'
import { CODE, NOW, POLICIES } from './member.ts'
import { record } from './store-behaviour.ts'

const MEMBER: Caller = { id: 'm', scopes: ['member'] }
const GUEST: Caller = { id: 'g', scopes: ['adapter'] }

test.each(['POSITION', 'PRIVATE', 'UNKNOWN'] as const)('the name in a %s seal is shown to members alone', (sealClass) => {
  const seal = { class: sealClass, name: '欧阳娜娜' }
  expect([nameFor(seal, PUBLIC), nameFor(seal, GUEST), nameFor(seal, MEMBER)]).toEqual(['欧＊＊', '欧＊＊', '欧阳娜娜'])
  expect(mayReadNames(seal, PUBLIC)).toBe(false)
})

test('the name in a public seal is shown to everyone, and an empty or astral name is masked whole', () => {
  expect(nameFor({ class: 'PUBLIC', name: '遂平县民政局' }, PUBLIC)).toBe('遂平县民政局')
  expect(nameFor({ class: 'PRIVATE', name: '' }, PUBLIC)).toBe('＊＊')
  expect(nameFor({ class: 'PRIVATE', name: '𠮷田' }, PUBLIC)).toBe('𠮷＊＊')
})

test('where a policy discloses status to members only, others are told so by its article', () => {
  const [national] = POLICIES.all.filter(({ id }) => id === 'national-2025')
  const closed = {
    ...national,
    rules: { ...national?.rules, disclosure: { status: 'MEMBERS', rule: national?.rules.disclosure.rule } },
  } as Policy
  const seal: RegisteredSeal = { record: { ...record(CODE), registeredAt: NOW }, timeline: [], sealDigests: [], heardAt: NOW }
  const ask = (caller: Caller, policies = policiesOf([closed], closed)) =>
    codeOf(() => assertDisclosed(seal, caller, { policies, now: () => NOW }))
  expect([ask(PUBLIC), ask(MEMBER), ask(PUBLIC, POLICIES)]).toEqual(['FORBIDDEN', null, null])
})
