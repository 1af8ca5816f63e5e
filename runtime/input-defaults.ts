import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql'

type Variables = Readonly<Record<string, unknown>>

/**
 * graphql-jit 0.8 refuses an input object in a variable that leaves out a non-null field with a default value. Gives what
 * writes such defaults into the variables of an operation, or null when no variable of it can hold such an object.
 */
export function inputDefaults(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): ((given: Variables) => Variables) | null {
  const concerned = (operation.variableDefinitions ?? []).flatMap((definition) => {
    const type = typeFromAST(schema, definition.type)
    return isInputType(type) && holdsDefaults(type, new Set()) ? [{ name: definition.variable.name.value, type }] : []
  })
  if (concerned.length === 0) return null
  return (given) => {
    const filled = { ...given }
    for (const { name, type } of concerned) if (Object.hasOwn(given, name)) filled[name] = withDefaults(given[name], type)
    return filled
  }
}

function holdsDefaults(type: GraphQLInputType, seen: Set<string>): boolean {
  const named = getNamedType(type)
  if (!isInputObjectType(named) || seen.has(named.name)) return false
  seen.add(named.name)
  const fields = Object.values(named.getFields())
  return (
    fields.some((field) => isNonNullType(field.type) && field.astNode?.defaultValue) ||
    fields.some((f) => holdsDefaults(f.type, seen))
  )
}

function withDefaults(value: unknown, type: GraphQLInputType): unknown {
  const nullable = getNullableType(type)
  if (isListType(nullable)) {
    return Array.isArray(value) ? value.map((item) => withDefaults(item, nullable.ofType)) : withDefaults(value, nullable.ofType)
  }
  if (!isInputObjectType(nullable) || typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const filled: Record<string, unknown> = { ...value }
  for (const field of Object.values(nullable.getFields())) {
    if (filled[field.name] !== undefined) filled[field.name] = withDefaults(filled[field.name], field.type)
    else if (isNonNullType(field.type) && field.astNode?.defaultValue) {
      filled[field.name] = valueFromASTUntyped(field.astNode.defaultValue)
    }
  }
  return filled
}
