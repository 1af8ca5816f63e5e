import { type ConstDirectiveNode, Kind, parse, type SelectionSetNode, valueFromASTUntyped } from 'graphql'
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
