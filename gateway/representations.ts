import type { RequiresSelection } from '@graphql-hive/router-query-planner'
import {
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import type { EntityBatch } from './planner/plan.ts'
import { isRecord, type Rec } from './record.ts'
import { applyRewrites } from './rewrites.ts'
import type { Supergraph } from './supergraph.ts'

/**
 * The representation by which a subgraph is asked for an entity: its type, a key, and what the fields asked for `@requires`.
 * A required field that could not be had is null, so that its reader learns of it; null is returned (the entity is not asked
 * for) when no key is complete, when a required field that is never null is missing, or when the entity is of another type.
 */
export function representationOf(entity: Rec, batch: EntityBatch, subgraph: string, supergraph: Supergraph): Rec | null {
  const typename = entity.__typename
  if (typeof typename !== 'string') return null
  const representation = project(batch.requires, entity, supergraph.internal.getType(typename), supergraph)
  if (!representation || Object.keys(representation).every((key) => key === '__typename')) return null
  representation.__typename ??= typename
  const keys = supergraph.keysOf(typename, subgraph)
  if (keys.length > 0 && !keys.some((key) => isComplete(representation, key))) return null
  applyRewrites(representation, batch.inputRewrites, supergraph.satisfies)
  return representation
}

function project(
  selections: readonly RequiresSelection[],
  object: Rec,
  type: GraphQLNamedType | undefined,
  supergraph: Supergraph,
): Rec | null {
  const result: Rec = {}
  const typename = typeof object.__typename === 'string' ? object.__typename : type?.name
  for (const selection of selections) {
    if (selection.kind === 'FragmentSpread') continue // the planner inlines them
    if (selection.kind === 'InlineFragment') {
      if (!typename || !supergraph.satisfies(typename, selection.typeCondition)) continue
      const inner = project(selection.selections, object, type, supergraph)
      if (!inner) return null
      Object.assign(result, inner)
      continue
    }
    const name = selection.alias ?? selection.name
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
    const value = projectValue(object[selection.name], selection.selections, field && getNamedType(field.type), supergraph)
    if (value === null && field && isNonNullType(field.type)) return null
    result[name] = value
  }
  return result
}

function projectValue(
  value: unknown,
  selections: readonly RequiresSelection[] | undefined,
  type: GraphQLNamedType | undefined,
  supergraph: Supergraph,
): unknown {
  if (value === undefined || value === null) return null
  if (!selections || selections.length === 0) return value
  if (Array.isArray(value)) return value.map((item) => projectValue(item, selections, type, supergraph))
  return isRecord(value)
    ? project(selections, value, supergraph.internal.getType(String(value.__typename)) ?? type, supergraph)
    : null
}

function isComplete(value: unknown, key: SelectionSetNode): boolean {
  if (Array.isArray(value)) return value.every((item) => isComplete(item, key))
  if (!isRecord(value)) return false
  return key.selections.every((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return isComplete(value, selection.selectionSet)
    if (selection.kind !== Kind.FIELD) return false
    const member = value[selection.name.value]
    if (member === null || member === undefined) return false
    return selection.selectionSet ? isComplete(member, selection.selectionSet) : true
  })
}
