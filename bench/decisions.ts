import { fileURLToPath } from 'node:url'
import { loadPolicies } from '../policies/load.ts'
import { type Evidence, received } from '../subgraphs/trust/judge/question.ts'
import { judgeSeal, judgeSignature } from '../subgraphs/trust/judge.ts'
import type { Agreement } from '../subgraphs/trust/recognition/agreement.ts'
import type { TrustService } from '../subgraphs/trust/service.ts'
import { trustSnapshot } from '../subgraphs/trust/snapshot.ts'
import { ask, questionOf } from '../test/subgraphs/trust/ask.ts'
import { WELL, type World } from '../test/subgraphs/trust/world.ts'
import { pathFactsOf, sealFactsOf } from '../test/subgraphs/trust/world-facts.ts'
import { agreementOf, serviceOf, servicesOf } from '../test/subgraphs/trust/world-lists.ts'
import { measure } from './measure.ts'
import type { BenchRow } from './row.ts'

const FEW = 10
const MANY = 10_000
const AGREEMENTS = 1_000
const BASE = `signature, ${FEW} entities, no agreement`

/**
 * Decisions per second on one core, warm: facts opened, lists and agreements indexed. `read` also puts every check into words, as
 * an answer that asks for them all does.
 */
export async function benchDecisions(): Promise<BenchRow[]> {
  const seal: World = { ...WELL, subject: 'SEAL' }
  const small = evidenceWith(WELL, FEW, 0)
  const large = evidenceWith(WELL, MANY, AGREEMENTS)
  const speeds = await measure({
    [BASE]: judging(WELL, small),
    [`signature, ${MANY} entities, no agreement`]: judging(WELL, evidenceWith(WELL, MANY, 0)),
    [`signature, ${FEW} entities, ${AGREEMENTS} agreements`]: judging(WELL, evidenceWith(WELL, FEW, AGREEMENTS)),
    [`signature, ${MANY} entities, ${AGREEMENTS} agreements`]: judging(WELL, large),
    [`private seal under an agreement, ${MANY} entities, ${AGREEMENTS} agreements`]: judging(
      { ...seal, sealClass: 'PRIVATE' },
      evidenceWith({ ...seal, sealClass: 'PRIVATE' }, MANY, AGREEMENTS),
    ),
    [`seal, ${MANY} entities, ${AGREEMENTS} agreements`]: judging(seal, evidenceWith(seal, MANY, AGREEMENTS)),
    [`signature, ${MANY} entities, ${AGREEMENTS} agreements, read`]: () => JSON.stringify(ask(WELL, large)),
  })
  return Object.entries(speeds).map(([name, perSecond]) => ({
    name,
    perSecond,
    ...(name !== BASE && { ratioTo: { name: BASE, ratio: perSecond / (speeds[BASE] ?? Number.NaN) } }),
  }))
}

function judging(world: World, evidence: Evidence): () => unknown {
  const question = questionOf(world)
  const judge =
    world.subject === 'SEAL'
      ? () => judgeSeal('41170000000001', false, evidence, question)
      : () => judgeSignature('ab'.repeat(32), evidence, question)
  if (judge().indication !== 'TOTAL_PASSED') throw new Error('the decision to measure does not pass')
  return () => judge().indication
}

function evidenceWith(world: World, entities: number, agreed: number): Evidence {
  const strangers = Array.from(
    { length: entities - servicesOf(world).length },
    (_, i): TrustService => serviceOf('CA', i.toString(16).padStart(64, '0'), {}, `entity ${i}`),
  )
  const agreements = Array.from(
    { length: agreed },
    (_, i): Agreement =>
      agreementOf({
        reliedOnIn: i === 0 ? '350000' : `${(11 + (i % 55)).toString().padStart(2, '0')}0000`,
        issuedIn: i === 0 ? '410000' : `${(11 + (Math.floor(i / 55) % 55)).toString()}0000`,
      }),
  )
  return {
    seal: received(sealFactsOf(world)),
    paths: received(pathFactsOf(world)),
    trust: trustSnapshot([...servicesOf(world), ...strangers], [], agreements),
    policies: POLICIES,
    statusBound: 24 * 60 * 60_000,
  }
}

const POLICIES = loadPolicies(fileURLToPath(new URL('../policies', import.meta.url)))
