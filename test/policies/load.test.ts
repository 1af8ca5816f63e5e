import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseInstant } from '../../model/time.ts'
import { loadPolicies } from '../../policies/load.ts'
import { codeOf } from '../support/code.ts'

const FOLDER = fileURLToPath(new URL('../../policies', import.meta.url))
const policies = loadPolicies(FOLDER)
const NOW = parseInstant('2026-11-21')
const governing = (division: string, at = NOW) => policies.governing(division, at)

describe('the policy that governs a division', () => {
  test.each([
    ['411728', 'suiping-411728-2021'],
    ['411729', 'national-2025'],
    ['540102', 'tibet-2019'],
    ['350128', 'fujian-2024'],
    ['320500', 'national-2025'],
  ])('of %s is %s', (division, id) => expect(governing(division).id).toBe(id))

  test('is the national one once the local one has ended', () => {
    expect(governing('350000', parseInstant('2029-06-30T23:59:59+08:00')).id).toBe('fujian-2024')
    expect(governing('350000', parseInstant('2029-07-01T00:00:00+08:00')).id).toBe('national-2025')
  })

  test('is the national one as a default where none was in force yet', () => {
    expect(governing('411728', parseInstant('2021-06-14T00:00:00+08:00')).id).toBe('national-2025')
    expect(governing('000000', parseInstant('2010-01-01')).id).toBe('national-2025')
  })
})

describe('the rules of the measures', () => {
  test('Suiping knows no private seal (article 4), and the city issues (article 7)', () => {
    const { classes, issuer, renewal } = governing('411728').rules
    expect(classes).toMatchObject({ allowed: ['PUBLIC', 'POSITION'], rule: { clause: '4' } })
    expect(issuer).toMatchObject({ level: 'PREFECTURE', rule: { clause: '7' } })
    expect(renewal).toMatchObject({ afterEnd: true, rule: { clause: '10' } })
  })

  test('Tibet knows private seals (article 3) and renews within 30 days before the end only (article 10)', () => {
    const { classes, renewal } = governing('540000').rules
    expect(classes.allowed).toContain('PRIVATE')
    expect(renewal).toMatchObject({ daysBeforeEnd: 30, afterEnd: false, rule: { clause: '10' } })
  })

  test('no policy recognises private or unknown seals from elsewhere, and every one requires revocation to be known', () => {
    for (const { rules } of policies.all) {
      expect(rules.recognition.fromElsewhere).toEqual(['PUBLIC', 'POSITION'])
      expect(rules.revocation.requirement).toBe('REQUIRED')
    }
  })

  test('an inherited rule keeps the article of the measure it comes from', () => {
    expect(governing('350000').rules.recognition.rule).toMatchObject({
      clause: '3、27',
      source: { zh: expect.stringContaining('国办发〔2025〕33号') },
    })
  })

  test('every policy has a digest of its own', () => {
    const digests = policies.all.map(({ digest }) => digest)
    expect(new Set(digests).size).toBe(digests.length)
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('a policy is refused', () => {
  const root = {
    id: 'root',
    version: '1',
    division: '000000',
    source: { zh: '根', en: 'root' },
    inherits: null,
    effective: { from: null, until: null },
    rules: {
      classes: { allowed: ['PUBLIC', 'POSITION'], clause: '1' },
      issuer: { level: 'PREFECTURE', clause: '2' },
      cancellation: { reasons: ['RENAME'], clause: '3' },
      renewal: { daysBeforeEnd: 30, afterEnd: false, clause: '4' },
      disclosure: { status: 'MEMBERS', clause: '5' },
      recognition: { fromElsewhere: ['PUBLIC'], clause: '6' },
      authority: { forGovernment: ['E_GOVERNMENT'], clause: '10' },
      network: { zones: ['OFFICE_NETWORK'], clause: '8' },
      revocation: { requirement: 'REQUIRED', clause: '7' },
    },
    duties: [],
  }
  const child = { ...root, id: 'child', division: '410000', inherits: 'root', rules: {} }

  function load(...documents: readonly object[]) {
    const folder = mkdtempSync(join(tmpdir(), 'policies-'))
    try {
      documents.forEach((document, index) => void writeFileSync(join(folder, `${index}.yaml`), JSON.stringify(document)))
      return loadPolicies(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  test('never for inheriting everything or narrowing it', () => {
    const narrower = {
      classes: { allowed: ['PUBLIC'], clause: '9' },
      renewal: { daysBeforeEnd: 10, afterEnd: false, clause: '9' },
    }
    expect(load(root, { ...child, rules: narrower }).all[1]?.rules).toMatchObject({
      classes: { allowed: ['PUBLIC'] },
      issuer: { level: 'PREFECTURE' },
    })
  })

  test.each([
    ['classes', { classes: { allowed: ['PRIVATE'], clause: '9' } }],
    ['issuer', { issuer: { level: 'COUNTY', clause: '9' } }],
    ['cancellation', { cancellation: { reasons: ['RENAME', 'LOSS'], clause: '9' } }],
    ['renewal days', { renewal: { daysBeforeEnd: 31, afterEnd: false, clause: '9' } }],
    ['renewal days left open', { renewal: { daysBeforeEnd: null, afterEnd: false, clause: '9' } }],
    ['renewal after the end', { renewal: { daysBeforeEnd: 30, afterEnd: true, clause: '9' } }],
    ['disclosure', { disclosure: { status: 'PUBLIC', clause: '9' } }],
    ['recognition', { recognition: { fromElsewhere: ['PUBLIC', 'POSITION'], clause: '9' } }],
    ['recognition for a purpose', { recognition: { fromElsewhere: ['PUBLIC'], purposes: ['LICENSE', 'TAX'], clause: '9' } }],
    ['authority', { authority: { forGovernment: ['E_GOVERNMENT', 'GENERAL'], clause: '9' } }],
    ['network', { network: { zones: ['OFFICE_NETWORK', 'INTERNET'], clause: '9' } }],
    ['revocation', { revocation: { requirement: 'OPTIONAL', clause: '9' } }],
  ])('when it widens its parent: %s', (_, rules) => expect(codeOf(() => load(root, { ...child, rules }))).toBe('POLICY'))

  test.each(['classes', 'disclosure', 'recognition', 'revocation'])('when the root does not say %s', (rule) => {
    const rules = Object.fromEntries(Object.entries(root.rules).filter(([name]) => name !== rule))
    expect(codeOf(() => load({ ...root, rules }))).toBe('POLICY')
  })

  test('never for stating a rule of which its parent says nothing', () => {
    const { classes, disclosure, recognition, revocation, ...others } = root.rules
    const bare = { ...root, rules: { classes, disclosure, recognition, revocation } }
    const stated = load(bare, { ...child, rules: others }).all.find(({ id }) => id === 'child')?.rules
    for (const name of ['issuer', 'cancellation', 'renewal', 'authority', 'network'] as const)
      expect(stated?.[name]).not.toBeNull()
  })

  test.each([
    ['it inherits from nobody there', [root, { ...child, inherits: 'nobody' }]],
    ['it inherits in a ring', [root, { ...child, inherits: 'child' }]],
    ['its id is taken', [root, child, child]],
    ['there is no root', [{ ...child, inherits: 'child' }]],
    ['there are two roots', [root, { ...root, id: 'other' }]],
    ['the root is not of the nation', [{ ...root, division: '410000' }]],
    ['the root lacks a rule', [{ ...root, rules: {} }]],
    [
      'it governs outside its parent',
      [root, { ...child, id: 'henan' }, { ...child, id: 'fujian', division: '350000', inherits: 'henan' }],
    ],
    ['it has a word nobody knows', [{ ...root, extra: 1 }]],
    ['a rule has no clause', [{ ...root, rules: { ...root.rules, classes: { allowed: ['PUBLIC'] } } }]],
    ['a class is unknown', [{ ...root, rules: { ...root.rules, classes: { allowed: ['SECRET'], clause: '1' } } }]],
  ])('when %s', (_, documents) => expect(codeOf(() => load(...documents))).toBe('POLICY'))
})
