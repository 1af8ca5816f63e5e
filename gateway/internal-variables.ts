import {
  type ConstValueNode,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isSpecifiedScalarType,
  Kind,
  print,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql'

/**
 * The variables of the planner's document: the client's under names of our own, and every constant the client wrote out.
 * So documents that differ in their constants alone share one plan and one compiled operation in every subgraph.
 * A constant stays where it is when a variable could not carry it unchanged: a custom scalar's number or object (a parser may
 * read more from its text than JSON keeps), and all of a `@oneOf` (whose members take no nullable variable).
 */
export class InternalVariables {
  /** Internal names by the client's. */
  readonly #names = new Map<string, string>()
  readonly #declarations: string[] = []
  readonly #definitions: readonly VariableDefinitionNode[]
  readonly #constants: Record<string, unknown> = {}
  #count = 0

  constructor(definitions: readonly VariableDefinitionNode[]) {
    this.#definitions = definitions
  }

  /** `($v0:ID!,$v1:Int=1)`; empty without variables. */
  get declarations(): string {
    return this.#declarations.length > 0 ? `(${this.#declarations.join(',')})` : ''
  }

  /** The client's names by the internal ones. */
  get clients(): ReadonlyMap<string, string> {
    return new Map([...this.#names].map(([clients, internal]) => [internal, clients]))
  }

  /** The values of the constants taken out, by internal name. Never to be changed: every request gets the same. */
  get constants(): Readonly<Record<string, unknown>> {
    return this.#constants
  }

  /** A value as it stands in the planner's document. @param type of its place; left out, its constants stay in it. */
  print(value: ValueNode, type?: GraphQLInputType): string {
    if (value.kind === Kind.VARIABLE) return `$${this.#nameOf(value.name.value)}`
    const taken = type && isConstant(value) ? constantOf(value, type) : null
    if (type && taken) return `$${this.#take(taken.value, type)}`
    if (value.kind !== Kind.LIST && value.kind !== Kind.OBJECT) return print(value)
    const nullable = type && getNullableType(type)
    if (value.kind === Kind.LIST) {
      const item = isListType(nullable) ? nullable.ofType : undefined
      return `[${value.values.map((v) => this.print(v, item)).join(',')}]`
    }
    const fields = isInputObjectType(nullable) && !nullable.isOneOf ? nullable.getFields() : {}
    return `{${value.fields.map((f) => `${f.name.value}:${this.print(f.value, fields[f.name.value]?.type)}`).join(',')}}`
  }

  #nameOf(clients: string): string {
    const known = this.#names.get(clients)
    if (known) return known
    const name = `v${this.#count++}`
    this.#names.set(clients, name)
    const definition = this.#definitions.find((d) => d.variable.name.value === clients)
    const byDefault = definition?.defaultValue ? `=${print(definition.defaultValue)}` : ''
    if (definition) this.#declarations.push(`$${name}:${print(definition.type)}${byDefault}`)
    return name
  }

  #take(value: unknown, type: GraphQLInputType): string {
    const name = `v${this.#count++}`
    this.#declarations.push(`$${name}:${type}`)
    this.#constants[name] = value
    return name
  }
}

function isConstant(value: ValueNode): value is ConstValueNode {
  if (value.kind === Kind.LIST) return value.values.every(isConstant)
  if (value.kind === Kind.OBJECT) return value.fields.every((field) => isConstant(field.value))
  return value.kind !== Kind.VARIABLE
}

/** A constant of a valid document as a client would send it in a variable; null when that would not be the same. */
function constantOf(node: ConstValueNode, type: GraphQLInputType): { readonly value: unknown } | null {
  const nullable = getNullableType(type)
  if (node.kind === Kind.NULL) return { value: null }
  if (isListType(nullable)) {
    const items = (node.kind === Kind.LIST ? node.values : [node]).map((item) => constantOf(item, nullable.ofType))
    return items.includes(null) ? null : { value: Object.freeze(items.map((item) => item?.value)) }
  }
  if (isInputObjectType(nullable)) {
    if (node.kind !== Kind.OBJECT) return null
    const members: [string, unknown][] = []
    for (const field of node.fields) {
      const definition = nullable.getFields()[field.name.value]
      const member = definition && constantOf(field.value, definition.type)
      if (!member) return null
      members.push([field.name.value, member.value])
    }
    return { value: Object.freeze(Object.fromEntries(members)) }
  }
  if (isEnumType(nullable)) return node.kind === Kind.ENUM ? { value: node.value } : null
  if (node.kind === Kind.STRING || node.kind === Kind.BOOLEAN) return { value: node.value }
  if (!isSpecifiedScalarType(nullable) || (node.kind !== Kind.INT && node.kind !== Kind.FLOAT)) return null
  if (nullable.name === 'ID') return { value: node.value }
  const number = Number(node.value)
  return Number.isFinite(number) ? { value: number } : null // JSON has no infinity
}
