import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseInstant } from '../../model/time.ts'
import { withDraft } from '../../policies/draft.ts'
import { loadPolicies } from '../../policies/load.ts'
import { codeOf } from '../support/code.ts'

const FOLDER = fileURLToPath(new URL('../../policies/', import.meta.url))
const policies = loadPolicies(FOLDER)
const NOW = parseInstant('2026-11-21')
const text = (id: string) => readFileSync(`${FOLDER}${id}.yaml`, 'utf8')
const NATIONAL = text('national-2025')
const PUBLIC_ONLY = NATIONAL.replace('fromElsewhere: [PUBLIC, POSITION]', 'fromElsewhere: [PUBLIC]')

test('a draft in the place of a policy governs its division, and those that inherit from it are merged anew', () => {
  const { policies: drafted, draft } = withDraft(policies, PUBLIC_ONLY)
  expect(drafted.governing('320500', NOW).digest).toBe(draft.digest)
  for (const division of ['350000', '411728', '540000']) {
    const [before, after] = [policies.governing(division, NOW), drafted.governing(division, NOW)]
    expect(after.id).toBe(before.id)
    expect(after.rules.recognition.fromElsewhere).toEqual(['PUBLIC'])
    expect(after.digest).not.toBe(before.digest)
  }
  expect(drafted.all.map(({ id }) => id).sort()).toEqual(policies.all.map(({ id }) => id).sort())
})

test('a draft that says what the policy in its place says changes nothing, not a digest', () => {
  const { policies: drafted } = withDraft(policies, NATIONAL)
  for (const policy of policies.all) expect(drafted.all.find(({ id }) => id === policy.id)?.digest).toBe(policy.digest)
})

test('a draft beside the others leaves them as they are', () => {
  const { policies: drafted } = withDraft(policies, PUBLIC_ONLY.replace('id: national-2025', 'id: draft'))
  expect(drafted.governing('320500', NOW).id).toBe('draft')
  expect(drafted.governing('350000', NOW)).toBe(policies.governing('350000', NOW))
})

test('a draft of over 64 Ki characters is refused by TOO_LARGE', () => {
  const sized = (characters: number) => PUBLIC_ONLY + '#'.repeat(characters - PUBLIC_ONLY.length)
  expect(withDraft(policies, sized(65_536)).draft.id).toBe('national-2025')
  expect(codeOf(() => withDraft(policies, sized(65_537)))).toBe('TOO_LARGE')
})

test('a draft inherits the rules of its parent, and governs its division and those below it only', () => {
  const draft = "id: draft\nversion: '1'\ndivision: '410000'\nsource: { zh: 草案, en: draft }\ninherits: national-2025\n"
  const drafted = withDraft(policies, `${draft}effective: { from: null, until: null }\nrules: {}\nduties: []\n`)
  expect(drafted.draft.rules).toEqual(policies.governing('320500', NOW).rules)
  expect(drafted.policies.governing('410100', NOW).id).toBe('draft')
  for (const division of ['000000', '320500', '411728'])
    expect(drafted.policies.governing(division, NOW).id).toBe(policies.governing(division, NOW).id)
})

test.each([
  [
    'that forbids what one below it allows',
    NATIONAL.replace('allowed: [PUBLIC, POSITION, PRIVATE, UNKNOWN]', 'allowed: [PUBLIC]'),
  ],
  ['that takes the place of another division’s', text('fujian-2024').replace("division: '350000'", "division: '350100'")],
  ['that inherits from itself over another', NATIONAL.replace('inherits: null', 'inherits: tibet-2019')],
  ['that inherits from itself', NATIONAL.replace('inherits: null', 'inherits: national-2025')],
  ['that inherits from nobody there', NATIONAL.replace('inherits: null', 'inherits: nobody')],
])('a draft %s is refused by POLICY', (_, draft) => {
  expect(codeOf(() => withDraft(policies, draft))).toBe('POLICY')
})
