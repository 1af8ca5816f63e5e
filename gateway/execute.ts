import type { GraphQLError } from 'graphql'
import type { RequestContext, SubgraphExecutor } from '../model/subgraph.ts'
import { fetchEntities } from './entity-fetch.ts'
import { ErrorList } from './error-list.ts'
import { mergeInto } from './merge.ts'
import type { Patience } from './patience.ts'
import type { RootFetch, Step } from './planner/plan.ts'
import type { Rec } from './record.ts'
import type { KeyScope } from './response-keys.ts'
import { applyRewrites } from './rewrites.ts'
import { callSubgraph, rootKeys } from './subgraph-call.ts'
import type { Supergraph } from './supergraph.ts'

/** All that one execution needs beside the plan. */
export interface ExecutionInput {
  readonly supergraph: Supergraph
  readonly executors: ReadonlyMap<string, SubgraphExecutor>
  /** By the names they have in the planner's document. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: RequestContext
  readonly patience: Patience
  readonly keys: KeyScope
}

/** The tree as it grows, under internal keys, and the errors on the way, under the client's paths. */
export interface Execution extends ExecutionInput {
  readonly data: Rec
  readonly errors: ErrorList
}

/**
 * Walks a plan. Never rejects for what a subgraph does: a fetch that fails leaves its fields out and errors in the list.
 * @returns everything fetched, by internal keys, and the errors by the client's.
 */
export async function executePlan(
  step: Step,
  input: ExecutionInput,
): Promise<{ readonly data: Rec; readonly errors: readonly GraphQLError[] }> {
  const execution: Execution = { ...input, data: {}, errors: new ErrorList(input.keys) }
  await run(step, execution)
  return { data: execution.data, errors: execution.errors.all }
}

async function run(step: Step, execution: Execution): Promise<void> {
  switch (step.kind) {
    case 'sequence':
      for (const next of step.steps) await run(next, execution)
      return
    case 'parallel':
      await Promise.all(step.steps.map((next) => run(next, execution)))
      return
    case 'condition': {
      const branch = execution.variables[step.variable] === true ? step.whenTrue : step.otherwise
      if (branch) await run(branch, execution)
      return
    }
    case 'root':
      return fetchRoot(step, execution)
    case 'entities':
      return fetchEntities(step, execution)
  }
}

async function fetchRoot(fetch: RootFetch, execution: Execution): Promise<void> {
  const { data, errors } = await callSubgraph(fetch, {}, execution)
  for (const error of errors) {
    if (error.path || data) execution.errors.add(error, error.path)
    else
      execution.errors.addAt(
        error,
        rootKeys(fetch.operation).map((key) => [key]),
      )
  }
  if (!data) return
  applyRewrites(data, fetch.outputRewrites, execution.supergraph.satisfies)
  if (!mergeInto(execution.data, data, fetch.scalars, execution.supergraph.isConcrete))
    execution.errors.disagreement(fetch.subgraph, [])
}
