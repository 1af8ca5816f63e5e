import { type GraphQLEnumType, GraphQLError, type GraphQLNamedType, isEnumType, isInterfaceType, isObjectType } from 'graphql'
import { refusal } from '../runtime/execution-error.ts'
import { MAXIMUM_ERRORS } from './error-list.ts'
import type { FieldShape, ObjectShape, ValueShape } from './object-shape.ts'
import { isRecord, type Rec } from './record.ts'
import type { Supergraph } from './supergraph.ts'

/** Where an object or list is; made once for all its members, and read only when there is an error to place. */
interface Place {
  readonly before: Place | null
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
  object(shape: ObjectShape, type: GraphQLNamedType, source: Rec, within: Place | null): Rec | typeof NO_VALUE {
    const result: Rec = {}
    for (const field of shape.fieldsOf(type)) {
      const { responseKey } = field
      const value =
        field.name === '__typename' ? type.name : this.#value(field.value, field, source[field.internalKey], within, responseKey)
      if (value === NO_VALUE) return NO_VALUE
      result[responseKey] = value
    }
    return result
  }

  #value(shape: ValueShape, field: FieldShape, value: unknown, within: Place | null, key: string | number): unknown {
    if (shape.kind === 'nonNull') {
      const inner = this.#value(shape.of, field, value, within, key)
      if (inner !== null) return inner
      this.#explain({ before: within, key })
      return NO_VALUE
    }
    if (value === undefined) return this.#untold({ before: within, key })
    if (value === null || typeof value === 'function') return null
    switch (shape.kind) {
      case 'scalar':
        return shape.serialize ? this.#scalar(shape.serialize, value, within, key) : value
      case 'enum':
        return this.#enum(shape.type, value, within, key)
      case 'list':
        return this.#list(shape.of, field, value, { before: within, key })
      case 'object': {
        const at = { before: within, key }
        if (!isRecord(value) || !field.object) return this.#mistaken(at)
        const type = this.#typeOf(field.object, value, at)
        const object = type ? this.object(field.object, type, value, at) : null
        return object === NO_VALUE ? null : object
      }
    }
  }

  #list(item: ValueShape, field: FieldShape, value: unknown, at: Place): unknown {
    if (!Array.isArray(value)) return this.#mistaken(at)
    const items: unknown[] = []
    for (let index = 0; index < value.length; index++) {
      const completed = this.#value(item, field, value[index], at, index)
      if (completed === NO_VALUE) return null
      items.push(completed)
    }
    return items
  }

  /** A value clients may not know is null without a word; one that nobody knows is an error. */
  #enum(type: GraphQLEnumType, value: unknown, within: Place | null, key: string | number): unknown {
    if (type.getValue(String(value))) return value
    const internal = this.#supergraph.internal.getType(type.name)
    return isEnumType(internal) && internal.getValue(String(value)) ? null : this.#mistaken({ before: within, key })
  }

  #scalar(serialize: (value: unknown) => unknown, value: unknown, within: Place | null, key: string | number): unknown {
    try {
      return serialize(value)
    } catch (error) {
      if (error instanceof GraphQLError) return this.#mistaken({ before: within, key })
      throw error
    }
  }

  /** The type an object turned out to be; null for one the client must not know of. */
  #typeOf({ type: promised, isAbstract }: ObjectShape, value: Rec, at: Place): GraphQLNamedType | null {
    if (!isAbstract) return promised
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
  #mistaken(at: Place): null {
    this.#add(refusal('UNAVAILABLE', '子图给出的值类型不符', 'a subgraph gave a value of another type', pathOf(at)))
    return null
  }

  /** Nobody said that there is none: a subgraph left it out, or gave an object of a type the plan did not reckon with. */
  #untold(at: Place): null {
    this.#add(refusal('UNAVAILABLE', '没有子图给出此值', 'no subgraph gave this value', pathOf(at)))
    return null
  }

  #explain(at: Place): void {
    this.#add(refusal('UNAVAILABLE', '没有必需的值', 'a value that must be there is missing', pathOf(at)))
  }

  /** Adds an error for a missing value unless one above, here or below says why already. */
  #add(error: GraphQLError): void {
    if (this.#errors.length >= MAXIMUM_ERRORS) return
    const { path = [] } = error
    const isExplained = this.#errors.some(
      ({ path: known }) => known && (startsWith(known, path) || (known.length > 0 && startsWith(path, known))),
    )
    if (!isExplained) this.#errors.push(error)
  }
}

function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = []
  for (let at: Place | null = place; at; at = at.before) path.unshift(at.key)
  return path
}

function startsWith(path: readonly (string | number)[], start: readonly (string | number)[]): boolean {
  return start.length <= path.length && start.every((key, index) => path[index] === key)
}
