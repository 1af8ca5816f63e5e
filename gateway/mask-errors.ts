import type { ExecutionResult, GraphQLFormattedError } from 'graphql'
import { GraphQLError } from 'graphql'
import type { HubErrorCode } from '../model/error.ts'
import { httpStatusOf } from '../runtime/http-status.ts'

/**
 * The result as a client may see it: coded errors pass with their code and words, every other is masked and named by the
 * request's id, under which the log has it.
 */
export function maskResult(result: ExecutionResult, requestId: string): ExecutionResult {
  if (!result.errors) return result
  return { ...result, errors: result.errors.map((error) => maskError(error, requestId)) }
}

/** Request errors (syntax, validation, variables, limits) are about the client's own words and pass; they all have a code. */
export function presentRequestError(error: GraphQLError): GraphQLError {
  if (isHubErrorCode(error.extensions.code)) return error
  const { nodes = null, source = null, positions = null, path = null } = error
  return new GraphQLError(error.message, {
    nodes,
    source,
    positions,
    path,
    extensions: { code: 'BAD_INPUT' satisfies HubErrorCode },
  })
}

export function maskError(error: GraphQLError | GraphQLFormattedError, requestId: string): GraphQLError {
  const { code, zh, en } = error.extensions ?? {}
  if (isHubErrorCode(code)) return new GraphQLError(error.message, { path: error.path ?? null, extensions: { code, zh, en } })
  return new GraphQLError(`内部错误 / internal error: ${requestId}`, {
    path: error.path ?? null,
    extensions: { code: 'INTERNAL', correlationId: requestId },
  })
}

function isHubErrorCode(code: unknown): code is HubErrorCode {
  return typeof code === 'string' && httpStatusOf(code) !== null
}
