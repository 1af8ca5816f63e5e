import { BYTES } from './bytes.ts'
import type { CaseGroup } from './case.ts'
import { CERTIFICATE } from './certificate.ts'
import { MAKER } from './maker.ts'
import { AGREEMENTS, CERTIFICATES_ALONE, RECOGNITION } from './recognition.ts'
import { REGISTER } from './register.ts'
import { TIME } from './time.ts'

/** The whole table of judgement: run by `judge.test.ts`, shown by `docs/judgement.md`. */
export const JUDGEMENT_TABLE: readonly CaseGroup[] = [
  BYTES,
  TIME,
  MAKER,
  CERTIFICATE,
  REGISTER,
  RECOGNITION,
  AGREEMENTS,
  CERTIFICATES_ALONE,
]
