import type { Check, CheckOutcome } from '../check.ts'
import { HubError } from '../error.ts'
import type { FactCheck } from '../facts.ts'
import type { Bilingual } from '../text.ts'
import { EVIDENCE_CHECKS } from './brought-evidence.ts'
import { CERTIFICATE_CHECKS } from './certificate.ts'
import type { CheckDefinition } from './definition.ts'
import { DOCUMENT_CHECKS } from './document.ts'
import { DOCUMENT_JUDGEMENT_CHECKS } from './document-judgement.ts'
import { JUDGEMENT_CHECKS } from './judgement.ts'
import { PDF_CHECKS } from './pdf.ts'
import { SEAL_CHECKS, SIGNATURE_CHECKS } from './seal.ts'
import { TIME_STAMP_CHECKS } from './time-stamp.ts'

/** Every check the hub can do, by its name. */
export const CHECKS: Readonly<Record<string, CheckDefinition>> = {
  ...SEAL_CHECKS,
  ...SIGNATURE_CHECKS,
  ...DOCUMENT_CHECKS,
  ...PDF_CHECKS,
  ...CERTIFICATE_CHECKS,
  ...EVIDENCE_CHECKS,
  ...JUDGEMENT_CHECKS,
  ...DOCUMENT_JUDGEMENT_CHECKS,
  ...TIME_STAMP_CHECKS,
}

/** The definition of a check; a name nobody defined is a fault of the hub, not of the caller. */
export function definitionOf(name: string): CheckDefinition {
  const definition = CHECKS[name]
  if (!definition) throw new HubError('UNSUPPORTED', `未定义的检查：${name}`, `no such check: ${name}`)
  return definition
}

/** Puts a check into words: the rule, what was seen, what to do next. */
export function describe(fact: FactCheck): Check {
  const definition = definitionOf(fact.check)
  const general = wordsFor(definition, fact.outcome)
  const detail = fact.detail
  const explanation = detail ? { zh: `${general.zh}：${detail.zh}`, en: `${general.en}: ${detail.en}` } : general
  const needsDoing = fact.outcome === 'FAILED' || fact.outcome === 'UNKNOWN'
  return {
    check: fact.check,
    object: fact.object,
    outcome: fact.outcome,
    rule: (fact.format && definition.rules?.[fact.format]) ?? definition.rule,
    explanation,
    next: needsDoing ? definition.next : null,
  }
}

function wordsFor(definition: CheckDefinition, outcome: CheckOutcome): Bilingual {
  if (outcome === 'PASSED') return definition.passed
  if (outcome === 'NOT_APPLICABLE')
    return { zh: `不适用（${definition.passed.zh}）`, en: `does not apply (${definition.passed.en})` }
  if (outcome === 'NOTE') return definition.noted ?? definition.failed
  return definition.failed
}
