import { type DivisionCode, NATION, scopeOf } from '../../model/division-code.ts'
import { HubError } from '../../model/error.ts'
import { formatCursor, noSuchCursor, type PageQuestion, pageOf, pageSize, parseCursor } from '../../model/page.ts'
import type { Instant } from '../../model/time.ts'
import type { SealState } from '../../model/timeline.ts'
import { nameFor } from './disclosure.ts'
import type { RegisteredSeal, SealQuery } from './ports.ts'
import type { Asking, SealsRoom } from './room.ts'
import { type AsOf, statusOf } from './status.ts'

const MAXIMUM_CODES = 500
/** A filter by state is no index: so many seals are looked at for one page at most, then the client asks on from the cursor. */
const MAXIMUM_SCANNED = 5_000
const SCANNED_AT_ONCE = 500

const PAGE = { usual: 20, most: 100 }

export interface SealsArguments extends PageQuestion {
  readonly filter?: {
    readonly division?: DivisionCode | null
    readonly state?: SealState | null
    readonly platform?: string | null
  } | null
}

export interface NoticesArguments extends PageQuestion {
  readonly since?: Instant | null
}

/** The status of each code in the order asked, unregistered ones included. @throws HubError TOO_LARGE over 500 codes. */
export async function sealStatuses({ codes, ...asOf }: AsOf & { readonly codes: readonly string[] }, room: SealsRoom) {
  if (codes.length > MAXIMUM_CODES)
    throw new HubError('TOO_LARGE', `一次最多 ${MAXIMUM_CODES} 个编码`, `at most ${MAXIMUM_CODES} codes at once`)
  const seals = await room.store.seals([...new Set(codes)])
  return codes.map((code) => ({ code, status: statusOf(seals.get(code) ?? null, asOf, room) }))
}

/** Registered seals in the order of division and code. A page filtered by state may be short and still have a next one. */
export async function seals({ filter, first, after }: SealsArguments, room: SealsRoom) {
  const size = pageSize(first, PAGE)
  const [division, code] = parseCursor(after) ?? []
  const query: Omit<SealQuery, 'limit'> = {
    scope: scopeOf(filter?.division ?? NATION),
    platform: filter?.platform ?? null,
    after: division === undefined || code === undefined ? null : { division, code },
  }
  const state = filter?.state ?? null
  if (state === null) return pageOf(await room.store.page({ ...query, limit: size + 1 }), size, cursorOf)
  return scan(query, size, (seal) => statusOf(seal, {}, room).state === state, room)
}

async function scan(
  query: Omit<SealQuery, 'limit'>,
  size: number,
  isWanted: (seal: RegisteredSeal) => boolean,
  { store }: SealsRoom,
) {
  const found: RegisteredSeal[] = []
  let after = query.after
  for (let scanned = 0; scanned < MAXIMUM_SCANNED; scanned += SCANNED_AT_ONCE) {
    const batch = await store.page({ ...query, after, limit: SCANNED_AT_ONCE })
    found.push(...batch.filter(isWanted))
    after = batch.at(-1)?.record ?? after
    if (found.length > size || batch.length < SCANNED_AT_ONCE) return pageOf(found, size, cursorOf)
  }
  return { nodes: found, pageInfo: { endCursor: after && formatCursor(after.division, after.code), hasNextPage: true } }
}

function cursorOf({ record }: RegisteredSeal): string {
  return formatCursor(record.division, record.code)
}

/** Published changes, newest first; names masked like those of the seals. */
export async function notices({ since, first, after }: NoticesArguments, { caller }: Asking, { store }: SealsRoom) {
  const size = pageSize(first, PAGE)
  const [publishedAt, row] = parseCursor(after)?.map(Number) ?? []
  const before = publishedAt === undefined || row === undefined ? null : { publishedAt, row }
  if (before && !(Number.isSafeInteger(before.publishedAt) && Number.isSafeInteger(before.row))) throw noSuchCursor()
  const found = await store.notices({ since: since ?? null, before, limit: size + 1 })
  const page = pageOf(found, size, (notice) => formatCursor(notice.publishedAt, notice.row))
  const nodes = page.nodes.map(({ record, kind, reason, effectiveAt, publishedAt: published }) => {
    return { code: record.code, name: nameFor(record, caller), kind, reason, effectiveAt, publishedAt: published }
  })
  return { ...page, nodes }
}
