/** One line of a benchmark: absolute figures are this machine's, ratios are the claim. */
export interface BenchRow {
  readonly name: string
  readonly perSecond: number
  /** Shown instead of how many fit into a second: how long the event loop was held at most, for one. */
  readonly milliseconds?: number
  /** Which row it is measured against, and how many times as fast it is. */
  readonly ratioTo?: { readonly name: string; readonly ratio: number }
}
