import type { Rewrite, RewriteSegment } from './planner/plan.ts'
import { isRecord } from './record.ts'

/** Applies the planner's rewrites to what goes to a subgraph or came from one, in place. */
export function applyRewrites(
  value: unknown,
  rewrites: readonly Rewrite[],
  satisfies: (typename: string, condition: string) => boolean,
): void {
  for (const rewrite of rewrites) rewriteAt(value, rewrite.path, rewrite, satisfies)
}

function rewriteAt(
  value: unknown,
  path: readonly RewriteSegment[],
  rewrite: Rewrite,
  satisfies: (typename: string, condition: string) => boolean,
): void {
  if (Array.isArray(value)) {
    for (const item of value) rewriteAt(item, path, rewrite, satisfies)
    return
  }
  const [segment, ...rest] = path
  if (!isRecord(value) || !segment) return
  if ('types' in segment) {
    const typename = value.__typename
    const meets = typeof typename !== 'string' || segment.types.some((type) => satisfies(typename, type))
    if (meets) rewriteAt(value, rest, rewrite, satisfies)
    return
  }
  if (rest.length > 0) {
    rewriteAt(value[segment.key], rest, rewrite, satisfies)
  } else if ('setTo' in rewrite.action) {
    if (segment.key in value) value[segment.key] = rewrite.action.setTo
  } else if (segment.key in value) {
    value[rewrite.action.renameTo] = value[segment.key]
    delete value[segment.key]
  }
}
