import type { Rule } from '../../model/check.ts'
import { type DivisionCode, lineage, NATION } from '../../model/division-code.ts'
import type { Policy } from '../../model/policy.ts'
import type { SealClass } from '../../model/seal.ts'
import type { Bilingual } from '../../model/text.ts'
import type { Case } from './judge/case.ts'
import { type Finding, found } from './judge/finding.ts'

export const SEAL_CLASSES: readonly SealClass[] = ['PUBLIC', 'POSITION', 'PRIVATE', 'UNKNOWN']

/** Whether seals of one class and division are accepted in another, and by which article. */
export interface ClassRecognition {
  readonly class: SealClass
  readonly recognised: boolean
  readonly rule: Rule
  readonly explanation: Bilingual
}

/**
 * Recognition by the policy of the relying division: its own seals, and from elsewhere the classes it names. A class nobody
 * could tell is accepted in its own jurisdiction only, whatever a policy says.
 * @param issuedIn null when the issuing division is unknown: it is then nobody's own.
 */
export function recognise(
  policy: Policy,
  sealClass: SealClass,
  issuedIn: DivisionCode | null,
  reliedOnIn: DivisionCode,
): ClassRecognition {
  const { fromElsewhere, rule } = policy.rules.recognition
  const own = issuedIn !== null && isOwnJurisdiction(issuedIn, reliedOnIn)
  const recognised = own || (sealClass !== 'UNKNOWN' && fromElsewhere.includes(sealClass))
  return { class: sealClass, recognised, rule, explanation: words(sealClass, issuedIn, reliedOnIn, own, recognised) }
}

/** Whether one division lies above the other in one lineage. The nation is nobody's own but its own: all provinces meet there. */
export function isOwnJurisdiction(issuedIn: DivisionCode, reliedOnIn: DivisionCode): boolean {
  if (issuedIn === reliedOnIn) return true
  if (issuedIn === NATION || reliedOnIn === NATION) return false
  return lineage(issuedIn).includes(reliedOnIn) || lineage(reliedOnIn).includes(issuedIn)
}

/** The finding on recognition; the article is the policy's. */
export function recognitionFinding(matter: Case, object: string, sealClass: SealClass, issuedIn: DivisionCode | null): Finding {
  const { recognised, rule, explanation } = recognise(matter.policy, sealClass, issuedIn, matter.reliedOnIn)
  return { ...found('RECOGNITION', object, recognised ? 'PASSED' : 'FAILED', explanation), rule }
}

const CLASS_WORDS: Readonly<Record<SealClass, Bilingual>> = {
  PUBLIC: { zh: '电子公章', en: 'public seal' },
  POSITION: { zh: '电子职务章', en: 'position seal' },
  PRIVATE: { zh: '电子私章', en: 'private seal' },
  UNKNOWN: { zh: '类别不明的印章', en: 'seal of unknown class' },
}

function words(
  sealClass: SealClass,
  issuedIn: DivisionCode | null,
  reliedOnIn: DivisionCode,
  own: boolean,
  recognised: boolean,
): Bilingual {
  const { zh, en } = CLASS_WORDS[sealClass]
  const from = { zh: issuedIn ?? '区划不明', en: issuedIn ?? 'an unknown division' }
  if (own) return { zh: `${from.zh} 的${zh}在本辖区内使用`, en: `a ${en} of ${from.en}, used in its own jurisdiction` }
  return recognised
    ? { zh: `${reliedOnIn} 认可 ${from.zh} 的${zh}`, en: `${reliedOnIn} accepts a ${en} of ${from.en}` }
    : { zh: `${reliedOnIn} 不认可 ${from.zh} 的${zh}`, en: `${reliedOnIn} does not accept a ${en} of ${from.en}` }
}
