import { composeServices } from '@theguild/federation-composition'
import {
  buildASTSchema,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql'
import { HubError } from '../model/error.ts'
import { type Requirements, requirementsOf } from './authorization.ts'
import { refuseMiscomposed } from './composable.ts'
import { publicSchema } from './public-schema.ts'
import { internalKeyPrefix } from './response-keys.ts'
import { directiveArguments, parseFieldSet } from './sdl.ts'
import { enforceableDirectives } from './security-directives.ts'

/** A supergraph, read once at start. */
export interface Supergraph {
  readonly sdl: string
  /** What clients see: nothing that is `@inaccessible`. */
  readonly schema: GraphQLSchema
  /** Everything, for the representations that travel between subgraphs. */
  readonly internal: GraphQLSchema
  readonly subgraphs: readonly string[]
  readonly requirements: Requirements
  /** Whether an object of that type meets a type condition; both names from anywhere in the supergraph. */
  satisfies(typename: string, condition: string): boolean
  /** Whether a type name is an object type's. */
  isConcrete(typename: string): boolean
  /** Names of fields that take arguments on any type, hidden arguments included. */
  readonly fieldsWithArguments: ReadonlySet<string>
  /** A field's internal key starts with this; no field's own name does, followed by digits. */
  readonly keyPrefix: string
  /** The resolvable keys by which that subgraph knows the type, as selection sets. */
  keysOf(type: string, subgraph: string): readonly SelectionSetNode[]
}

/**
 * Composes subgraphs into a supergraph's SDL.
 * @throws HubError UNSUPPORTED with every composition error, or for what the composer would compose wrongly.
 */
export function composeSupergraph(subgraphs: readonly { readonly name: string; readonly sdl: string }[]): string {
  const services = subgraphs.map(({ name, sdl }) => ({ name, url: `hub://${name}`, typeDefs: parse(sdl) }))
  for (const { name, typeDefs } of services) refuseMiscomposed(name, typeDefs)
  const result = composeServices(services)
  if (result.errors) {
    const reasons = result.errors.map((error) => error.message).join('; ')
    throw new HubError('UNSUPPORTED', `子图不能组合：${reasons}`, `the subgraphs do not compose: ${reasons}`)
  }
  return result.supergraphSdl
}

/**
 * Reads a supergraph and refuses one that we could not serve safely.
 * @throws HubError UNSUPPORTED for a syntax error or an unenforced security directive, FORBIDDEN when a field hands what it
 * `@requires` to callers who may not read it.
 */
export function readSupergraph(sdl: string): Supergraph {
  const document = parseSupergraph(sdl)
  const directives = enforceableDirectives(document)
  const internal = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true })
  const schema = publicSchema(document)
  const graphs = graphsOf(document)
  const fields = Object.values(internal.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  )
  return {
    sdl,
    schema,
    internal,
    subgraphs: [...graphs.values()],
    requirements: requirementsOf(internal, directives),
    satisfies: typeConditions(internal),
    isConcrete: (typename) => isObjectType(internal.getType(typename)),
    fieldsWithArguments: new Set(fields.filter((field) => field.args.length > 0).map((field) => field.name)),
    keyPrefix: internalKeyPrefix(fields.map((field) => field.name)),
    keysOf: keys(internal, graphs),
  }
}

function parseSupergraph(sdl: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: true })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    throw new HubError('UNSUPPORTED', '超图无法解析', `the supergraph cannot be parsed: ${error.message}`, { cause: error })
  }
}

/** `join__Graph` values and the names they stand for. */
function graphsOf(document: DocumentNode): ReadonlyMap<string, string> {
  const graphs = new Map<string, string>()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue
    for (const value of definition.values ?? []) {
      const join = value.directives?.find((directive) => directive.name.value === 'join__graph')
      graphs.set(value.name.value, join ? String(directiveArguments(join).name) : value.name.value)
    }
  }
  return graphs
}

function typeConditions(schema: GraphQLSchema): (typename: string, condition: string) => boolean {
  const known = new Map<string, boolean>()
  return (typename, condition) => {
    if (typename === condition) return true
    const key = `${typename} ${condition}`
    const remembered = known.get(key)
    if (remembered !== undefined) return remembered
    const [type, abstract] = [schema.getType(typename), schema.getType(condition)]
    const met = isAbstractType(abstract) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type)
    if (type) known.set(key, met) // only names of the schema: an outsider cannot make this grow
    return met
  }
}

/** Keys by type and subgraph; an object's keys include those of its interfaces, which an `@interfaceObject` is known by. */
function keys(schema: GraphQLSchema, graphs: ReadonlyMap<string, string>): Supergraph['keysOf'] {
  const byTypeAndGraph = new Map<string, SelectionSetNode[]>()
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue
    const joins = [type, ...type.getInterfaces()].flatMap((t) => t.astNode?.directives ?? [])
    for (const join of joins) {
      if (join.name.value !== 'join__type') continue
      const { graph, key, resolvable } = directiveArguments(join)
      if (typeof key !== 'string' || resolvable === false) continue
      const id = `${type.name} ${graphs.get(String(graph))}`
      byTypeAndGraph.set(id, [...(byTypeAndGraph.get(id) ?? []), parseFieldSet(key)])
    }
  }
  return (type, subgraph) => byTypeAndGraph.get(`${type} ${subgraph}`) ?? []
}
