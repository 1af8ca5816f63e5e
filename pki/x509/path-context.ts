import type { CrlPool } from './crl-pool.ts'
import type { Spending } from './path-budget.ts'
import type { PathPool } from './path-pool.ts'
import type { EdgeChecks } from './verified-edges.ts'

/** What all paths of one search share. */
export interface PathContext {
  readonly pool: PathPool
  readonly spending: Spending
  readonly edges: EdgeChecks
  readonly crls: CrlPool
}
