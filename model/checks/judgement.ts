import type { CheckDefinition } from './definition.ts'

/** Checks of the judge: validity in time, trust lists, recognition, revocation, registration. */
export const JUDGEMENT_CHECKS = {} satisfies Record<string, CheckDefinition>
