import type { ExecutionResult } from 'graphql'
import type { Caller } from './caller.ts'

/** More representations than this in one `_entities` are refused by a subgraph; the gateway splits them into several fetches. */
export const MAXIMUM_REPRESENTATIONS = 500

/**
 * Bytes as the value of a variable. Not iterable, so that a list type never takes them for ten million items;
 * as JSON they are base64.
 */
export class OpaqueBytes {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** The bytes themselves, not a copy. */
  take(): Uint8Array {
    return this.#bytes
  }

  toJSON(): string {
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength).toString('base64')
  }
}

/** What the gateway hands down with every request: who asks, under which correlation id. */
export interface RequestContext {
  readonly caller: Caller
  readonly requestId: string
}

/** One operation for one subgraph. */
export interface SubgraphRequest {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly operationName?: string
  readonly context: RequestContext
  readonly signal?: AbortSignal
}

/** One function type for a subgraph, local or over HTTP. Resolves with errors in the result; rejects only when the subgraph cannot be reached. */
export type SubgraphExecutor = (request: SubgraphRequest) => Promise<ExecutionResult>

export interface PartHealth {
  readonly part: string
  readonly healthy: boolean
  /** It answers, but something it stands on needs an administrator. */
  readonly degraded?: boolean
  readonly detail?: string
}

/** A subgraph as the gateway sees it. */
export interface Subgraph {
  readonly name: string
  /** Its SDL with federation directives. */
  readonly sdl: string
  readonly execute: SubgraphExecutor
  readonly health: () => Promise<PartHealth>
  readonly close: () => Promise<void>
}
