import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
  visit,
} from 'graphql'
import { BoundedCache } from '../runtime/bounded-cache.ts'
import { refusal } from '../runtime/execution-error.ts'
import { exceededLimit, type Limits } from './limits.ts'
import { withoutSuggestions } from './suggestions.ts'
import type { Supergraph } from './supergraph.ts'
import type { OperationVariant } from './variant.ts'

/** A document found good, with the operation that is to run. */
export interface PreparedDocument {
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** Variables that decide about `@skip` and `@include`. */
  readonly conditions: readonly string[]
  /** By the values of those variables. */
  readonly variants: BoundedCache<OperationVariant>
}

const MAXIMUM_VARIANTS = 16
const MAXIMUM_VALIDATION_ERRORS = 10

/**
 * Parses, measures and validates a document, once for all its requests.
 * @returns the errors of a bad one, none of which suggests names.
 */
export function prepareDocument(
  query: string,
  operationName: string | undefined,
  supergraph: Supergraph,
  limits: Limits,
): PreparedDocument | readonly GraphQLError[] {
  let document: DocumentNode
  try {
    document = parse(query, { maxTokens: limits.tokens })
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
  const exceeded = exceededLimit(document, limits) ?? reservedAlias(document)
  if (exceeded) return [exceeded]
  const errors = validate(supergraph.schema, document, undefined, { maxErrors: MAXIMUM_VALIDATION_ERRORS })
  if (errors.length > 0) return errors.map(withoutSuggestions)
  const operation = getOperationAST(document, operationName)
  if (!operation) return [refusal('BAD_INPUT', '没有所指的操作', 'the document has no such operation')]
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    return [refusal('UNSUPPORTED', '不支持订阅', 'subscriptions are not supported')]
  }
  return {
    document,
    operation,
    fragments: fragmentsOf(document),
    conditions: conditionsOf(document),
    variants: new BoundedCache(MAXIMUM_VARIANTS),
  }
}

/** Names with two underscores are GraphQL's and the planner's own. */
function reservedAlias(document: DocumentNode): GraphQLError | null {
  let reserved: string | null = null
  visit(document, {
    Field(node) {
      if (node.alias?.value.startsWith('__')) reserved = node.alias.value
    },
  })
  return reserved === null
    ? null
    : refusal('BAD_INPUT', `别名不得以 __ 开头：${reserved}`, `an alias must not begin with __: ${reserved}`)
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((d) => d.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
}

function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive(node) {
      if (node.name.value !== 'skip' && node.name.value !== 'include') return
      for (const { value } of node.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names].sort()
}
