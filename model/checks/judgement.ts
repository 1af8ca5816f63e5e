import type { CheckDefinition } from './definition.ts'
import { JUDGED_CERTIFICATE_CHECKS } from './judged-certificate.ts'
import { JUDGED_EVIDENCE_CHECKS } from './judged-evidence.ts'
import { JUDGED_MAKER_CHECKS } from './judged-maker.ts'
import { JUDGED_PATH_CHECKS } from './judged-path.ts'
import { JUDGED_STANDING_CHECKS } from './judged-standing.ts'

/** Checks of the judge: evidence, time, maker, path, certificate, register, recognition. */
export const JUDGEMENT_CHECKS = {
  ...JUDGED_EVIDENCE_CHECKS,
  ...JUDGED_MAKER_CHECKS,
  ...JUDGED_PATH_CHECKS,
  ...JUDGED_CERTIFICATE_CHECKS,
  ...JUDGED_STANDING_CHECKS,
} satisfies Record<string, CheckDefinition>
