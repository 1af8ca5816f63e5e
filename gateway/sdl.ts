import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  parse,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'
import { HubError } from '../model/error.ts'

/** Parses a federation field set: `id organization { id }`. */
export function parseFieldSet(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION)
    throw new HubError('UNSUPPORTED', '字段集有误', `not a field set: ${fields}`)
  return definition.selectionSet
}

/** The arguments of a directive in an SDL as plain values. */
export function directiveArguments(directive: ConstDirectiveNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries((directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]))
}

/** A specification a supergraph builds on, by `@link`. */
export interface Link {
  readonly url: string
  /** `inaccessible` of `https://specs.apollo.dev/inaccessible/v0.2`. */
  readonly feature: string
  readonly version: string
  /** The name its directive and types go by in this supergraph. */
  readonly name: string
  /** `SECURITY`, `EXECUTION` or null. */
  readonly purpose: string | null
}

/** Every `@link` of a supergraph's schema definition. */
export function linksOf(supergraph: DocumentNode): Link[] {
  return supergraph.definitions
    .filter(
      (d): d is SchemaDefinitionNode | SchemaExtensionNode =>
        d.kind === Kind.SCHEMA_DEFINITION || d.kind === Kind.SCHEMA_EXTENSION,
    )
    .flatMap((definition) => definition.directives ?? [])
    .filter((directive) => directive.name.value === 'link' || directive.name.value === 'core')
    .map((directive) => {
      const { url, feature: core, as, for: purpose } = directiveArguments(directive)
      const address = String(url ?? core ?? '')
      const [feature = '', version = ''] = address.split('/').slice(-2)
      return { url: address, feature, version, name: as ? String(as) : feature, purpose: purpose ? String(purpose) : null }
    })
}
