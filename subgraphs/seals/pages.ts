import { HubError } from '../../model/error.ts'

const MAXIMUM_PAGE = 100

/** The size of a page a client asks for. @throws HubError BAD_INPUT outside 1…100. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? 20
  if (Number.isInteger(size) && size >= 1 && size <= MAXIMUM_PAGE) return size
  throw new HubError('BAD_INPUT', `first 须为 1 到 ${MAXIMUM_PAGE}`, `first has to be 1 to ${MAXIMUM_PAGE}`)
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
  throw new HubError('BAD_INPUT', '游标无效', 'not a cursor of this hub')
}

/** A page with the cursor of its last item, from one item more than was asked for. */
export function pageOf<Item>(items: readonly Item[], size: number, cursorOf: (item: Item) => string) {
  const nodes = items.slice(0, size)
  const last = nodes.at(-1)
  return { nodes, pageInfo: { endCursor: last === undefined ? null : cursorOf(last), hasNextPage: items.length > size } }
}
