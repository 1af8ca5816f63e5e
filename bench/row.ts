/** One line of a benchmark: absolute figures are this machine's, ratios are the claim. */
export interface BenchRow {
  readonly name: string
  readonly perSecond: number
  /** Which row it is measured against, and how many times as fast it is. */
  readonly ratioTo?: { readonly name: string; readonly ratio: number }
}
