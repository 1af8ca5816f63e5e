import { HubError } from './error.ts'

/** Which part of a long list a client asks for. */
export interface PageQuestion {
  readonly first?: number | null
  /** The cursor of the last item of the page before. */
  readonly after?: string | null
}

export interface Page<Item> {
  readonly nodes: readonly Item[]
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
}

/** How many items a page has when nothing is said, and at most. */
export interface PageSizes {
  readonly usual: number
  readonly most: number
}

const SIZES: PageSizes = { usual: 100, most: 500 }

/** The size of the page asked for. @throws HubError BAD_INPUT outside 1 to the most. */
export function pageSize(first: number | null | undefined, { usual, most }: PageSizes = SIZES): number {
  const size = first ?? usual
  if (Number.isInteger(size) && size >= 1 && size <= most) return size
  throw new HubError('BAD_INPUT', `first 须为 1 至 ${most}`, `first is 1 to ${most}`)
}

/** A page with the cursor of its last item. @param items one more than the size where there are more. */
export function pageOf<Item>(items: readonly Item[], size: number, cursorOf: (item: Item) => string): Page<Item> {
  const nodes = items.slice(0, size)
  const last = nodes.at(-1)
  return { nodes, pageInfo: { endCursor: last === undefined ? null : cursorOf(last), hasNextPage: items.length > size } }
}

/**
 * A page out of all items in their order; cursors are ids. An item that has gone meanwhile cannot be gone on from.
 * @throws HubError BAD_INPUT for a page size that is not allowed or an unknown cursor.
 */
export function pageAmong<Item extends { readonly id: string }>(
  items: readonly Item[],
  { first, after }: PageQuestion,
  sizes: PageSizes = SIZES,
): Page<Item> {
  const size = pageSize(first, sizes)
  const start = after ? items.findIndex(({ id }) => id === after) + 1 : 0
  if (after && start === 0) throw noSuchCursor()
  return pageOf(items.slice(start, start + size + 1), size, ({ id }) => id)
}

/** A cursor over the two parts of a sort key; opaque to clients. */
export function formatCursor(major: string | number, minor: string | number): string {
  return Buffer.from(`${major} ${minor}`).toString('base64url')
}

/** The two parts of a cursor; null where none was given. @throws HubError BAD_INPUT for what is no cursor of this hub. */
export function parseCursor(cursor: string | null | undefined): readonly [major: string, minor: string] | null {
  if (cursor === null || cursor === undefined) return null
  const [major, minor, ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (major && minor && rest.length === 0) return [major, minor]
  throw noSuchCursor()
}

/** For cursors of other forms. */
export function noSuchCursor(cause?: unknown): HubError {
  return new HubError('BAD_INPUT', '游标无效', 'not a cursor of this hub', { cause })
}
