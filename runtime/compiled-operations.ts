import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit'
import { BoundedCache } from './bounded-cache.ts'
import { inputDefaults } from './input-defaults.ts'
import { takesRecursiveInput } from './recursive-inputs.ts'

const MAXIMUM_OPERATIONS = 1_000
const MAXIMUM_TOKENS = 20_000
/** A literal as long as a small file: such a document is run once and not kept. */
const MAXIMUM_KEPT_LENGTH = 20_000

type Run = (variables: Readonly<Record<string, unknown>>, context: object) => Promise<ExecutionResult> | ExecutionResult

/**
 * Runs operations on one schema, each parsed, validated and compiled once and kept by its text and operation name.
 * A request error (syntax, validation, no such operation) resolves as `{ errors }`.
 */
export function compiledOperations(schema: GraphQLSchema, capacity = MAXIMUM_OPERATIONS) {
  const kept = new BoundedCache<Run>(capacity)
  return {
    run(query: string, operationName: string | undefined, variables: Readonly<Record<string, unknown>>, context: object) {
      const key = operationName ? `${operationName}\0${query}` : query // no document holds a NUL
      const known = kept.get(key)
      if (known) return known(variables, context)
      const prepared = prepare(schema, query, operationName)
      if (typeof prepared !== 'function') return { errors: prepared }
      if (key.length <= MAXIMUM_KEPT_LENGTH) kept.set(key, prepared)
      return prepared(variables, context)
    },
  }
}

function prepare(schema: GraphQLSchema, query: string, operationName: string | undefined): Run | readonly GraphQLError[] {
  let document: DocumentNode
  try {
    document = parse(query, { noLocation: true, maxTokens: MAXIMUM_TOKENS })
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
  const errors = validate(schema, document, undefined, { maxErrors: 10 })
  if (errors.length > 0) return errors
  const operation = getOperationAST(document, operationName)
  if (!operation) return [new GraphQLError('no such operation in the document')]
  return compiled(schema, document, operation) ?? interpreted(schema, document, operation)
}

/** What graphql-jit does as graphql-js does; null for the rest. */
function compiled(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Run | null {
  if (operation.operation !== 'query' || !jitCoercesVariables(operation) || takesRecursiveInput(operation, schema)) return null
  const query: CompiledQuery | ExecutionResult = compileQuery(schema, document, operation.name?.value)
  if (!isCompiledQuery(query)) return null
  const fill = inputDefaults(operation, schema)
  return (variables, context) => query.query(undefined, context, fill ? fill(variables) : variables)
}

/** graphql-jit refuses a left-out variable of a non-null type with a default value. */
function jitCoercesVariables(operation: OperationDefinitionNode): boolean {
  return !operation.variableDefinitions?.some((v) => v.type.kind === Kind.NON_NULL_TYPE && v.defaultValue !== undefined)
}

function interpreted(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Run {
  const operationName = operation.name?.value
  return (variableValues, contextValue) => execute({ schema, document, operationName, variableValues, contextValue })
}
