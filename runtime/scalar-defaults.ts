import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType, valueFromAST } from 'graphql'

/**
 * Reads the default values of a schema again, now that its scalars have their own parsers: @apollo/subgraph reads them
 * before it attaches resolvers, and a default of a custom scalar would reach its resolver as the text in the SDL.
 */
export function readDefaults(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const inputs = isInputObjectType(type)
      ? Object.values(type.getFields())
      : isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields()).flatMap((field) => field.args)
        : []
    for (const input of inputs) {
      const written = input.astNode?.defaultValue
      if (written) input.defaultValue = valueFromAST(written, input.type)
    }
  }
}
