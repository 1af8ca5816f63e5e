import { type ArgumentNode, type OperationTypeNode, print, type VariableDefinitionNode, visit } from 'graphql'
import type { SelectedField, Selection } from './selection.ts'

/** The document the planner sees: one anonymous operation, no fragments, no directives, internal keys and variable names. */
export interface InternalDocument {
  readonly text: string
  /** The client's variables by their internal names. */
  readonly variables: ReadonlyMap<string, string>
}

/**
 * Writes the planner's document for a client's selection. The same question asked with other aliases, fragments, names of
 * variables or operation gives the same text, which is therefore the key of the plan.
 * Root fields of introspection are left out; null when nothing else was asked.
 */
export function internalDocument(
  kind: OperationTypeNode,
  selection: Selection,
  definitions: readonly VariableDefinitionNode[],
): InternalDocument | null {
  const root = { ...selection, fields: selection.fields.filter((field) => !field.name.startsWith('__')) }
  if (root.fields.length === 0) return null
  const names = new Map<string, string>()
  const body = printSelection(root, names)
  const declared = [...names].map(([clients, internal]) => {
    const definition = definitions.find((d) => d.variable.name.value === clients)
    const byDefault = definition?.defaultValue ? `=${print(definition.defaultValue)}` : ''
    return definition ? `$${internal}:${print(definition.type)}${byDefault}` : ''
  })
  const text = `${kind}${declared.length > 0 ? `(${declared.join(',')})` : ''}${body}`
  return { text, variables: new Map([...names].map(([clients, internal]) => [internal, clients])) }
}

function printSelection(selection: Selection, names: Map<string, string>): string {
  const byConditions = new Map<string, { readonly conditions: readonly string[]; readonly fields: string[] }>()
  let asksType = selection.fields.length === 0 // all of them skipped: a selection must not be empty
  for (const field of selection.fields) {
    if (field.name === '__typename' || field.conditions.length > 0) asksType = true
    if (field.name === '__typename') continue
    const id = field.conditions.join('/')
    const group = byConditions.get(id) ?? { conditions: field.conditions, fields: [] }
    byConditions.set(id, group)
    group.fields.push(printField(field, names))
  }
  const parts = [...byConditions.values()].map(({ conditions, fields }) =>
    conditions.reduceRight((inner, condition) => `...on ${condition}{${inner}}`, fields.join(' ')),
  )
  return `{${[...(asksType ? ['__typename'] : []), ...parts].join(' ')}}`
}

function printField(field: SelectedField, names: Map<string, string>): string {
  const alias = field.internalKey === field.name ? '' : `${field.internalKey}:`
  const given = field.nodes[0]?.arguments ?? []
  const args = given.length > 0 ? `(${given.map((argument) => printArgument(argument, names)).join(',')})` : ''
  return `${alias}${field.name}${args}${field.selection ? printSelection(field.selection, names) : ''}`
}

function printArgument(argument: ArgumentNode, names: Map<string, string>): string {
  return print(
    visit(argument, {
      Variable(node) {
        const internal = names.get(node.name.value) ?? `v${names.size}`
        names.set(node.name.value, internal)
        return { ...node, name: { ...node.name, value: internal } }
      },
    }),
  )
}
