import {
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { refusal } from '../runtime/execution-error.ts'
import type { FieldShape, ObjectShape } from './object-shape.ts'
import { isRecord, type Rec } from './record.ts'
import type { Supergraph } from './supergraph.ts'

interface PathLink {
  readonly before: PathLink | null
  readonly key: string | number
}

/** A non-null place without a value: its parent must be null (GraphQL §6.4.4). */
const NO_VALUE = Symbol('no value')

/**
 * Turns the tree under internal keys into the client's answer: its keys, its order, its types, and nothing it did not select.
 * A non-null field without a value makes its parent null, up to `data` itself; where no error told why, one is added.
 * @param errors grows by what is found here.
 */
export function completeResult(
  shape: ObjectShape,
  rootType: GraphQLNamedType,
  data: Rec,
  errors: GraphQLError[],
  supergraph: Supergraph,
): Rec | null {
  const completed = new Completion(supergraph, errors).object(shape, rootType, data, null)
  return completed === NO_VALUE ? null : completed
}

class Completion {
  readonly #supergraph: Supergraph
  readonly #errors: GraphQLError[]

  constructor(supergraph: Supergraph, errors: GraphQLError[]) {
    this.#supergraph = supergraph
    this.#errors = errors
  }

  /** `NO_VALUE` when a non-null field has none. */
  object(shape: ObjectShape, type: GraphQLNamedType, source: Rec, at: PathLink | null): Rec | typeof NO_VALUE {
    const result: Rec = {}
    for (const field of shape.fieldsOf(type)) {
      const path = { before: at, key: field.responseKey }
      const value = field.name === '__typename' ? type.name : this.#value(field.type, field, source[field.internalKey], path)
      if (value === NO_VALUE) return NO_VALUE
      result[field.responseKey] = value
    }
    return result
  }

  #value(type: GraphQLOutputType, field: FieldShape, value: unknown, at: PathLink): unknown {
    if (isNonNullType(type)) {
      const inner = this.#value(type.ofType, field, value, at)
      if (inner !== null) return inner
      this.#explain(at)
      return NO_VALUE
    }
    if (value === null || value === undefined || typeof value === 'function') return null
    if (isListType(type)) return this.#list(type.ofType, field, value, at)
    if (isLeafType(type)) return this.#leaf(type, value, at)
    if (!isRecord(value) || !field.object) return this.#mistaken(at)
    const concrete = this.#typeOf(field.object.type, value, at)
    if (!concrete) return null
    const object = this.object(field.object, concrete, value, at)
    return object === NO_VALUE ? null : object
  }

  #list(itemType: GraphQLOutputType, field: FieldShape, value: unknown, at: PathLink): unknown {
    if (!Array.isArray(value)) return this.#mistaken(at)
    const items: unknown[] = []
    for (const [index, item] of value.entries()) {
      const completed = this.#value(itemType, field, item, { before: at, key: index })
      if (completed === NO_VALUE) return null
      items.push(completed)
    }
    return items
  }

  #leaf(type: GraphQLNamedType, value: unknown, at: PathLink): unknown {
    if (isEnumType(type)) {
      if (type.getValue(String(value))) return value
      const hidden = this.#supergraph.internal.getType(type.name)
      return isEnumType(hidden) && hidden.getValue(String(value)) ? null : this.#mistaken(at)
    }
    if (!isSpecifiedScalarType(type)) return value
    try {
      return 'serialize' in type ? type.serialize(value) : value
    } catch (error) {
      if (error instanceof GraphQLError) return this.#mistaken(at)
      throw error
    }
  }

  /** The type an object turned out to be; null for one the client must not know of. */
  #typeOf(promised: GraphQLNamedType, value: Rec, at: PathLink): GraphQLNamedType | null {
    if (!isAbstractType(promised)) return promised
    const typename = value.__typename
    if (typename === undefined) return promised // only fields of the interface itself were asked for
    const type = typeof typename === 'string' ? this.#supergraph.schema.getType(typename) : undefined
    if (type === promised) return promised
    if (type && (isObjectType(type) || isInterfaceType(type)) && this.#supergraph.satisfies(type.name, promised.name)) return type
    if (!type && typeof typename === 'string' && this.#supergraph.internal.getType(typename)) return null
    this.#mistaken(at)
    return null
  }

  /** A value that is not of the field's type: an error, and null in its place. */
  #mistaken(at: PathLink): null {
    this.#errors.push(refusal('UNAVAILABLE', '子图给出的值类型不符', 'a subgraph gave a value of another type', pathOf(at)))
    return null
  }

  /** Adds an error for a missing value unless one above, here or below says why already. */
  #explain(at: PathLink): void {
    const path = pathOf(at)
    const isExplained = this.#errors.some(
      ({ path: known }) => known && (startsWith(known, path) || (known.length > 0 && startsWith(path, known))),
    )
    if (!isExplained) this.#errors.push(refusal('UNAVAILABLE', '没有必需的值', 'a value that must be there is missing', path))
  }
}

function pathOf(link: PathLink): (string | number)[] {
  const path: (string | number)[] = []
  for (let at: PathLink | null = link; at; at = at.before) path.unshift(at.key)
  return path
}

function startsWith(path: readonly (string | number)[], start: readonly (string | number)[]): boolean {
  return start.length <= path.length && start.every((key, index) => path[index] === key)
}
