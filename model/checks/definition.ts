import type { Rule } from '../check.ts'
import type { SubIndication } from '../indication.ts'
import type { SealFormat } from '../seal.ts'
import type { Bilingual } from '../text.ts'

/** The words and the weight of one check. Written once, used by every answer. */
export interface CheckDefinition {
  readonly rule: Rule
  /** Where a structure has a clause of its own; `rule` speaks for the others. */
  readonly rules?: Partial<Record<SealFormat, Rule>>
  /** What it says when it holds. */
  readonly passed: Bilingual
  /** What it says when it holds with a NOTE; the words of `failed` when absent. */
  readonly noted?: Bilingual
  /** What it says when it does not, or could not be done. */
  readonly failed: Bilingual
  /** What the reader can do then. */
  readonly next: Bilingual
  /** What the conclusion becomes when it FAILED. */
  readonly onFailure: SubIndication
  /** What the conclusion becomes when it is UNKNOWN; null when that does not weigh. */
  readonly onUnknown: SubIndication | null
}

/** A rule of a standard or measure: `rule('GB/T 38540-2020', '6.3 b')`. */
export function rule(zh: string, clause: string, en = zh): Rule {
  return { source: { zh, en }, clause }
}
