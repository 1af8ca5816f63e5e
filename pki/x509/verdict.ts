import type { Certificate } from './certificate.ts'

/** What was seen, in both languages of the program: Chinese first. */
export interface Detail {
  readonly zh: string
  readonly en: string
}

/**
 * PASSED: done, and it holds. FAILED: done, and it does not. UNKNOWN: could not be done, or its evidence is missing or stale.
 * NOTE: holds, but a reader should know.
 */
export type Outcome = 'PASSED' | 'FAILED' | 'UNKNOWN' | 'NOTE'

/** Everything that is checked on a path, in the order it is done: what comes later fails on a path that came further. */
export const PATH_CHECKS = [
  'PATH_ISSUER', // a way to an anchor exists
  'PATH_BUDGET', // and was found within the bounds of the search
  'PATH_FORMAT',
  'PATH_PROFILE',
  'PATH_CRITICAL_EXTENSIONS',
  'PATH_KEY',
  'PATH_BASIC_CONSTRAINTS',
  'PATH_LENGTH',
  'PATH_KEY_USAGE',
  'PATH_PURPOSE',
  'PATH_NAME_CONSTRAINTS',
  'PATH_PEER_NAME',
  'PATH_VALIDITY',
  'PATH_POLICIES',
  'PATH_ALGORITHM',
  'PATH_SIGNATURE',
  'PATH_REVOCATION',
] as const

export type PathCheckName = (typeof PATH_CHECKS)[number]

/** Something a check has to say of one certificate. A check without findings has passed. */
export interface Finding {
  readonly check: PathCheckName
  readonly outcome: Exclude<Outcome, 'PASSED'>
  readonly certificate: Certificate
  readonly detail: Detail
}

/** One line of a report: what was checked, on what, how it ended. */
export interface PathCheck {
  readonly check: PathCheckName
  /** The certificate, by its subject. */
  readonly object: string
  readonly outcome: Outcome
  readonly detail?: Detail
}

export function failed(check: PathCheckName, certificate: Certificate, zh: string, en: string): Finding {
  return { check, outcome: 'FAILED', certificate, detail: { zh, en } }
}

export function unknown(check: PathCheckName, certificate: Certificate, zh: string, en: string): Finding {
  return { check, outcome: 'UNKNOWN', certificate, detail: { zh, en } }
}

export function note(check: PathCheckName, certificate: Certificate, zh: string, en: string): Finding {
  return { check, outcome: 'NOTE', certificate, detail: { zh, en } }
}

/** Whether a finding keeps the path from being valid. */
export function weighs({ outcome }: Finding): boolean {
  return outcome !== 'NOTE'
}

export function issuerUnknown(certificate: Certificate): Finding {
  return unknown('PATH_ISSUER', certificate, '未持有其颁发者的证书', 'no certificate of its issuer is held')
}
