import { randomUUID } from 'node:crypto'
import { type ExecutionResult, GraphQLError, type GraphQLSchema, getVariableValues } from 'graphql'
import { type Caller, PUBLIC } from '../model/caller.ts'
import { HubError } from '../model/error.ts'
import type { PartHealth, RequestContext, Subgraph, SubgraphExecutor } from '../model/subgraph.ts'
import { BoundedCache } from '../runtime/bounded-cache.ts'
import { presentError, refusal } from '../runtime/execution-error.ts'
import { type Log, SILENT } from '../runtime/log.ts'
import { completeResult } from './complete.ts'
import { executePlan } from './execute.ts'
import { executorsOf, isList, type Subgraphs } from './executors.ts'
import { DEFAULT_LIMITS, exceededListSize, type Limits, tooMuch } from './limits.ts'
import { Patience } from './patience.ts'
import type { Step } from './planner/plan.ts'
import { Planner } from './planner/planner.ts'
import { type PreparedDocument, prepareDocument } from './prepare.ts'
import type { Rec } from './record.ts'
import { withoutSuggestions } from './suggestions.ts'
import { composeSupergraph, readSupergraph, type Supergraph } from './supergraph.ts'
import { forbiddenField, introspect, type OperationVariant, planOf, variantOf } from './variant.ts'

export interface GatewayOptions {
  /** A supergraph's SDL; left out, the subgraphs are composed, which then must carry their SDL. */
  readonly supergraph?: string
  readonly subgraphs: Subgraphs
  /** Signs requests to URLs; without it they are plain GraphQL over HTTP. */
  readonly hubKey?: Uint8Array
  /** Documents to be planned before the gateway is ready. */
  readonly trustedDocuments?: readonly string[]
  readonly limits?: Partial<Limits>
  /** Milliseconds for one fetch from a subgraph; 10,000 by default. */
  readonly subgraphTimeout?: number
  /** Whether callers without a scope may ask `__schema` and `__type`; true by default, the public door says no in production. */
  readonly publicIntrospection?: boolean
  readonly log?: Log
  /** Another planner process, for tests. */
  readonly plannerWorker?: URL
}

export interface GatewayRequest {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined
  readonly operationName?: string | null | undefined
  readonly context?: Partial<RequestContext>
  readonly signal?: AbortSignal
}

/** A request found good: all that is left is to run it. */
export interface BoundRequest {
  readonly prepared: PreparedDocument
  readonly variant: OperationVariant
  readonly plan: Step | null
  readonly variables: Rec
  readonly context: RequestContext
  readonly signal: AbortSignal | undefined
}

const MAXIMUM_DOCUMENTS = 1_000
/** Longer documents are prepared anew each time: strangers could fill the memory with them. */
const MAXIMUM_KEPT_LENGTH = 10_000
const MAXIMUM_VARIABLE_ERRORS = 10

/**
 * Starts a gateway.
 * @throws HubError UNSUPPORTED when the subgraphs do not compose or the supergraph relies on what we do not enforce,
 * FORBIDDEN when a field would hand on protected ones, BAD_INPUT when a subgraph of the supergraph is missing or a trusted
 * document is wrong, UNAVAILABLE when the planner does not start.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const subgraphs = isList(options.subgraphs) ? options.subgraphs : []
  const supergraph = readSupergraph(options.supergraph ?? composeSupergraph(subgraphs))
  const executors = executorsOf(options.subgraphs, options.hubKey)
  const missing = supergraph.subgraphs.filter((name) => !executors.has(name))
  if (missing.length > 0) throw new HubError('BAD_INPUT', `缺少子图 ${missing}`, `no executor for subgraphs ${missing}`)
  const planner = await Planner.start({
    supergraph: supergraph.sdl,
    log: options.log ?? SILENT,
    ...(options.plannerWorker ? { worker: options.plannerWorker } : {}),
  })
  const gateway = new Gateway(options, supergraph, executors, planner, subgraphs)
  try {
    for (const document of options.trustedDocuments ?? []) await gateway.trust(document)
  } catch (error) {
    await planner.close()
    throw error
  }
  return gateway
}

/** The hub's graph as one: prepares documents once, binds requests to them, runs them over the subgraphs. */
export class Gateway {
  readonly #options: GatewayOptions
  readonly #supergraph: Supergraph
  readonly #executors: ReadonlyMap<string, SubgraphExecutor>
  readonly #planner: Planner
  readonly #subgraphs: readonly Subgraph[]
  readonly #limits: Limits
  readonly #documents = new BoundedCache<PreparedDocument>(MAXIMUM_DOCUMENTS)
  readonly #trusted = new Map<string, PreparedDocument>()

  constructor(
    options: GatewayOptions,
    supergraph: Supergraph,
    executors: ReadonlyMap<string, SubgraphExecutor>,
    planner: Planner,
    subgraphs: readonly Subgraph[],
  ) {
    this.#options = options
    this.#supergraph = supergraph
    this.#executors = executors
    this.#planner = planner
    this.#subgraphs = subgraphs
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits }
  }

  /** What clients may ask. */
  get schema(): GraphQLSchema {
    return this.#supergraph.schema
  }

  /** Answers one request, whatever it is; request errors come without `data`. */
  async execute(request: GatewayRequest): Promise<ExecutionResult> {
    const bound = await this.bind(request)
    return 'plan' in bound ? this.run(bound) : { errors: bound }
  }

  /** The document of a request found good, from the cache where it was met before; or its errors. */
  prepare(query: string, operationName?: string | null): PreparedDocument | readonly GraphQLError[] {
    const key = operationName ? `${operationName}\0${query}` : query // no document holds a NUL
    const known = this.#trusted.get(key) ?? this.#documents.get(key)
    if (known) return known
    const prepared = prepareDocument(query, operationName ?? undefined, this.#supergraph, this.#limits)
    if ('operation' in prepared && key.length <= MAXIMUM_KEPT_LENGTH) this.#documents.set(key, prepared)
    return prepared
  }

  /** Everything before running: variables, limits, authorization, plan. Resolves with errors instead when one says no. */
  async bind(request: GatewayRequest): Promise<BoundRequest | readonly GraphQLError[]> {
    const context: RequestContext = {
      caller: request.context?.caller ?? PUBLIC,
      requestId: request.context?.requestId ?? randomUUID(),
    }
    const prepared = this.prepare(request.query, request.operationName)
    if (!('operation' in prepared)) return prepared
    const variables = this.#variables(prepared, request.variables ?? {})
    if (!variables.coerced) return variables.errors
    try {
      const variant = variantOf(prepared, variables.coerced, this.#supergraph)
      const refused = this.#refusal(variant, context.caller)
      if (refused) return [refused]
      const plan = await planOf(variant, this.#planner)
      return { prepared, variant, plan, variables: variables.coerced, context, signal: request.signal }
    } catch (error) {
      if (!(error instanceof HubError)) throw error
      return [presentError(new GraphQLError(error.message, { originalError: error }))]
    }
  }

  /** Runs what `bind` gave. Errors of subgraphs stand in the result; those without a code are not for clients to see. */
  async run(bound: BoundRequest): Promise<ExecutionResult> {
    const { variant, plan, variables, context, signal } = bound
    const fetched = plan ? await this.#fetch(plan, bound) : { data: {}, errors: [] }
    const errors = [...fetched.errors]
    if (signal?.aborted) errors.push(refusal('UNAVAILABLE', '请求已取消', 'the request was cancelled'))
    let data = completeResult(variant.shape, variant.rootType, fetched.data, errors, this.#supergraph)
    if (data && variant.introspection) {
      const introspected = await introspect(variant.introspection, variables, this.#supergraph)
      data = inClientOrder({ ...data, ...introspected.data }, variant)
      errors.push(...(introspected.errors ?? []))
    }
    for (const error of errors) this.#note(error, context)
    return errors.length > 0 ? { errors, data } : { data }
  }

  /** How the planner and every subgraph are. */
  async health(): Promise<PartHealth[]> {
    const parts = await Promise.all(this.#subgraphs.map((subgraph) => healthOf(subgraph)))
    return [{ part: 'planner', healthy: this.#planner.healthy }, ...parts]
  }

  /** Prepares and plans a document for good: neither it nor its plan is ever dropped. @throws HubError BAD_INPUT when it is wrong. */
  async trust(query: string): Promise<void> {
    const prepared = this.prepare(query)
    if (!('operation' in prepared)) {
      const reasons = prepared.map((error) => error.message).join('; ')
      throw new HubError('BAD_INPUT', `受信查询有误：${reasons}`, `a trusted document is wrong: ${reasons}`)
    }
    this.#trusted.set(query, prepared)
    await planOf(variantOf(prepared, {}, this.#supergraph), this.#planner)
  }

  /** Ends the planner. The subgraphs belong to whoever opened them. */
  async close(): Promise<void> {
    await this.#planner.close()
  }

  #variables(prepared: PreparedDocument, given: Readonly<Record<string, unknown>>) {
    const exceeded = exceededListSize(given, this.#limits) // before coercion, which walks every item
    if (exceeded) return { errors: [exceeded] }
    const definitions = prepared.operation.variableDefinitions ?? []
    const result = getVariableValues(this.#supergraph.schema, definitions, given, { maxErrors: MAXIMUM_VARIABLE_ERRORS })
    return result.coerced ? { coerced: result.coerced } : { errors: result.errors.map(withoutSuggestions) }
  }

  #refusal(variant: OperationVariant, caller: Caller): GraphQLError | null {
    const isPublic = caller.scopes.length === 0
    if (variant.introspection && isPublic && this.#options.publicIntrospection === false) {
      return refusal('FORBIDDEN', '不开放自省', 'introspection is not open to the public')
    }
    const limit = isPublic ? this.#limits.publicCost : this.#limits.memberCost
    if (variant.cost > limit) return tooMuch('查询代价', 'cost', limit)
    return forbiddenField(variant, caller)
  }

  async #fetch(plan: Step, { variant, variables, context, signal }: BoundRequest) {
    const internal: Rec = { ...variant.internal?.constants }
    for (const [name, clients] of variant.internal?.variables ?? []) {
      if (Object.hasOwn(variables, clients)) internal[name] = variables[clients]
    }
    const patience = new Patience(this.#options.subgraphTimeout ?? 10_000, signal)
    const { keys } = variant
    const [supergraph, executors] = [this.#supergraph, this.#executors]
    try {
      return await executePlan(plan, { supergraph, executors, variables: internal, context, patience, keys })
    } finally {
      patience.end()
    }
  }

  /** The log keeps what the client will not see: every error without a code, and why a subgraph did not answer. */
  #note(error: GraphQLError, { requestId, caller }: RequestContext): void {
    const { code } = error.extensions
    if (code !== undefined && code !== 'UNAVAILABLE') return
    const fields = { requestId, caller: caller.id, path: error.path, reason: error.message, err: error.originalError }
    this.#options.log?.error(fields, 'a subgraph failed')
  }
}

async function healthOf(subgraph: Subgraph): Promise<PartHealth> {
  try {
    return await subgraph.health()
  } catch (error) {
    return { part: subgraph.name, healthy: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

function inClientOrder(data: Rec, variant: OperationVariant): Rec {
  return Object.fromEntries(variant.shape.keys.filter((key) => key in data).map((key) => [key, data[key]]))
}
