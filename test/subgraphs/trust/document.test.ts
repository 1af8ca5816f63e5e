import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { CheckOutcome } from '../../../model/check.ts'
import type { DocumentFacts } from '../../../model/facts.ts'
import { sealFacts } from '../../../model/sealed-facts.ts'
import { parseInstant } from '../../../model/time.ts'
import { loadPolicies } from '../../../policies/load.ts'
import type { Conclusion } from '../../../subgraphs/trust/judge/conclusion.ts'
import { judgeDocument } from '../../../subgraphs/trust/judge/document.ts'
import { startTrust } from '../../../subgraphs/trust/start.ts'
import { ask, evidenceOf, questionOf } from './ask.ts'
import { AUTHORITY, MAKER, ROOT, WELL, type World } from './world.ts'
import { pathFactsOf, sealFactsOf } from './world-facts.ts'

const PASSED = ask(WELL)
const DOUBT = ask({ ...WELL, makers: [] })
const FAILURE = ask({ ...WELL, checks: { DATA_HASH: 'FAILED' } })
const ID = '33'.repeat(32)

function facts(count: number, signed: CheckOutcome = 'PASSED'): DocumentFacts {
  const signatures = Array.from({ length: count }, (_, i) => ({ id: `${ID}-${i + 1}`, label: `s${i + 1}` }))
  return { kind: 'OFD', digest: ID, checks: [{ check: 'DOCUMENT_SIGNED', object: 'document', outcome: signed }], signatures }
}

function judged(document: DocumentFacts | null, conclusions: readonly (Conclusion | null)[], world: World = WELL): Conclusion {
  const signatures = new Map(conclusions.flatMap((one, i) => (one === null ? [] : [[`${ID}-${i + 1}`, one] as const])))
  return judgeDocument(ID, { ...evidenceOf(world), document: { facts: document, refused: null }, signatures }, questionOf(world))
}

describe('the conclusion on a document', () => {
  test('the conclusions to judge by are what their names say', () => {
    expect([PASSED, DOUBT, FAILURE].map(({ indication }) => indication)).toEqual([
      'TOTAL_PASSED',
      'INDETERMINATE',
      'TOTAL_FAILED',
    ])
  })

  test('is that of its worst signature: a failure outranks a doubt, and nothing outweighs either', () => {
    const rank = { TOTAL_PASSED: 0, INDETERMINATE: 1, TOTAL_FAILED: 2 } as const
    fc.assert(
      fc.property(fc.array(fc.constantFrom(PASSED, DOUBT, FAILURE), { minLength: 1, maxLength: 8 }), (conclusions) => {
        const worst = conclusions.reduce((a, b) => (rank[b.indication] > rank[a.indication] ? b : a))
        const { indication, subIndication } = judged(facts(conclusions.length), conclusions)
        expect({ indication, subIndication }).toEqual({ indication: worst.indication, subIndication: worst.subIndication })
      }),
      { numRuns: 60 },
    )
  })

  test('without a signature is not signed, whatever else holds', () => {
    for (const signed of ['PASSED', 'UNKNOWN', 'NOTE', 'NOT_APPLICABLE'] as const) {
      const { indication, subIndication, summary } = judged(facts(0, signed), [])
      expect([indication, subIndication]).toEqual(['INDETERMINATE', 'SIGNED_DATA_NOT_FOUND'])
      expect(summary.zh).toContain('未签名')
    }
  })

  test('is doubted where nobody says that it is signed, however well its signatures stand', () => {
    for (const signed of ['NOTE', 'NOT_APPLICABLE'] as const)
      expect(judged(facts(1, signed), [PASSED]).indication).toBe('INDETERMINATE')
    const others = [{ check: 'ORIGINALITY', object: 'document', outcome: 'PASSED' } as const]
    for (const checks of [[], others]) expect(judged({ ...facts(1), checks }, [PASSED]).indication).toBe('INDETERMINATE')
  })

  test('wants a conclusion on every signature its facts name: one left out is a doubt, never a signature less', () => {
    expect(judged(facts(2), [PASSED, null]).indication).toBe('INDETERMINATE')
    expect(judged(facts(2), [PASSED, PASSED]).indication).toBe('TOTAL_PASSED')
  })

  test('takes no conclusion on a signature its facts do not name', () => {
    expect(judged(facts(1), [PASSED, FAILURE]).indication).toBe('TOTAL_PASSED')
  })

  test('without facts on the document is a doubt, and by facts refused too, which says why', () => {
    const outcomes = ({ because }: Conclusion) => because.map(({ check, outcome }) => [check, outcome])
    expect(judged(null, [PASSED]).indication).toBe('INDETERMINATE')
    expect(outcomes(judged(null, [PASSED]))).toEqual([['DOCUMENT_EVIDENCE', 'UNKNOWN']])
    const refused = { facts: null, refused: { zh: '已过时', en: 'stale' } }
    const answer = judgeDocument(ID, { ...evidenceOf(WELL), document: refused, signatures: new Map() }, questionOf(WELL))
    expect(answer.indication).not.toBe('TOTAL_PASSED')
    expect(outcomes(answer)).toEqual([['DOCUMENT_EVIDENCE', 'FAILED']])
    expect(answer.reason?.en).toContain('stale')
  })

  test('speaks of the moment asked about, of the latest of its signatures, or of the present', () => {
    const later = ask({ ...WELL, signed: '2025-07-01' })
    expect(judged(facts(2), [later, PASSED]).asOf).toBe(parseInstant('2025-07-01'))
    expect(judged(facts(2), [later, PASSED], { ...WELL, at: '2025-08-01' }).asOf).toBe(parseInstant('2025-08-01'))
    expect(judged(facts(0), []).asOf).toBe(parseInstant(WELL.now))
  })

  test('is known as of the latest that any of its signatures is', () => {
    const ahead = parseInstant(WELL.now) + 5
    expect(judged(facts(2), [{ ...PASSED, knownAt: ahead }, PASSED]).knownAt).toBe(ahead)
    expect(judged(facts(1), [PASSED]).knownAt).toBe(parseInstant(WELL.now))
  })

  test('tells what decides of a signature as that signature tells it', () => {
    const answer = judged(facts(2), [PASSED, FAILURE])
    expect(answer.reason?.en).toContain(FAILURE.reason?.en)
    expect(answer.subIndication).toBe('HASH_FAILURE')
  })

  test('that is broken, or said not to be signed, says that alone', () => {
    const broken = { check: 'DOCUMENT_FORMAT', object: 'document', outcome: 'FAILED' } as const
    const unsigned = {
      check: 'DOCUMENT_SIGNED',
      object: 'document',
      outcome: 'UNKNOWN',
      detail: { zh: '部分', en: 'a part' },
    } as const
    for (const check of [broken, unsigned]) {
      const { because } = judged({ ...facts(0), checks: [check] }, [])
      expect(because.map(({ check: name, outcome }) => [name, outcome])).toEqual([[check.check, check.outcome]])
    }
  })

  test('weighs what the document as a whole fails', () => {
    const copy = { check: 'ORIGINALITY', object: 'document', outcome: 'FAILED' } as const
    const whole = facts(1)
    expect(judged({ ...whole, checks: [...whole.checks, copy] }, [PASSED]).indication).toBe('INDETERMINATE')
  })
})

const KEY = new Uint8Array(32).fill(1)
const NOW = parseInstant(WELL.now)
const IMPORT = `mutation ($services: [TrustServiceInput!]!) { importTrustServices(services: $services) { rows { outcome } } }`
const PUBLIC = { id: 'public', scopes: [] }
const ADMINISTRATOR = { id: 'operator', scopes: ['administrator'] } as const
const listed = (role: string, fingerprint: string) => ({ role, fingerprint, name: role, scope: '', from: '2010-01-01' })
const QUERY = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on DocumentVerification { conclusion(reliedOnIn: "350000") { indication } } } }`

test('facts on a document that are forged, foreign, stale or swapped, or that leave a signature out, never pass', async () => {
  const trust = await startTrust({
    database: ':memory:',
    factsKey: KEY,
    now: () => NOW,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    policies: loadPolicies('policies'),
    division: '350000',
  })
  onTestFinished(() => trust.close())
  const sealed = (type: string, entityId: string, content: unknown, changes: { key?: Uint8Array; producedAt?: number } = {}) => {
    const producer = type === 'PathFacts' ? 'certificates' : 'seals'
    return sealFacts({ producer, type, entityId, producedAt: changes.producedAt ?? NOW }, content, changes.key ?? KEY)
  }
  const signature = (id: string) => ({
    __typename: 'SignatureVerification',
    id,
    sealFacts: sealed('SealFacts', id, sealFactsOf(WELL)),
    pathFacts: sealed('PathFacts', id, pathFactsOf(WELL)),
  })
  const two = [signature(`${ID}-1`), signature(`${ID}-2`)]
  const documentFacts = sealed('DocumentFacts', ID, facts(2))
  const attempts: Record<string, object> = {
    'no facts': { signatures: two, documentFacts: null },
    'facts sealed with another key': {
      signatures: two,
      documentFacts: sealed('DocumentFacts', ID, facts(2), { key: new Uint8Array(32).fill(9) }),
    },
    'facts of another document': { signatures: two, documentFacts: sealed('DocumentFacts', '44'.repeat(32), facts(2)) },
    'facts of another type': { signatures: two, documentFacts: sealed('SealFacts', ID, facts(2)) },
    'stale facts': { signatures: two, documentFacts: sealed('DocumentFacts', ID, facts(2), { producedAt: NOW - 120_000 }) },
    'a signature left out': { signatures: two.slice(0, 1), documentFacts },
    'no signatures': { signatures: null, documentFacts },
    'the same signature twice': { signatures: [two[0], two[0]], documentFacts },
    'the facts of one signature under the id of another': { signatures: [two[0], { ...two[0], id: `${ID}-2` }], documentFacts },
  }
  const conclude = async (given: object) => {
    const variables = { r: [{ __typename: 'DocumentVerification', id: ID, ...given }] }
    const { data } = await trust.execute({ query: QUERY, variables, context: { caller: PUBLIC, requestId: 'x' } })
    return (data as { _entities: [{ conclusion: { indication: string } }] })._entities[0].conclusion.indication
  }
  const services = [listed('ANCHOR', ROOT), listed('CA', AUTHORITY), listed('MAKER', MAKER)]
  await trust.execute({ query: IMPORT, variables: { services }, context: { caller: ADMINISTRATOR, requestId: 'x' } })
  expect(await conclude({ signatures: two, documentFacts })).toBe('TOTAL_PASSED')
  for (const [attempt, given] of Object.entries(attempts))
    expect({ attempt, indication: await conclude(given) }).toEqual({ attempt, indication: 'INDETERMINATE' })
})
