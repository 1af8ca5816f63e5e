import type { CheckDefinition } from './definition.ts'

/** Checks done while building and validating a certification path (RFC 5280 §6, GB/T 20518). */
export const CERTIFICATE_CHECKS = {} satisfies Record<string, CheckDefinition>
