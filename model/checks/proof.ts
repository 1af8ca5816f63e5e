import { rule } from './definition.ts'

/** The rule of everything that a moment has to be proven for. */
export const PROOF = rule('枢纽决定：存在证明', '9', 'hub decision: proof of existence')
