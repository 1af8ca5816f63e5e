import type { PkiError } from '../error.ts'
import type { Certificate } from './certificate.ts'
import { formatName } from './name.ts'
import { ownFindings } from './own-checks.ts'
import type { Path } from './path-search.ts'
import { type Finding, issuerUnknown, PATH_CHECKS, type PathCheck, type PathCheckName, unknown, weighs } from './verdict.ts'

/** A path, whole or not, with everything found on it. */
export interface Attempt {
  readonly path: Path
  /** The checks that were done; those without a finding have passed. */
  readonly done: readonly PathCheckName[]
  readonly findings: readonly Finding[]
}

/** Keeps the attempt that tells most: the one that came furthest, then the one with the fewest faults; the first of equals. */
export class MostTelling {
  #best: Attempt | null = null
  #aside: Finding | null = null

  get best(): Attempt | null {
    return this.#best
  }

  offer(attempt: Attempt): void {
    if (this.#best === null || compare(attempt, this.#best) > 0) this.#best = attempt
  }

  /** Something to be told whatever tells most: that the search was cut short. */
  addAside(finding: Finding): void {
    this.#aside = finding
  }

  get asides(): readonly Finding[] {
    return this.#aside === null ? [] : [this.#aside]
  }
}

function compare(a: Attempt, b: Attempt): number {
  const faults = ({ findings }: Attempt) => findings.filter(weighs)
  const stage = (attempt: Attempt) => Math.min(...faults(attempt).map(({ check }) => PATH_CHECKS.indexOf(check)))
  return stage(a) - stage(b) || faults(b).length - faults(a).length
}

/** The attempt to tell of when no path is valid; what is wrong with the certificate itself is told whatever became of the search. */
export function mostTold({ best, asides }: MostTelling, endEntity: Certificate): Attempt {
  if (best !== null && best.done.length > 0) return { ...best, findings: [...asides, ...best.findings] }
  const searched = asides.length === 0 && isReadable(endEntity)
  const { path, findings } = best ?? { path: [endEntity], findings: searched ? [issuerUnknown(endEntity)] : [] }
  const isTold = (check: string) => findings.some((finding) => finding.certificate === endEntity && finding.check === check)
  const own = ownFindings(endEntity, 'endEntity').filter(({ check }) => !isTold(check))
  return { path, done: [], findings: [...asides, ...findings, ...own] }
}

/** Whether every extension can be read; nothing can be said of a certificate otherwise. */
export function isReadable(certificate: Certificate): boolean {
  return !ownFindings(certificate, 'endEntity').some(({ check }) => check === 'PATH_FORMAT')
}

export function overBudget(certificate: Certificate, { message }: PkiError): Finding {
  return unknown('PATH_BUDGET', certificate, `路径搜索超出限额：${message}`, `the search ran out of its budget: ${message}`)
}

/**
 * One line for each check done: what was found, or that it passed.
 * @param done the checks that were done; those without a finding have passed
 * @param subject what a check that passed is said of
 */
export function reportOf(
  findings: readonly Finding[],
  done: readonly PathCheckName[],
  subject: Certificate,
): readonly PathCheck[] {
  return PATH_CHECKS.flatMap((check): readonly PathCheck[] => {
    const found = findings.filter((finding) => finding.check === check)
    if (found.length > 0) return found.map(lineOf)
    return done.includes(check) ? [{ check, object: objectOf(subject), outcome: 'PASSED' }] : []
  })
}

function lineOf({ check, certificate, outcome, detail }: Finding): PathCheck {
  return { check, object: objectOf(certificate), outcome, detail }
}

function objectOf(certificate: Certificate): string {
  return `certificate ${formatName(certificate.subject).slice(0, 200)}`
}
