import { SEAL_CHANGE_REASONS } from './timeline.ts'

/**
 * Why a listed service ended, in the order of the page on lists. ETSI TS 119 612 §5.5.4 knows statuses only: `supervisionCeased` and
 * `accreditationCeased` are CESSATION here, `supervisionRevoked` and `accreditationRevoked` LICENCE_REVOKED.
 */
export const SERVICE_END_REASONS = [
  'KEY_COMPROMISE', 'FALSE_ISSUANCE', 'MISUSE', 'LICENCE_REVOKED', 'COURT_ORDER', 'UNSPECIFIED', 'CESSATION', 'MERGER',
  'LICENCE_EXPIRED', 'REPLACEMENT', 'RENAME', 'SCOPE_CHANGED',
] as const // biome-ignore format: a table

export type ServiceEndReason = (typeof SERVICE_END_REASONS)[number]

/** Words of lists from before there were codes are kept among them. */
const HARMLESS_TO_THE_PAST: ReadonlySet<string> = new Set([
  'CESSATION', 'MERGER', 'LICENCE_EXPIRED', 'REPLACEMENT', 'RENAME', 'SCOPE_CHANGED',
  'HOLDER_CHANGED', 'PHYSICAL_SEAL_CHANGED', 'DAMAGE', 'RENEWAL', 'DISSOLUTION', 'END_OF_USE',
]) // biome-ignore format: a table

/** What is said of an end: a code, words for people, or neither. */
export interface StatedEnd {
  /** One of `SERVICE_END_REASONS`, or a code somebody else defined. */
  readonly code?: string
  readonly reason: string
}

/**
 * Whether the end of a service for this reason throws doubt on what claims to be older. A grant that ends without a word has run out
 * and leaves the past alone. A code that is not known here casts doubt, and so do words without a code, unless they begin
 * with one.
 */
export function endCastsDoubtOnThePast(ended: StatedEnd | undefined): boolean {
  const word = ended && endWord(ended)
  return word !== undefined && word !== '' && !HARMLESS_TO_THE_PAST.has(word)
}

/** The code of an end: as stated, or the one its words begin with; all of the words where there is none. */
export function endWord({ code, reason }: StatedEnd): string {
  if (code !== undefined) return code
  const text = reason.trim()
  const leading = /^[A-Z_]+(?![A-Za-z_])/.exec(text)?.[0]
  const isKnown = [...SERVICE_END_REASONS, ...SEAL_CHANGE_REASONS].some((known) => known === leading)
  return leading !== undefined && isKnown ? leading : text
}
