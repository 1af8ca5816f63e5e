import { buildSubgraphSchema } from '@apollo/subgraph'
import { type ExecutionResult, type GraphQLError, type GraphQLSchema, parse } from 'graphql'
import {
  MAXIMUM_REPRESENTATIONS,
  type PartHealth,
  type RequestContext,
  type Subgraph,
  type SubgraphRequest,
} from '../model/subgraph.ts'
import { compiledOperations } from './compiled-operations.ts'
import { presentError, refusal } from './execution-error.ts'
import { readDefaults } from './scalar-defaults.ts'
import { settleLists } from './settled-lists.ts'

/**
 * A resolver of a field `(parent, arguments, context, info)`, a `__resolveReference` `(representation, context, info)` or a
 * `__resolveType` `(value, context, info)`. It may be written with narrower parameters than GraphQL can promise.
 * Values must be data: a method on an object is never called for a field. `__resolveType` must not be asynchronous.
 */
export type Resolver = (...parameters: never[]) => unknown

/** Resolvers by type and field; a scalar's entry is its GraphQLScalarType. */
export type Resolvers = Readonly<Record<string, object>>

export interface LocalSubgraphOptions {
  readonly name: string
  /** SDL with federation directives. */
  readonly sdl: string
  readonly resolvers: Resolvers
  /** What resolvers need beside caller and request id; called once for each operation. */
  readonly context?: (request: RequestContext) => object
  readonly health?: () => Promise<PartHealth>
  readonly close?: () => Promise<void>
}

type SchemaModule = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number]

/**
 * Serves a subgraph in this process. Every operation is compiled once and kept (bounded). Variables arrive as they are.
 * An error thrown as HubError carries `extensions` `{ code, zh, en }`; any other keeps its `originalError` for the
 * gateway's log and has no code, so that the gateway masks it.
 * @throws HubError UNSUPPORTED when a `__resolveType` is asynchronous; GraphQLError when the SDL is wrong.
 */
export function localSubgraph(options: LocalSubgraphOptions): Subgraph {
  const { name, sdl, resolvers, context } = options
  const schema = subgraphSchema(sdl, resolvers)
  const operations = compiledOperations(schema)

  async function execute(request: SubgraphRequest): Promise<ExecutionResult> {
    const tooMany = refuseTooMany(request)
    if (tooMany) return { errors: [tooMany] }
    const contextValue = contextOf(request, context?.(request.context))
    const result = await operations.run(request.query, request.operationName, request.variables ?? {}, contextValue)
    return result.errors ? { ...result, errors: result.errors.map(presentError) } : result
  }

  return {
    name,
    sdl,
    execute,
    health: options.health ?? (async () => ({ part: name, healthy: true })),
    close: options.close ?? (async () => {}),
  }
}

/** What resolvers see. The signal is asked for when a resolver looks at it: to make one for nobody is dear. */
function contextOf(request: SubgraphRequest, own: object | undefined): object {
  const { caller, requestId } = request.context
  return {
    caller,
    requestId,
    get signal() {
      return request.signal
    },
    ...own,
  }
}

/** The executable schema of a subgraph, with `_entities` and `_service`. */
export function subgraphSchema(sdl: string, resolvers: Resolvers): GraphQLSchema {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: rejecting(resolvers) } as SchemaModule])
  readDefaults(schema)
  settleLists(schema)
  return schema
}

/** A `__resolveReference` that throws at once would take every other entity of the request with it: let it reject instead. */
function rejecting(resolvers: Resolvers): Resolvers {
  return Object.fromEntries(
    Object.entries(resolvers).map(([type, fields]) => {
      if (!('__resolveReference' in fields) || typeof fields.__resolveReference !== 'function') return [type, fields]
      const resolve = fields.__resolveReference
      const rejectingResolve = (...parameters: unknown[]) => {
        try {
          return resolve(...parameters)
        } catch (error) {
          return Promise.reject(error)
        }
      }
      return [type, { ...fields, __resolveReference: rejectingResolve }]
    }),
  )
}

/** Any variable that is a list may be a list of representations: none may be longer than the bound. */
function refuseTooMany(request: SubgraphRequest): GraphQLError | null {
  for (const value of Object.values(request.variables ?? {})) {
    if (Array.isArray(value) && value.length > MAXIMUM_REPRESENTATIONS && request.query.includes('_entities')) {
      return refusal(
        'TOO_LARGE',
        `一次最多 ${MAXIMUM_REPRESENTATIONS} 个实体`,
        `at most ${MAXIMUM_REPRESENTATIONS} representations at once`,
      )
    }
  }
  return null
}
