import { HubError } from '../../model/error.ts'
import { divisionOf, instantOf } from './arguments.ts'
import { recognise, SEAL_CLASSES } from './recognition.ts'
import type { TrustRoom } from './room.ts'

/** `Query.recognition`: class by class, with the article, as of a time. */
export function recognitionBetween(room: TrustRoom, question: { reliedOnIn: string; issuedIn: string; at?: string | null }) {
  const [reliedOnIn, issuedIn] = [divisionOf(question.reliedOnIn), divisionOf(question.issuedIn)]
  if (reliedOnIn === null || issuedIn === null) throw new HubError('BAD_INPUT', '缺少区划代码', 'a division code is missing')
  const policy = room.policies.governing(reliedOnIn, instantOf(question.at) ?? room.now())
  return { reliedOnIn, issuedIn, classes: SEAL_CLASSES.map((sealClass) => recognise(policy, sealClass, issuedIn, reliedOnIn)) }
}
