import type { Check, CheckOutcome, Rule } from '../../../model/check.ts'
import { definitionOf, describe } from '../../../model/checks/catalogue.ts'
import type { JUDGEMENT_CHECKS } from '../../../model/checks/judgement.ts'
import type { DivisionCode } from '../../../model/division-code.ts'
import type { FactCheck, Fingerprint } from '../../../model/facts.ts'
import type { SubIndication } from '../../../model/indication.ts'
import type { Bilingual } from '../../../model/text.ts'

/** Words, or how to put them: most answers are never read in full, and times and names cost more than judging. */
export type Words = Bilingual | (() => Bilingual)

/** One check with its outcome, on the way to a conclusion. */
export interface Finding extends Omit<FactCheck, 'detail'> {
  /** What was seen, where the general words do not say enough. */
  readonly detail?: Words
  /** What it weighs where the same check can fail in several ways; otherwise its definition says. */
  readonly weighs?: SubIndication
  /** The territory whose signed list says so. */
  readonly list?: DivisionCode
  /** Id of the agreement that says so. */
  readonly agreement?: string
  /** The article it stands on where a policy gives one; otherwise its definition says. */
  readonly rule?: Rule
}

/** What was found, and the chains it was found by. */
export interface Gathered {
  readonly findings: readonly Finding[]
  readonly chains: readonly (readonly Fingerprint[])[]
}

/** A check of the judge; the words for it stand in `model/checks/judgement.ts`. */
export type JudgementCheck = keyof typeof JUDGEMENT_CHECKS

/** A finding of the judge. */
export function found(
  check: JudgementCheck,
  object: string,
  outcome: CheckOutcome,
  detail?: Words,
  weighs?: SubIndication,
): Finding {
  if (detail === undefined) return weighs === undefined ? { check, object, outcome } : { check, object, outcome, weighs }
  return weighs === undefined ? { check, object, outcome, detail } : { check, object, outcome, detail, weighs }
}

/** One list of several, in their order. */
export function together(...groups: readonly (readonly Finding[])[]): readonly Finding[] {
  let length = 0
  for (const group of groups) length += group.length
  const all = new Array<Finding>(length)
  let next = 0
  for (const group of groups) for (const finding of group) all[next++] = finding
  return all
}

/** A finding by the word of a service: where a signed list says so, the answer names that list. */
export function saidBy({ list }: { readonly list: DivisionCode | null }, finding: Finding): Finding {
  return list === null ? finding : { ...finding, list }
}

/** The words of a detail; null where there is none. */
export function inFull(words: Words | undefined): Bilingual | null {
  return typeof words === 'function' ? words() : (words ?? null)
}

/** A finding put into words: the rule, what was seen, what to do next. */
export function inWords({ rule, weighs: _, list: __, agreement: ___, detail, ...finding }: Finding): Check {
  const words = inFull(detail)
  const check = describe(words === null ? finding : { ...finding, detail: words })
  return rule ? { ...check, rule } : check
}

/** What the conclusion becomes by this finding alone; null when it does not stand in the way. */
export function weightOf(finding: Finding): SubIndication | null {
  if (isHarmless(finding.outcome)) return null
  if (finding.outcome === 'FAILED') return finding.weighs ?? definitionOf(finding.check).onFailure
  return finding.weighs ?? definitionOf(finding.check).onUnknown
}

/** An outcome this room does not know is no better than unknown. */
function isHarmless(outcome: CheckOutcome): boolean {
  return outcome === 'PASSED' || outcome === 'NOTE' || outcome === 'NOT_APPLICABLE'
}
