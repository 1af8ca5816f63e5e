import { GraphQLError } from 'graphql'
import { HubError, type HubErrorCode } from '../model/error.ts'

/**
 * Gives an error that a HubError caused its code and both languages as `extensions`; any other keeps message and cause.
 * graphql-jit's errors become graphql-js's.
 */
export function presentError(error: GraphQLError): GraphQLError {
  const { path, originalError } = error
  const cause = hubErrorIn(error)
  if (!cause)
    return error instanceof GraphQLError && error.extensions ? error : new GraphQLError(error.message, { path, originalError })
  return new GraphQLError(cause.message, {
    path,
    originalError: cause,
    extensions: { code: cause.code, zh: cause.zh, en: cause.en },
  })
}

/** A coded error as GraphQL presents it, not thrown by any resolver. */
export function refusal(code: HubErrorCode, zh: string, en: string, path?: readonly (string | number)[]): GraphQLError {
  return presentError(new GraphQLError(en, { path, originalError: new HubError(code, zh, en) }))
}

function hubErrorIn(error: GraphQLError): HubError | null {
  let cause: unknown = error.originalError
  for (let depth = 0; depth < 5 && cause instanceof Error; depth++) {
    if (cause instanceof HubError) return cause
    cause = cause instanceof GraphQLError ? cause.originalError : undefined
  }
  return null
}
