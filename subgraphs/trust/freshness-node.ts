import type { Freshness } from '../../model/freshness.ts'

/** Freshness as the graph shows it, ages and bounds in seconds. */
export function freshnessNode(freshness: Freshness): object {
  if (freshness.kind === 'UNKNOWN') return freshness
  return { kind: freshness.kind, age: seconds(freshness.age), bound: seconds(freshness.bound) }
}

/** GraphQL's Int ends at 2^31 − 1 seconds, 68 years. */
function seconds(milliseconds: number): number {
  return Math.min(Math.floor(milliseconds / 1000), 2_147_483_647)
}
