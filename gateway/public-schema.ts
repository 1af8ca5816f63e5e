import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type NamedTypeNode,
  type SchemaDefinitionNode,
  visit,
} from 'graphql'
import { linksOf } from './sdl.ts'

/** What stays of directives on the schema: those that tell clients something. */
const PUBLIC_DIRECTIVES: ReadonlySet<string> = new Set(['deprecated', 'specifiedBy', 'oneOf'])
/** Anything that may carry directives. */
interface Directed {
  readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined
}

/** The clients' schema of a supergraph: without the machinery of federation and without anything `@inaccessible`. */
export function publicSchema(supergraph: DocumentNode): GraphQLSchema {
  const links = linksOf(supergraph)
  const features = new Set(['link', 'core', 'join', 'federation', ...links.map((link) => link.name)])
  const hiding = links.find((link) => link.feature === 'inaccessible')?.name ?? 'inaccessible'
  const isHidden = (node: Directed) => node.directives?.some((directive) => directive.name.value === hiding) ?? false
  const isMachinery = (name: string) => !name.startsWith('__') && features.has(name.split('__')[0] ?? '') && name.includes('__')

  const hiddenTypes = new Set(
    supergraph.definitions.flatMap((d) => (hasName(d) && 'directives' in d && isHidden(d) ? [d.name.value] : [])),
  )
  const definitions = supergraph.definitions.filter((definition) => {
    // A subgraph's own directive would be lost on the way there: clients may use GraphQL's alone.
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) return false
    return !hasName(definition) || !(hiddenTypes.has(definition.name.value) || isMachinery(definition.name.value))
  })
  const isShown = (node: NamedTypeNode) => !hiddenTypes.has(node.name.value)
  const hide = (node: Directed) => (isHidden(node) ? null : undefined)
  const document: DocumentNode = visit(
    { kind: Kind.DOCUMENT, definitions },
    {
      FieldDefinition: hide,
      InputValueDefinition: hide,
      EnumValueDefinition: hide,
      UnionTypeDefinition: (node) => ({ ...node, types: node.types?.filter(isShown) ?? [] }),
      ObjectTypeDefinition: (node) => ({ ...node, interfaces: node.interfaces?.filter(isShown) ?? [] }),
      InterfaceTypeDefinition: (node) => ({ ...node, interfaces: node.interfaces?.filter(isShown) ?? [] }),
      SchemaDefinition: (node: SchemaDefinitionNode) => ({
        ...node,
        operationTypes: node.operationTypes.filter(({ type }) => isShown(type)),
      }),
      Directive: { leave: (node) => (PUBLIC_DIRECTIVES.has(node.name.value) ? undefined : null) },
    },
  )
  return buildASTSchema(document, { assumeValidSDL: true })
}

function hasName(
  definition: DefinitionNode,
): definition is Extract<DefinitionNode, { readonly name: { readonly value: string } }> {
  return 'name' in definition && definition.name !== undefined
}
