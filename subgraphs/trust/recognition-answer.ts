import type { DivisionCode } from '../../model/division-code.ts'
import type { Instant } from '../../model/time.ts'
import { recognise, SEAL_CLASSES } from './recognition.ts'
import type { TrustRoom } from './room.ts'

export interface RecognitionQuestion {
  readonly reliedOnIn: DivisionCode
  readonly issuedIn: DivisionCode
  readonly at?: Instant | null
}

/** `Query.recognition`: class by class, with the article, as of a time. */
export function recognitionBetween(room: TrustRoom, { reliedOnIn, issuedIn, at }: RecognitionQuestion) {
  const policy = room.policies.governing(reliedOnIn, at ?? room.now())
  return { reliedOnIn, issuedIn, classes: SEAL_CLASSES.map((sealClass) => recognise(policy, sealClass, issuedIn, reliedOnIn)) }
}
