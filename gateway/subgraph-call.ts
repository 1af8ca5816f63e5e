import { type FieldNode, GraphQLError, Kind, parse, type SelectionSetNode } from 'graphql'
import { HubError } from '../model/error.ts'
import { BoundedCache } from '../runtime/bounded-cache.ts'
import { presentError } from '../runtime/execution-error.ts'
import { unfit } from './error-list.ts'
import type { Execution } from './execute.ts'
import { isRecord, type Rec } from './record.ts'

/** What a subgraph answered, or the error that it did not; paths as the subgraph knows them. */
export interface SubgraphAnswer {
  readonly data: Rec | null
  readonly errors: readonly GraphQLError[]
}

interface Call {
  readonly subgraph: string
  readonly operation: string
  readonly variables: readonly string[]
}

/** By operation: a list without certificates asks for these at every item. */
const KEYS = new BoundedCache<readonly string[]>(1_000)
const NO_ERRORS: readonly GraphQLError[] = []

/**
 * Asks a subgraph. Whatever happens, resolves: a subgraph that is down, hangs past the timeout or answers nonsense gives
 * UNAVAILABLE, and its cause goes to the log with the error.
 */
export async function callSubgraph(call: Call, own: Rec, execution: Execution): Promise<SubgraphAnswer> {
  const executor = execution.executors.get(call.subgraph)
  if (!executor) return failed(call.subgraph, null)
  const variables: Rec = {}
  for (const name of call.variables) {
    if (Object.hasOwn(execution.variables, name)) variables[name] = execution.variables[name]
  }
  Object.assign(variables, own)
  try {
    const { operation: query } = call
    const { context, patience } = execution
    const answer = await patience.within((wait) =>
      executor({
        query,
        variables,
        context,
        get signal() {
          return wait.signal
        },
      }),
    )
    return readAnswer(call.subgraph, answer)
  } catch (error) {
    return failed(call.subgraph, error)
  }
}

/** The response keys of an operation's root fields; for an entity fetch, of the fields of its entities. */
export function rootKeys(operation: string): string[] {
  return operationFields(operation).map(keyOf)
}

/** The response keys below `_entities` or an alias of it. */
export function entityKeys(operation: string, key: string): readonly string[] {
  const id = `${key} ${operation}`
  const known = KEYS.get(id)
  if (known) return known
  const entities = operationFields(operation).filter((field) => keyOf(field) === key)
  const keys = [...new Set(entities.flatMap((field) => (field.selectionSet ? fieldsIn(field.selectionSet) : [])).map(keyOf))]
  KEYS.set(id, keys)
  return keys
}

function readAnswer(subgraph: string, answer: unknown): SubgraphAnswer {
  if (!isRecord(answer)) return { data: null, errors: [unfit(subgraph)] }
  const errors = Array.isArray(answer.errors) ? answer.errors.map((error) => readError(subgraph, error)) : NO_ERRORS
  const data = isRecord(answer.data) ? answer.data : null
  const isAnswer = data !== null || (errors.length > 0 && (answer.data === null || answer.data === undefined))
  return { data, errors: isAnswer ? errors : [...errors, unfit(subgraph)] }
}

function readError(subgraph: string, error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error
  if (!isRecord(error) || typeof error.message !== 'string') return unfit(subgraph)
  const path = Array.isArray(error.path) ? error.path.filter((s) => typeof s === 'string' || typeof s === 'number') : undefined
  return new GraphQLError(error.message, { path, extensions: isRecord(error.extensions) ? error.extensions : null })
}

function failed(subgraph: string, cause: unknown): SubgraphAnswer {
  const originalError = new HubError('UNAVAILABLE', `子图 ${subgraph} 无法答复`, `subgraph ${subgraph} does not answer`, {
    cause,
  })
  return { data: null, errors: [presentError(new GraphQLError(originalError.message, { originalError }))] }
}

function operationFields(operation: string): FieldNode[] {
  const definition = parse(operation, { noLocation: true }).definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION)
  return definition ? fieldsIn(definition.selectionSet) : []
}

function fieldsIn(set: SelectionSetNode): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection]
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsIn(selection.selectionSet) : []
  })
}

function keyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value
}
