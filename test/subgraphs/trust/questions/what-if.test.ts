import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { DocumentFacts } from '../../../../model/facts.ts'
import { sealFacts } from '../../../../model/sealed-facts.ts'
import { parseInstant } from '../../../../model/time.ts'
import { loadPolicies } from '../../../../policies/load.ts'
import { judgeDocument } from '../../../../subgraphs/trust/judge/document.ts'
import { received } from '../../../../subgraphs/trust/judge/question.ts'
import { judgeSignature } from '../../../../subgraphs/trust/judge.ts'
import { judgeAgain, recordOf, recordOfDocument } from '../../../../subgraphs/trust/questions/what-if-record.ts'
import { startTrust } from '../../../../subgraphs/trust/start.ts'
import { ask, evidenceOf, questionOf } from '../ask.ts'
import { JUDGEMENT_TABLE } from '../cases/table.ts'
import { AUTHORITY, MAKER, ROOT, SIGNER, WELL, type World } from '../world.ts'
import { pathFactsOf, sealFactsOf } from '../world-facts.ts'

const KEY = new Uint8Array(32).fill(1)
const NOW = parseInstant(WELL.now)
const ADMINISTRATOR = { id: 'operator', scopes: ['administrator'] } as const
const NATIONAL = readFileSync(new URL('../../../../policies/national-2025.yaml', import.meta.url), 'utf8')
const DRAFT = NATIONAL.replace('id: national-2025', 'id: draft').replace('[PUBLIC, POSITION]', '[PUBLIC]')

async function hub(keepDecisions: number) {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const policies = loadPolicies('policies')
  const trust = await startTrust({
    database: ':memory:',
    factsKey: KEY,
    now: () => NOW,
    log,
    policies,
    division: '410000',
    keepDecisions,
  })
  onTestFinished(() => trust.close())
  const run = async (query: string, variables: object = {}) => {
    const context = { caller: ADMINISTRATOR, requestId: 'test' }
    const { data, errors } = await trust.execute({ query, variables: { ...variables }, context })
    return { data: JSON.parse(JSON.stringify(data ?? null)), code: errors?.[0]?.extensions?.code ?? null }
  }
  const services = [
    { role: 'ANCHOR', fingerprint: ROOT, name: 'root', scope: '', from: '2010-01-01' },
    { role: 'CA', fingerprint: AUTHORITY, name: 'authority', scope: '', from: '2010-01-01' },
    { role: 'MAKER', fingerprint: MAKER, name: 'maker', scope: '', from: '2010-01-01' },
  ]
  await run('mutation ($services: [TrustServiceInput!]!) { importTrustServices(services: $services) { rows { outcome } } }', {
    services,
  })
  const conclude = (world: Partial<World>, reliedOnIn = '430000') => {
    const whole = { ...WELL, ...world }
    const id = '22'.repeat(32)
    const sealed = (producer: 'seals' | 'certificates', type: string, content: object) =>
      sealFacts({ producer, type, entityId: id, producedAt: NOW }, content, KEY)
    const given = {
      __typename: 'SignatureVerification',
      id,
      sealFacts: sealed('seals', 'SealFacts', sealFactsOf(whole)),
      pathFacts: sealed('certificates', 'PathFacts', pathFactsOf(whole)),
    }
    const query =
      'query ($r: [_Any!]!, $in: DivisionCode) { _entities(representations: $r) { ... on SignatureVerification { conclusion(reliedOnIn: $in) { indication } } } }'
    return run(query, { r: [given], in: reliedOnIn })
  }
  const concludeDocument = (worlds: readonly Partial<World>[]) => {
    const id = '33'.repeat(32)
    const sealed = (producer: 'seals' | 'certificates', type: string, entityId: string, content: object) =>
      sealFacts({ producer, type, entityId, producedAt: NOW }, content, KEY)
    const signatures = worlds.map((world, i) => ({
      __typename: 'SignatureVerification',
      id: `${id}-${i + 1}`,
      sealFacts: sealed('seals', 'SealFacts', `${id}-${i + 1}`, sealFactsOf({ ...WELL, ...world })),
      pathFacts: sealed('certificates', 'PathFacts', `${id}-${i + 1}`, pathFactsOf({ ...WELL, ...world })),
    }))
    const facts = documentFactsOf(id, signatures)
    const given = {
      __typename: 'DocumentVerification',
      id,
      documentFacts: sealed('seals', 'DocumentFacts', id, facts),
      signatures,
    }
    const query =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DocumentVerification { conclusion(reliedOnIn: "430000") { indication } } } }'
    return run(query, { r: [given] })
  }
  return { run, conclude, concludeDocument }
}

function documentFactsOf(id: string, signatures: readonly { readonly id: string }[]): DocumentFacts {
  const checks = [{ check: 'DOCUMENT_SIGNED', object: '某局红头文件.ofd', outcome: 'PASSED' as const }]
  return { kind: 'OFD', digest: id, checks, signatures: signatures.map((one, i) => ({ id: one.id, label: `某局 ${i}` })) }
}

const WHAT_IF =
  'query ($policy: String!) { whatIf(policy: $policy) { judged changed noLongerPassing newlyPassing flips { before { indication } after { indication subIndication } digest } } }'

test('decisions kept are judged again as if a draft were in force, and those that change are told', async () => {
  const { run, conclude } = await hub(10)
  expect((await conclude({ sealClass: 'PUBLIC' })).data._entities[0].conclusion.indication).toBe('TOTAL_PASSED')
  await conclude({ sealClass: 'POSITION' })
  expect((await run(WHAT_IF, { policy: DRAFT })).data.whatIf).toEqual({
    judged: 2,
    changed: 1,
    noLongerPassing: 1,
    newlyPassing: 0,
    flips: [
      {
        digest: '22'.repeat(32),
        before: { indication: 'TOTAL_PASSED' },
        after: { indication: 'INDETERMINATE', subIndication: 'SIG_CONSTRAINTS_FAILURE' },
      },
    ],
  })
  expect((await run(WHAT_IF, { policy: NATIONAL })).data.whatIf).toMatchObject({ judged: 2, changed: 0 })
})

test('a decision on a whole document is kept too, and judged again with all of its signatures', async () => {
  const { run, concludeDocument } = await hub(10)
  const { data } = await concludeDocument([{ sealClass: 'PUBLIC' }, { sealClass: 'POSITION' }])
  expect(data._entities[0].conclusion.indication).toBe('TOTAL_PASSED')
  await concludeDocument([{ sealClass: 'PUBLIC' }])
  expect((await run(WHAT_IF, { policy: DRAFT })).data.whatIf).toMatchObject({
    judged: 2,
    changed: 1,
    flips: [{ digest: '33'.repeat(32), after: { indication: 'INDETERMINATE', subIndication: 'SIG_CONSTRAINTS_FAILURE' } }],
  })
})

test('a draft in the place of a policy counts for those that inherit from it', async () => {
  const { run, conclude } = await hub(10)
  await conclude({ sealClass: 'POSITION' }, '350000')
  const beside = await run(WHAT_IF, { policy: DRAFT })
  const instead = await run(WHAT_IF, { policy: DRAFT.replace('id: draft', 'id: national-2025') })
  expect([beside.data.whatIf.changed, instead.data.whatIf.changed]).toEqual([0, 1])
})

test('a draft that is no policy is refused, and where nothing is kept nothing can be asked', async () => {
  const kept = await hub(10)
  expect((await kept.run(WHAT_IF, { policy: 'id: x' })).code).toBe('POLICY')
  expect((await kept.run(WHAT_IF, { policy: DRAFT.replace('inherits: null', 'inherits: nobody') })).code).toBe('POLICY')
  expect((await (await hub(0)).run(WHAT_IF, { policy: DRAFT })).code).toBe('UNSUPPORTED')
})

test('only so many decisions are kept, the newest', async () => {
  const { run, conclude } = await hub(2)
  for (let i = 0; i < 3; i++) await conclude({ sealClass: i === 0 ? 'POSITION' : 'PUBLIC' })
  expect((await run(WHAT_IF, { policy: DRAFT })).data.whatIf).toMatchObject({ judged: 2, changed: 0 })
})

const WORLDS = JUDGEMENT_TABLE.flatMap(({ cases }) => cases.map(({ world }): World => ({ ...WELL, ...world })))

test('a decision judged again by the same policy answers the same, and keeps no name and no seal code', () => {
  fc.assert(
    fc.property(fc.constantFrom(...WORLDS), (world) => {
      const [evidence, conclusion] = [evidenceOf(world), ask(world)]
      const record = recordOf({
        subject: world.subject,
        mustBeRegistered: world.mustBeRegistered,
        certificate:
          world.subject === 'CERTIFICATE'
            ? { fingerprint: world.purpose === 'SEAL_MAKING' ? MAKER : SIGNER, purpose: world.purpose }
            : null,
        evidence: world.subject === 'CERTIFICATE' ? { ...evidence, seal: { facts: null, refused: null } } : evidence,
        question: questionOf(world),
        conclusion,
      })
      if (record === null) {
        expect([world.sealFacts, world.pathFacts]).toContain('REFUSED')
        return
      }
      expect(JSON.stringify(record)).not.toMatch(/驻马店|41170000000001|CN=(maker|signer)/)
      const again = judgeAgain(record, evidence)
      expect([again.indication, again.subIndication]).toEqual([conclusion.indication, conclusion.subIndication])
    }),
    { numRuns: 300 },
  )
})

test('a document judged again by the same policy answers the same, whatever its signatures are, and keeps no name', () => {
  const signatureWorlds = WORLDS.filter(({ subject, at, knownAt }) => subject === 'SIGNATURE' && at === null && knownAt === null)
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...signatureWorlds), { maxLength: 4 }), (worlds) => {
      const id = '33'.repeat(32)
      const question = questionOf(WELL)
      const signatures = worlds.map((world, i) => ({ id: `${id}-${i + 1}`, ...evidenceOf(world) }))
      const world = { ...evidenceOf(WELL), document: received(documentFactsOf(id, signatures)) }
      const judged = new Map(signatures.map((one) => [one.id, judgeSignature(one.id, { ...one, trust: world.trust }, question)]))
      const conclusion = judgeDocument(id, { ...world, signatures: judged }, question)
      const record = recordOfDocument({ document: world.document, signatures, question, conclusion })
      if (record === null) {
        expect(worlds.some(({ sealFacts, pathFacts }) => [sealFacts, pathFacts].includes('REFUSED'))).toBe(true)
        return
      }
      expect(JSON.stringify(record)).not.toMatch(/驻马店|某局|41170000000001|CN=(maker|signer)/)
      const again = judgeAgain(record, world)
      expect([again.indication, again.subIndication]).toEqual([conclusion.indication, conclusion.subIndication])
    }),
    { numRuns: 150 },
  )
})
