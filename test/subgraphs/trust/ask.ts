import { parseInstant } from '../../../model/time.ts'
import { GENERAL_USE } from '../../../model/use.ts'
import { type Conclusion, readInFull } from '../../../subgraphs/trust/judge/conclusion.ts'
import type { Evidence, Question, Received } from '../../../subgraphs/trust/judge/question.ts'
import { judgeCertificate, judgeSeal, judgeSignature } from '../../../subgraphs/trust/judge.ts'
import { trustSnapshot } from '../../../subgraphs/trust/snapshot.ts'
import { MAKER, NATIONAL_ONLY, SIGNER, type World } from './world.ts'
import { pathFactsOf, sealFactsOf } from './world-facts.ts'
import { agreementsOf, listsOf, servicesOf } from './world-lists.ts'

const FORGED = { zh: '鉴别码不符', en: 'authentication code does not hold' }

/** Asks the judge about a world, and reads all of its answer. */
export function ask(world: World, evidence: Evidence = evidenceOf(world)): Conclusion {
  return readInFull(judged(world, evidence))
}

function judged(world: World, evidence: Evidence): Conclusion {
  const question = questionOf(world)
  if (world.subject === 'SEAL') return judgeSeal('41170000000001', world.mustBeRegistered, evidence, question)
  if (world.subject === 'SIGNATURE') return judgeSignature('ab'.repeat(32), evidence, question)
  return judgeCertificate(world.purpose === 'SEAL_MAKING' ? MAKER : SIGNER, world.purpose, evidence, question)
}

export function evidenceOf(world: World): Evidence {
  return {
    seal: arrived(world.sealFacts, sealFactsOf(world)),
    paths: arrived(world.pathFacts, pathFactsOf(world)),
    trust: trustSnapshot(servicesOf(world), listsOf(world), agreementsOf(world)),
    policies: NATIONAL_ONLY,
    statusBound: 24 * 60 * 60_000,
  }
}

function arrived<Facts>(how: World['sealFacts'], facts: Facts): Received<Facts> {
  return { facts: how === 'THERE' ? facts : null, refused: how === 'REFUSED' ? FORGED : null }
}

export function questionOf({ reliedOnIn, at, knownAt, now, revocation, use }: World): Question {
  return {
    reliedOnIn,
    at: at === null ? null : parseInstant(at),
    knownAt: knownAt === null ? null : parseInstant(knownAt),
    now: parseInstant(now),
    revocation,
    use: { ...GENERAL_USE, ...use },
  }
}
