import { HubError } from '../../model/error.ts'

const MAXIMUM_PAGE = 500
const DEFAULT_PAGE = 100

export interface PageQuestion {
  readonly first?: number | null
  readonly after?: string | null
}

export interface Page<Item> {
  readonly nodes: readonly Item[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

/** The size of a page a client asks for. @throws HubError BAD_INPUT outside 1…500. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT_PAGE
  if (size >= 1 && size <= MAXIMUM_PAGE) return size
  throw new HubError('BAD_INPUT', `first 须为 1 至 ${MAXIMUM_PAGE}`, `first is 1 to ${MAXIMUM_PAGE}`)
}

/** A page with the cursor of its last item, out of one item more than was asked for. */
export function pageOf<Item>(items: readonly Item[], size: number, cursorOf: (item: Item) => string): Page<Item> {
  const nodes = items.slice(0, size)
  const last = nodes.at(-1)
  return { nodes, pageInfo: { endCursor: last === undefined ? null : cursorOf(last), hasNextPage: items.length > size } }
}
