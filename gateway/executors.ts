import type { ExecutionResult } from 'graphql'
import type { Subgraph, SubgraphExecutor } from '../model/subgraph.ts'
import { httpSubgraph } from './http-subgraph.ts'
import { isRecord } from './record.ts'

/** The subgraphs themselves, or by name a function or the URL of a GraphQL server. */
export type Subgraphs = readonly Subgraph[] | Readonly<Record<string, SubgraphExecutor | string>>

export function isList(subgraphs: Subgraphs): subgraphs is readonly Subgraph[] {
  return Array.isArray(subgraphs)
}

/**
 * What to call for each subgraph.
 * @param key signs requests to URLs; without it they are plain GraphQL over HTTP.
 */
export function executorsOf(subgraphs: Subgraphs, key: Uint8Array | undefined): ReadonlyMap<string, SubgraphExecutor> {
  if (isList(subgraphs)) return new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph.execute]))
  return new Map(
    Object.entries(subgraphs).map(([name, executor]) => {
      if (typeof executor !== 'string') return [name, copying(executor)]
      return [name, httpSubgraph({ url: executor, ...(key ? { key } : {}) })]
    }),
  )
}

/** A foreign function may hand out the same objects again, or frozen ones; the gateway grows its tree in what it gets. */
function copying(executor: SubgraphExecutor): SubgraphExecutor {
  return async (request) => {
    const result: unknown = await executor(request)
    return (isRecord(result) && isRecord(result.data) ? { ...result, data: copy(result.data) } : result) as ExecutionResult
  }
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)]))
}
