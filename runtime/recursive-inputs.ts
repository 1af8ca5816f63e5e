import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInputType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql'

/** Whether a variable of the operation takes an input object that can hold itself: graphql-jit 0.8 compiles it without end. */
export function takesRecursiveInput(operation: OperationDefinitionNode, schema: GraphQLSchema): boolean {
  return (operation.variableDefinitions ?? []).some((definition) => {
    const type = typeFromAST(schema, definition.type)
    return isInputType(type) && isRecursive(type, [])
  })
}

function isRecursive(type: GraphQLInputType, within: readonly string[]): boolean {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return false
  if (within.includes(named.name)) return true
  return Object.values(named.getFields()).some((field) => isRecursive(field.type, [...within, named.name]))
}
