export interface MeasureOptions {
  /** Rounds of every contender in turn, so that a slow moment of the machine meets them all. */
  readonly rounds?: number
  /** How long one contender works in one round. */
  readonly milliseconds?: number
}

/** Something to measure: one call is one operation. */
export type Contender = () => unknown

/**
 * Operations per second of each contender: the median of interleaved rounds, after one round to warm up.
 * @param contenders by name; a promise returned is awaited.
 */
export async function measure<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  { rounds = 7, milliseconds = 150 }: MeasureOptions = {},
): Promise<Readonly<Record<Name, number>>> {
  const entries = Object.entries(contenders) as [Name, Contender][]
  const speeds = new Map<Name, number[]>(entries.map(([name]) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, work] of entries) {
      const speed = await speedOf(work, milliseconds)
      if (round > 0) speeds.get(name)?.push(speed)
    }
  }
  return Object.fromEntries(entries.map(([name]) => [name, median(speeds.get(name) ?? [])])) as Record<Name, number>
}

async function speedOf(work: Contender, milliseconds: number): Promise<number> {
  const start = performance.now()
  let count = 0
  let elapsed = 0
  do {
    const result = work()
    if (result instanceof Promise) await result
    count++
    elapsed = performance.now() - start
  } while (elapsed < milliseconds)
  return (count * 1000) / elapsed
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
