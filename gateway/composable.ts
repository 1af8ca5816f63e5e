import { type DocumentNode, Kind, type ObjectTypeDefinitionNode, type ObjectTypeExtensionNode } from 'graphql'
import { HubError } from '../model/error.ts'

/**
 * Refuses what the composer composes wrongly: it forgets that a field of an `@interfaceObject` is `@external` and has that
 * subgraph asked for it, which answers null.
 * @throws HubError UNSUPPORTED
 */
export function refuseMiscomposed(subgraph: string, sdl: DocumentNode): void {
  for (const definition of sdl.definitions) {
    if (!isObject(definition) || !has(definition, 'interfaceObject')) continue
    const field = definition.fields?.find((candidate) => has(candidate, 'external'))
    if (!field) continue
    const name = `${definition.name.value}.${field.name.value}`
    throw new HubError(
      'UNSUPPORTED',
      `子图 ${subgraph}：@interfaceObject 的字段 ${name} 不得为 @external`,
      `subgraph ${subgraph}: a field of an @interfaceObject must not be @external: ${name}`,
    )
  }
}

function isObject(node: DocumentNode['definitions'][number]): node is ObjectTypeDefinitionNode | ObjectTypeExtensionNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION
}

/** By its own name or, where it is not imported, by the specification's prefix. */
function has(
  node: { readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined },
  directive: string,
): boolean {
  return node.directives?.some(({ name }) => name.value === directive || name.value === `federation__${directive}`) ?? false
}
