import {
  type GraphQLEnumType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  TypeNameMetaFieldDef,
} from 'graphql'
import type { Selection } from './selection.ts'
import type { Supergraph } from './supergraph.ts'

/** One field of the answer, for objects of one type. */
export interface FieldShape {
  readonly responseKey: string
  readonly internalKey: string
  readonly name: string
  readonly value: ValueShape
  /** Null for a leaf. */
  readonly object: ObjectShape | null
}

/** A type of the client's schema, looked into once and not for every value. */
export type ValueShape =
  | { readonly kind: 'nonNull' | 'list'; readonly of: ValueShape }
  | { readonly kind: 'object' }
  | { readonly kind: 'enum'; readonly type: GraphQLEnumType }
  /** `serialize` of GraphQL's own scalars; null for a custom one, whose values pass as they are. */
  | { readonly kind: 'scalar'; readonly serialize: ((value: unknown) => unknown) | null }

/** What the client wants of an object, told for each type it may turn out to be (GraphQL §6.3.2 CollectFields), once. */
export class ObjectShape {
  /** The type the field promises. */
  readonly type: GraphQLNamedType
  readonly isAbstract: boolean
  readonly #selections: readonly Selection[]
  readonly #supergraph: Supergraph
  readonly #byType = new Map<string, readonly FieldShape[]>()

  constructor(selections: readonly [Selection, ...Selection[]], supergraph: Supergraph) {
    this.type = selections[0].type
    this.isAbstract = isAbstractType(this.type)
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
      const group = merged.get(responseKey) ?? {
        field: { responseKey, internalKey, name, value: valueShape(fieldType) },
        selections: [],
      }
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

function valueShape(type: GraphQLOutputType): ValueShape {
  if (isNonNullType(type)) return { kind: 'nonNull', of: valueShape(type.ofType) }
  if (isListType(type)) return { kind: 'list', of: valueShape(type.ofType) }
  if (isEnumType(type)) return { kind: 'enum', type }
  if (!isScalarType(type)) return { kind: 'object' }
  return { kind: 'scalar', serialize: isSpecifiedScalarType(type) ? type.serialize : null }
}
