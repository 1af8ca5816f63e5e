import { GraphQLError } from 'graphql'
import { refusal } from '../runtime/execution-error.ts'
import type { KeyScope } from './response-keys.ts'

type Path = readonly (string | number)[]

/** More errors than this tell nobody more. */
export const MAXIMUM_ERRORS = 100

/** The errors of one execution, their paths rewritten from internal keys to the client's. */
export class ErrorList {
  readonly #keys: KeyScope
  readonly #errors: GraphQLError[] = []
  #seen: Set<string> | null = null

  constructor(keys: KeyScope) {
    this.#keys = keys
  }

  get all(): readonly GraphQLError[] {
    return this.#errors
  }

  /** Adds an error at one place of the tree, or at none. */
  add(error: GraphQLError, internalPath: Path | undefined): void {
    if (this.#errors.length >= MAXIMUM_ERRORS) return
    const path = internalPath && this.#keys.clientPath(internalPath)
    const id = `${error.message} ${JSON.stringify(path)}`
    this.#seen ??= new Set()
    if (this.#seen.has(id)) return
    this.#seen.add(id)
    this.#errors.push(new GraphQLError(error.message, { path, originalError: error.originalError, extensions: error.extensions }))
  }

  /** Adds the same error at several places; at none when there are none. */
  addAt(error: GraphQLError, internalPaths: readonly Path[]): void {
    if (internalPaths.length === 0) this.add(error, undefined)
    for (const path of internalPaths) this.add(error, path)
  }

  /** A subgraph answered what does not fit to what is there already. */
  disagreement(subgraph: string, internalPath: Path): void {
    this.add(unfit(subgraph), internalPath)
  }
}

/** A subgraph answered something that is no answer to the question. */
export function unfit(subgraph: string): GraphQLError {
  return refusal('UNAVAILABLE', `子图 ${subgraph} 的答复不符`, `subgraph ${subgraph} answered what was not asked`)
}
