import type {
  FetchNode,
  FetchRewrite,
  FlattenNodePathSegment,
  PlanNode,
  QueryPlan,
  RequiresSelection,
} from '@graphql-hive/router-query-planner'
import { HubError } from '../../model/error.ts'

/** What the executor walks: the planner's nodes with every entity fetch, batched or not, in one form. */
export type Step =
  | { readonly kind: 'sequence'; readonly steps: readonly Step[] }
  | { readonly kind: 'parallel'; readonly steps: readonly Step[] }
  | { readonly kind: 'condition'; readonly variable: string; readonly whenTrue: Step | null; readonly otherwise: Step | null }
  | RootFetch
  | EntityFetch

interface Fetch {
  readonly subgraph: string
  readonly operation: string
  readonly variables: readonly string[]
}

/** Root fields of one subgraph. */
export interface RootFetch extends Fetch {
  readonly kind: 'root'
  readonly scalars: ScalarPaths | null
  readonly outputRewrites: readonly Rewrite[]
}

/** Fields of entities that are already in the tree; one or more `_entities` in one operation. */
export interface EntityFetch extends Fetch {
  readonly kind: 'entities'
  readonly batches: readonly EntityBatch[]
}

export interface EntityBatch {
  /** `_entities` or the planner's alias of it. */
  readonly key: string
  readonly variable: string
  readonly paths: readonly (readonly FlattenNodePathSegment[])[]
  readonly requires: readonly RequiresSelection[]
  readonly inputRewrites: readonly Rewrite[]
  readonly outputRewrites: readonly Rewrite[]
  readonly scalars: ScalarPaths | null
}

/** Where custom scalars stand, whose values are never merged into. */
export interface ScalarPaths {
  readonly terminal?: boolean
  readonly children?: Readonly<Record<string, ScalarPaths>>
}

/** A step of a rewrite's path, and what is done at its end. */
export interface Rewrite {
  readonly path: readonly RewriteSegment[]
  readonly action: { readonly renameTo: string } | { readonly setTo: string }
}
export type RewriteSegment = { readonly key: string } | { readonly types: readonly string[] }

/**
 * Reads a plan as the planner gives it.
 * @returns null for a plan without work.
 * @throws HubError UNSUPPORTED for a node we do not execute (subscriptions, `@defer`).
 */
export function readPlan(plan: QueryPlan): Step | null {
  return plan.node ? readNode(plan.node) : null
}

function readNode(node: PlanNode): Step {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', steps: node.nodes.map(readNode) }
    case 'Parallel':
      return { kind: 'parallel', steps: node.nodes.map(readNode) }
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        whenTrue: node.ifClause ? readNode(node.ifClause) : null,
        otherwise: node.elseClause ? readNode(node.elseClause) : null,
      }
    case 'Fetch':
      return {
        kind: 'root',
        ...fetchOf(node),
        scalars: scalarsOf(node),
        outputRewrites: rewritesOf(node.outputRewrites),
      }
    case 'Flatten':
      if (node.node.kind !== 'Fetch') throw unsupported(`Flatten ${node.node.kind}`)
      return { kind: 'entities', ...fetchOf(node.node), batches: [singleBatch(node.node, node.path)] }
    case 'BatchFetch':
      return {
        kind: 'entities',
        ...fetchOf(node),
        batches: node.entityBatch.aliases.map((batch) => ({
          key: batch.alias,
          variable: batch.representationsVariableName,
          paths: batch.paths,
          requires: batch.requires,
          inputRewrites: rewritesOf(batch.inputRewrites),
          outputRewrites: rewritesOf(batch.outputRewrites),
          scalars: scalarsOf(node)?.children?.[batch.alias] ?? null,
        })),
      }
    default:
      throw unsupported(node.kind)
  }
}

function fetchOf(node: { serviceName: string; operation: string; variableUsages?: string[] }): Fetch {
  return { subgraph: node.serviceName, operation: node.operation, variables: node.variableUsages ?? [] }
}

function singleBatch(node: FetchNode, path: FlattenNodePathSegment[]): EntityBatch {
  return {
    key: '_entities',
    variable: 'representations',
    paths: [path],
    requires: node.requires ?? [],
    inputRewrites: rewritesOf(node.inputRewrites),
    outputRewrites: rewritesOf(node.outputRewrites),
    scalars: scalarsOf(node)?.children?._entities ?? null,
  }
}

/** The planner sends more than its types say. */
function scalarsOf(node: object): ScalarPaths | null {
  return 'customScalarPaths' in node ? (node.customScalarPaths as ScalarPaths) : null
}

function rewritesOf(rewrites: readonly FetchRewrite[] | undefined): readonly Rewrite[] {
  return (rewrites ?? []).map((rewrite): Rewrite => {
    const [setter, renamer] = [
      'ValueSetter' in rewrite ? rewrite.ValueSetter : 'setValueTo' in rewrite ? rewrite : null,
      'KeyRenamer' in rewrite ? rewrite.KeyRenamer : null,
    ]
    const path = (setter ?? renamer)?.path.map((s) => ('Key' in s ? { key: s.Key } : { types: [s.TypenameEquals].flat() })) ?? []
    if (setter) return { path, action: { setTo: setter.setValueTo } }
    if (renamer) return { path, action: { renameTo: renamer.renameKeyTo } }
    throw unsupported('rewrite')
  })
}

function unsupported(kind: string): HubError {
  return new HubError('UNSUPPORTED', '查询计划含不支持的步骤', `the plan holds a step we do not execute: ${kind}`)
}
