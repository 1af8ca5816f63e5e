import { PkiError } from '../error.ts'

/** The bounds of one search. Whoever feeds certificates in decides nothing about them. */
export interface PathBudget {
  /** Intermediates between end entity and anchor, self-issued ones not counted (RFC 5280 §6.1.4 l). */
  readonly depth: number
  /** Certificates handed in, intermediates and anchors together. */
  readonly certificates: number
  /** Candidate issuers looked at. */
  readonly candidates: number
  readonly signatures: number
  readonly nameComparisons: number
}

export const DEFAULT_BUDGET: PathBudget = {
  depth: 8,
  certificates: 10_000,
  candidates: 20_000,
  signatures: 100,
  nameComparisons: 250_000,
}

/** Self-issued certificates do not count towards the depth, but a path has an end all the same. */
export const MAXIMUM_PATH = 32

type Counted = Exclude<keyof PathBudget, 'depth'>

/** What one search has spent; what is over the budget ends the search. */
export class Spending {
  readonly budget: PathBudget
  readonly #spent: Record<Counted, number> = { certificates: 0, candidates: 0, signatures: 0, nameComparisons: 0 }

  /** @param budget what is no whole number there keeps its default: no bound is ever left out. */
  constructor(budget: Partial<PathBudget> = {}) {
    const limit = (what: keyof PathBudget) => (Number.isSafeInteger(budget[what]) ? Number(budget[what]) : DEFAULT_BUDGET[what])
    this.budget = {
      depth: limit('depth'),
      certificates: limit('certificates'),
      candidates: limit('candidates'),
      signatures: limit('signatures'),
      nameComparisons: limit('nameComparisons'),
    }
  }

  get spent(): Readonly<Record<Counted, number>> {
    return { ...this.#spent }
  }

  /** @throws PkiError BUDGET when nothing is left */
  spend(what: Counted, amount = 1): void {
    if (this.#spent[what] + amount > this.budget[what]) throw new PkiError('BUDGET', `over ${this.budget[what]} ${what}`)
    this.#spent[what] += amount
  }
}
