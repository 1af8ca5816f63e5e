import {
  type ArgumentNode,
  type GraphQLArgument,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  type OperationTypeNode,
  type VariableDefinitionNode,
} from 'graphql'
import { InternalVariables } from './internal-variables.ts'
import type { SelectedField, Selection } from './selection.ts'

/** The document the planner sees: one anonymous operation, no fragments, directives or constants, internal keys and variables. */
export interface InternalDocument {
  readonly text: string
  /** The client's variables by their internal names. */
  readonly variables: ReadonlyMap<string, string>
  /** Values of the variables that stand for the client's constants, by their internal names. */
  readonly constants: Readonly<Record<string, unknown>>
}

/**
 * Writes the planner's document for a client's selection. The same question asked with other aliases, fragments, constants,
 * names of variables or operation gives the same text, which is therefore the key of the plan.
 * Root fields of introspection are left out; null when nothing else was asked.
 * @param schema knows every field selected and its arguments.
 */
export function internalDocument(
  kind: OperationTypeNode,
  selection: Selection,
  definitions: readonly VariableDefinitionNode[],
  schema: GraphQLSchema,
): InternalDocument | null {
  const root = { ...selection, fields: selection.fields.filter((field) => !field.name.startsWith('__')) }
  if (root.fields.length === 0) return null
  const writer = new DocumentWriter(schema, new InternalVariables(definitions))
  const body = writer.selection(root)
  const { declarations, clients, constants } = writer.variables
  return { text: `${kind}${declarations}${body}`, variables: clients, constants }
}

class DocumentWriter {
  readonly variables: InternalVariables
  readonly #schema: GraphQLSchema

  constructor(schema: GraphQLSchema, variables: InternalVariables) {
    this.#schema = schema
    this.variables = variables
  }

  selection(selection: Selection): string {
    const byConditions = new Map<string, { readonly conditions: readonly string[]; readonly fields: string[] }>()
    let asksType = selection.fields.length === 0 // all of them skipped: a selection must not be empty
    for (const field of selection.fields) {
      if (field.name === '__typename' || field.conditions.length > 0) asksType = true
      if (field.name === '__typename') continue
      const id = field.conditions.join('/')
      const group = byConditions.get(id) ?? { conditions: field.conditions, fields: [] }
      byConditions.set(id, group)
      group.fields.push(this.#field(field, field.conditions.at(-1) ?? selection.type.name))
    }
    const parts = [...byConditions.values()].map(({ conditions, fields }) =>
      conditions.reduceRight((inner, condition) => `...on ${condition}{${inner}}`, fields.join(' ')),
    )
    return `{${[...(asksType ? ['__typename'] : []), ...parts].join(' ')}}`
  }

  #field(field: SelectedField, typename: string): string {
    const alias = field.internalKey === field.name ? '' : `${field.internalKey}:`
    const given = field.nodes[0]?.arguments ?? []
    const args = given.length > 0 ? `(${this.#arguments(given, field.name, typename)})` : ''
    return `${alias}${field.name}${args}${field.selection ? this.selection(field.selection) : ''}`
  }

  #arguments(given: readonly ArgumentNode[], field: string, typename: string): string {
    const known = this.#argumentsOf(typename, field)
    const typeOf = (name: string) => known.find((argument) => argument.name === name)?.type
    return given.map(({ name, value }) => `${name.value}:${this.variables.print(value, typeOf(name.value))}`).join(',')
  }

  #argumentsOf(typename: string, field: string): readonly GraphQLArgument[] {
    const type = this.#schema.getType(typename)
    return isObjectType(type) || isInterfaceType(type) ? (type.getFields()[field]?.args ?? []) : []
  }
}
