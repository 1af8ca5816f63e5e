import { HubError } from '../../model/error.ts'

const MAXIMUM_PAGE = 500

export interface PageQuestion {
  readonly first?: number | null
  /** The cursor of the last item of the page before. */
  readonly after?: string | null
}

export interface Page<Item> {
  readonly nodes: readonly Item[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

/**
 * A page of items in their order; cursors are ids. An item that has gone meanwhile cannot be gone on from.
 * @throws HubError BAD_INPUT for a page size out of 1 to 500 or an unknown cursor.
 */
export function pageOf<Item extends { readonly id: string }>(items: readonly Item[], { first, after }: PageQuestion): Page<Item> {
  const size = first ?? 100
  if (size < 1 || size > MAXIMUM_PAGE)
    throw new HubError('BAD_INPUT', `first 须为 1 至 ${MAXIMUM_PAGE}`, `first is 1 to ${MAXIMUM_PAGE}`)
  const start = after ? items.findIndex((item) => item.id === after) + 1 : 0
  if (after && start === 0) throw new HubError('BAD_INPUT', '游标无效', 'no such cursor')
  const nodes = items.slice(start, start + size)
  return { nodes, pageInfo: { endCursor: nodes.at(-1)?.id ?? null, hasNextPage: start + size < items.length } }
}
