import { HubError } from '../../model/error.ts'
import type { Instant } from '../../model/time.ts'
import { placedIn } from './later-grant.ts'
import { type ParsedRow, parseRow, type RowRefusal, type TrustServiceInput } from './lists/row.ts'
import type { TrustLists } from './lists.ts'
import { serviceId, type TrustService } from './service.ts'

export type { TrustServiceInput } from './lists/row.ts'

const MAXIMUM_ROWS = 1_000

export interface TrustImportRow {
  /** Position in the list handed in, from 0. */
  readonly index: number
  readonly outcome: 'IMPORTED' | 'UNCHANGED' | 'REFUSED'
  readonly service: TrustService | null
  readonly refusal: RowRefusal | null
}

/**
 * Takes statements into the lists: each row is admitted, unchanged or refused by itself; those admitted are one commit.
 * @throws HubError TOO_LARGE over 1,000 rows.
 */
export async function importServices(
  lists: TrustLists,
  rows: readonly TrustServiceInput[],
  now: Instant,
): Promise<readonly TrustImportRow[]> {
  return lists.inTurn(async (write) => {
    const parsed = await checkRows(lists, rows, now)
    const admitted = parsed.filter((row) => row.statement !== null).map((row) => row.statement)
    const recorded = await write.record(admitted, now)
    let next = 0
    const services = parsed.map(({ statement }) => (statement === null ? null : (recorded[next++] ?? null)))
    return parsed.map(({ refusal }, index) => {
      const service = services[index] ?? null
      if (refusal) return { index, outcome: 'REFUSED', service: null, refusal }
      return { index, outcome: service ? 'IMPORTED' : 'UNCHANGED', service, refusal: null }
    })
  })
}

/** Reads rows without recording any: what would be refused now, and why. @throws HubError TOO_LARGE over 1,000 rows. */
export async function checkRows(
  lists: Pick<TrustLists, 'snapshot'>,
  rows: readonly TrustServiceInput[],
  now: Instant,
): Promise<readonly ParsedRow[]> {
  const trust = await lists.snapshot()
  return parseRows(rows).map((row) => placedIn(trust, row, now))
}

function parseRows(rows: readonly TrustServiceInput[]): readonly ParsedRow[] {
  if (rows.length > MAXIMUM_ROWS)
    throw new HubError('TOO_LARGE', `一次最多 ${MAXIMUM_ROWS} 行`, `at most ${MAXIMUM_ROWS} rows at once`)
  return refuseRepeated(rows.map(parseRow))
}

/** One service can be stated once in one commit; the first row that does is taken. */
function refuseRepeated(rows: readonly ParsedRow[]): readonly ParsedRow[] {
  const stated = new Set<string>()
  return rows.map((row) => {
    if (row.statement === null) return row
    const id = serviceId(row.statement)
    if (stated.has(id)) return { statement: null, refusal: STATED_TWICE }
    stated.add(id)
    return row
  })
}

const STATED_TWICE: RowRefusal = {
  code: 'STATED_TWICE',
  reason: { zh: '同一服务在一次导入中重复出现', en: 'the same service is stated twice in one import' },
}
