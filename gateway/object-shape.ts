import { type GraphQLNamedType, type GraphQLOutputType, isInterfaceType, isObjectType, TypeNameMetaFieldDef } from 'graphql'
import type { Selection } from './selection.ts'
import type { Supergraph } from './supergraph.ts'

/** One field of the answer, for objects of one type. */
export interface FieldShape {
  readonly responseKey: string
  readonly internalKey: string
  readonly name: string
  /** The field's type in the client's schema. */
  readonly type: GraphQLOutputType
  /** Null for a leaf. */
  readonly object: ObjectShape | null
}

/** What the client wants of an object, told for each type it may turn out to be (GraphQL §6.3.2 CollectFields), once. */
export class ObjectShape {
  /** The type the field promises. */
  readonly type: GraphQLNamedType
  readonly #selections: readonly Selection[]
  readonly #supergraph: Supergraph
  readonly #byType = new Map<string, readonly FieldShape[]>()

  constructor(selections: readonly [Selection, ...Selection[]], supergraph: Supergraph) {
    this.type = selections[0].type
    this.#selections = selections
    this.#supergraph = supergraph
  }

  /** @param type an object type, or the interface itself where no subgraph told more. */
  fieldsOf(type: GraphQLNamedType): readonly FieldShape[] {
    const known = this.#byType.get(type.name)
    if (known) return known
    const fields = this.#collect(type)
    this.#byType.set(type.name, fields)
    return fields
  }

  /** All response keys, of introspection too, in the client's order. */
  get keys(): readonly string[] {
    return [...new Set(this.#selections.flatMap((selection) => selection.fields.map((field) => field.responseKey)))]
  }

  #collect(type: GraphQLNamedType): FieldShape[] {
    const merged = new Map<string, { field: Omit<FieldShape, 'object'>; selections: Selection[] }>()
    for (const selected of this.#selections.flatMap((selection) => selection.fields)) {
      if (!selected.conditions.every((condition) => this.#supergraph.satisfies(type.name, condition))) continue
      const fieldType = typeOf(type, selected.name)
      if (!fieldType) continue
      const { responseKey, internalKey, name } = selected
      const group = merged.get(responseKey) ?? { field: { responseKey, internalKey, name, type: fieldType }, selections: [] }
      merged.set(responseKey, group)
      if (selected.selection) group.selections.push(selected.selection)
    }
    return [...merged.values()].map(({ field, selections: [first, ...others] }) => ({
      ...field,
      object: first ? new ObjectShape([first, ...others], this.#supergraph) : null,
    }))
  }
}

function typeOf(type: GraphQLNamedType, name: string): GraphQLOutputType | null {
  if (name === '__typename') return TypeNameMetaFieldDef.type
  return isObjectType(type) || isInterfaceType(type) ? (type.getFields()[name]?.type ?? null) : null
}
