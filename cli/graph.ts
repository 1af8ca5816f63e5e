import type { ExecutionResult } from 'graphql'
import type { Ask } from '../model/ask.ts'
import { HubError, type HubErrorCode } from '../model/error.ts'

/** A file as the graph takes it: by the digest it was uploaded under, or its bytes right here. */
export type FileReference = { readonly digest: string } | { readonly base64: string }

/** The federated graph as a command sees it: through the running server, or in this process. */
export interface Graph {
  readonly ask: Ask
  /** Hands a file in and returns the reference to ask about it. */
  readonly put: (bytes: Uint8Array) => Promise<FileReference>
  readonly close: () => Promise<void>
}

/** Data of an answer without errors. @throws HubError with the code the hub gave; a command never goes on with half an answer. */
export function dataOf<Data>(result: ExecutionResult): Data {
  const [error] = result.errors ?? []
  if (!error && result.data) return result.data as Data
  const { code, zh, en } = (error?.extensions ?? {}) as { code?: HubErrorCode; zh?: string; en?: string }
  const message = error?.message ?? 'no answer'
  throw new HubError(code ?? 'UNAVAILABLE', zh ?? message, en ?? message)
}
