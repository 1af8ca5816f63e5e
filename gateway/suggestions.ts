import { GraphQLError } from 'graphql'

/** graphql-js ends some messages with names the asker did not know: "Did you mean …?" They would list the schema. */
export function withoutSuggestions(error: GraphQLError): GraphQLError {
  const message = error.message.replace(/ Did you mean [\s\S]*\?$/, '')
  if (message === error.message) return error
  const { nodes = null, source = null, positions = null, path = null } = error
  return new GraphQLError(message, { nodes, source, positions, path })
}
