import type { Federation } from '../../support/federation.ts'

/** A federation and what it must answer. */
export interface FederationCase {
  readonly title: string
  readonly federation: Federation
  readonly questions: readonly Question[]
}

export interface Question {
  readonly query: string
  readonly variables?: Record<string, unknown>
  /** The `data` of the answer. */
  readonly data: unknown
  /** Paths of the errors; none by default. */
  readonly errors?: readonly (readonly (string | number)[])[]
}
