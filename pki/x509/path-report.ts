import type { Certificate } from './certificate.ts'
import { formatName } from './name.ts'
import type { Path } from './path-search.ts'
import { type Finding, PATH_CHECKS, type PathCheck, type PathCheckName, weighs } from './verdict.ts'

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

  get best(): Attempt | null {
    return this.#best
  }

  offer(attempt: Attempt): void {
    if (this.#best === null || compare(attempt, this.#best) > 0) this.#best = attempt
  }
}

function compare(a: Attempt, b: Attempt): number {
  const faults = ({ findings }: Attempt) => findings.filter(weighs)
  const stage = (attempt: Attempt) => Math.min(...faults(attempt).map(({ check }) => PATH_CHECKS.indexOf(check)))
  return stage(a) - stage(b) || faults(b).length - faults(a).length
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
