import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLNamedType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import type { Caller } from '../model/caller.ts'
import { HubError } from '../model/error.ts'
import { refusal } from '../runtime/execution-error.ts'
import { isMetBy, type Requirement } from './authorization.ts'
import { type InternalDocument, internalDocument } from './internal-document.ts'
import { costOf } from './limits.ts'
import { ObjectShape } from './object-shape.ts'
import type { Step } from './planner/plan.ts'
import type { Planner } from './planner/planner.ts'
import type { PreparedDocument } from './prepare.ts'
import type { Rec } from './record.ts'
import { type KeyScope, keyCounter } from './response-keys.ts'
import { type SelectedField, type Selection, selectionOf } from './selection.ts'
import type { Supergraph } from './supergraph.ts'

/** An operation with `@skip` and `@include` decided: all that can be known before its variables. */
export interface OperationVariant {
  readonly rootType: GraphQLNamedType
  readonly keys: KeyScope
  readonly shape: ObjectShape
  readonly internal: InternalDocument | null
  readonly cost: number
  /** The document's `__schema` and `__type` fields alone, answered by the gateway itself. */
  readonly introspection: DocumentNode | null
  readonly guarded: readonly GuardedField[]
  /** Set by `planOf` and kept as long as the variant: the planner's own cache may forget. */
  plan: Promise<Step | null> | null
}

interface GuardedField {
  readonly path: readonly string[]
  readonly requirement: Requirement
}

/**
 * The variant of a document for these variables, made once for each combination of its conditions.
 * @throws HubError TOO_LARGE, UNSUPPORTED when the schema has no such root.
 */
export function variantOf(prepared: PreparedDocument, variables: Rec, supergraph: Supergraph): OperationVariant {
  const id = prepared.conditions.map((name) => (variables[name] === true ? '1' : '0')).join('')
  const known = prepared.variants.get(id)
  if (known) return known
  const variant = makeVariant(prepared, variables, supergraph)
  prepared.variants.set(id, variant)
  return variant
}

/** The plan of a variant; null when nothing is to be fetched. A plan that failed is asked for again. @throws HubError of the planner. */
export async function planOf(variant: OperationVariant, planner: Planner): Promise<Step | null> {
  if (!variant.internal) return null
  variant.plan ??= planner.plan(variant.internal.text)
  try {
    return await variant.plan
  } catch (error) {
    variant.plan = null
    throw error
  }
}

/** The first field the caller may not read, as an error; null when all are allowed. The whole operation is then refused. */
export function forbiddenField(variant: OperationVariant, caller: Caller): GraphQLError | null {
  const forbidden = variant.guarded.find(({ requirement }) => !isMetBy(requirement, caller))
  if (!forbidden) return null
  const name = forbidden.path.join('.')
  return caller.scopes.length === 0
    ? refusal('UNAUTHENTICATED', `须登录方可查询 ${name}`, `sign in to ask for ${name}`, forbidden.path)
    : refusal('FORBIDDEN', `无权查询 ${name}`, `not allowed to ask for ${name}`, forbidden.path)
}

/** Answers the introspection part of a variant. */
export async function introspect(document: DocumentNode, variableValues: Rec, supergraph: Supergraph): Promise<ExecutionResult> {
  return execute({ schema: supergraph.schema, document, variableValues })
}

function makeVariant(prepared: PreparedDocument, variables: Rec, supergraph: Supergraph): OperationVariant {
  const { operation, fragments } = prepared
  const rootType = supergraph.schema.getRootType(operation.operation)
  if (!rootType) throw new HubError('UNSUPPORTED', '没有此类操作', `the schema has no ${operation.operation}`)
  const counter = keyCounter(supergraph.keyPrefix)
  const { selection, keys } = selectionOf(operation.selectionSet, rootType, fragments, variables, supergraph, counter)
  const introspective = selection.fields.filter((field) => field.name === '__schema' || field.name === '__type')
  return {
    rootType,
    keys,
    shape: new ObjectShape([selection], supergraph),
    internal: internalDocument(operation.operation, selection, operation.variableDefinitions ?? [], supergraph.schema),
    cost: costOf(selection, supergraph),
    introspection: introspective.length > 0 ? introspectionDocument(prepared, introspective) : null,
    guarded: guardedFields(selection, [], supergraph),
    plan: null,
  }
}

function introspectionDocument(prepared: PreparedDocument, fields: readonly SelectedField[]): DocumentNode {
  const selections = fields.flatMap((field) => field.nodes.map((node) => ({ ...node, directives: [] })))
  const operation: OperationDefinitionNode = {
    ...prepared.operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  }
  return { kind: Kind.DOCUMENT, definitions: [operation, ...prepared.fragments.values()] }
}

function guardedFields(selection: Selection, path: readonly string[], supergraph: Supergraph): GuardedField[] {
  return selection.fields.flatMap((field) => {
    const here = [...path, field.responseKey]
    const requirement = supergraph.requirements.of(field.conditions.at(-1) ?? selection.type.name, field.name)
    const guarded = requirement.authenticated || requirement.scopes.length > 0 ? [{ path: here, requirement }] : []
    return field.selection ? [...guarded, ...guardedFields(field.selection, here, supergraph)] : guarded
  })
}
