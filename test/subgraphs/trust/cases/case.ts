import { type Indication, indicationOf, type SubIndication } from '../../../../model/indication.ts'
import type { Bilingual } from '../../../../model/text.ts'
import type { World } from '../world.ts'

/** One row of the table of judgement: how the world differs from the one where all is well, and what the judge must say. */
export interface JudgementCase {
  readonly when: Bilingual
  readonly world: Partial<World>
  readonly indication: Indication
  readonly subIndication: SubIndication | null
  /** The check that decides; for a row that passes, the note it must carry. */
  readonly check: string | null
}

export interface CaseGroup {
  readonly title: Bilingual
  readonly cases: readonly JudgementCase[]
}

/** A row that passes, with the note it must carry. */
export function passes(zh: string, en: string, world: Partial<World>, note: string | null = null): JudgementCase {
  return { when: { zh, en }, world, indication: 'TOTAL_PASSED', subIndication: null, check: note }
}

/** A row that does not, with what it is called and the check that decides. */
export function stops(sub: SubIndication, check: string, zh: string, en: string, world: Partial<World>): JudgementCase {
  return { when: { zh, en }, world, indication: indicationOf(sub), subIndication: sub, check }
}
