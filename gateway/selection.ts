import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { HubError } from '../model/error.ts'
import { type KeyCounter, KeyScope } from './response-keys.ts'
import type { Supergraph } from './supergraph.ts'

/** A client's selection with fragments inlined, `@skip` and `@include` decided and fields merged. */
export interface Selection {
  readonly type: GraphQLNamedType
  readonly fields: readonly SelectedField[]
}

export interface SelectedField {
  readonly responseKey: string
  readonly internalKey: string
  readonly name: string
  /** Type conditions between the parent's type and this field, from outside inwards; all must be met. */
  readonly conditions: readonly string[]
  /** Every occurrence that was merged into this one. */
  readonly nodes: readonly FieldNode[]
  /** Null for a leaf. */
  readonly selection: Selection | null
}

/** What the client selects, and how its keys are restored. */
export interface ClientSelection {
  readonly selection: Selection
  readonly keys: KeyScope
}

/** More selections than this after fragments are inlined are refused: fragments upon fragments grow without bound. */
const MAXIMUM_SELECTIONS = 20_000

/**
 * Resolves a valid operation's selection set for given variables.
 * @param variables coerced; only those of `@skip` and `@include` are read.
 * @throws HubError TOO_LARGE when fragments inline to too much.
 */
export function selectionOf(
  root: SelectionSetNode,
  rootType: GraphQLNamedType,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
  supergraph: Supergraph,
  counter: KeyCounter,
): ClientSelection {
  const keys = new KeyScope(counter)
  const build = new SelectionBuilder(fragments, variables, supergraph)
  return { selection: build.merge([root], rootType, keys), keys }
}

interface Occurrences {
  readonly conditions: readonly string[]
  readonly nodes: FieldNode[]
}

class SelectionBuilder {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly #variables: Readonly<Record<string, unknown>>
  readonly #supergraph: Supergraph
  #visited = 0

  constructor(
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Readonly<Record<string, unknown>>,
    supergraph: Supergraph,
  ) {
    this.#fragments = fragments
    this.#variables = variables
    this.#supergraph = supergraph
  }

  merge(sets: readonly SelectionSetNode[], type: GraphQLNamedType, keys: KeyScope): Selection {
    const merged = new Map<string, Occurrences>()
    for (const set of sets) this.#collect(set, type, [], keys, merged)
    return { type, fields: [...merged.values()].map((occurrences) => this.#field(occurrences, type, keys)) }
  }

  #collect(
    set: SelectionSetNode,
    type: GraphQLNamedType,
    conditions: readonly string[],
    keys: KeyScope,
    into: Map<string, Occurrences>,
  ): void {
    for (const selection of set.selections) {
      if (++this.#visited > MAXIMUM_SELECTIONS) throw tooLarge()
      if (!this.#isIncluded(selection)) continue
      if (selection.kind === Kind.FIELD) {
        const { identity } = keys.keyed(selection, this.#takesArguments(selection))
        const id = `${conditions.join('/')}|${identity}`
        const known = into.get(id)
        if (known) known.nodes.push(selection)
        else into.set(id, { conditions, nodes: [selection] })
        continue
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(selection.name.value) : selection
      if (!fragment) continue
      const condition = fragment.typeCondition?.name.value
      const narrowed = condition ? this.#supergraph.schema.getType(condition) : undefined
      if (condition && narrowed && !this.#supergraph.satisfies(type.name, condition)) {
        this.#collect(fragment.selectionSet, narrowed, [...conditions, condition], keys, into)
      } else {
        this.#collect(fragment.selectionSet, type, conditions, keys, into)
      }
    }
  }

  #field({ conditions, nodes }: Occurrences, parent: GraphQLNamedType, keys: KeyScope): SelectedField {
    const [node] = nodes as [FieldNode, ...FieldNode[]]
    const innermost = this.#supergraph.schema.getType(conditions.at(-1) ?? parent.name) ?? parent
    const { responseKey, internalKey, scope } = keys.keyed(node, this.#takesArguments(node))
    const sets = nodes.flatMap((n) => n.selectionSet ?? [])
    const type = fieldType(innermost, node.name.value)
    return {
      responseKey,
      internalKey: node.name.value === '__typename' ? '__typename' : internalKey,
      name: node.name.value,
      conditions,
      nodes,
      selection: sets.length > 0 && type && isCompositeType(type) ? this.merge(sets, type, scope) : null,
    }
  }

  #takesArguments(field: FieldNode): boolean {
    return (field.arguments?.length ?? 0) > 0 || this.#supergraph.fieldsWithArguments.has(field.name.value)
  }

  #isIncluded(node: Parameters<typeof getDirectiveValues>[1]): boolean {
    if (!node.directives || node.directives.length === 0) return true
    if (getDirectiveValues(GraphQLSkipDirective, node, this.#variables)?.if === true) return false
    return getDirectiveValues(GraphQLIncludeDirective, node, this.#variables)?.if !== false
  }
}

function fieldType(type: GraphQLNamedType, name: string): GraphQLNamedType | null {
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined
  return field ? getNamedType(field.type) : null
}

function tooLarge(): HubError {
  return new HubError('TOO_LARGE', '查询展开后过大', 'the document is too large once its fragments are inlined')
}
