import { expect, test } from 'vitest'
import { HubError } from '../../model/error.ts'
import { formatCursor, pageAmong, pageOf, pageSize, parseCursor } from '../../model/page.ts'

const ITEMS = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))

function codeOf(ask: () => unknown): string | null {
  try {
    ask()
    return null
  } catch (error) {
    if (error instanceof HubError) return error.code
    throw error
  }
}

test('pages in a row hold every item once, in order, and the last one says that it is', () => {
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo }: ReturnType<typeof pageAmong<{ id: string }>> = pageAmong(ITEMS, { first: 2, after })
    seen.push(...nodes.map(({ id }) => id))
    after = pageInfo.endCursor
    if (!pageInfo.hasNextPage) break
  }
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('a page out of one item more than wanted leaves that one for the next', () => {
  const { nodes, pageInfo } = pageOf(ITEMS.slice(0, 3), 2, ({ id }) => id)
  expect([nodes.length, pageInfo]).toEqual([2, { endCursor: 'b', hasNextPage: true }])
  expect(pageOf([], 2, () => '').pageInfo).toEqual({ endCursor: null, hasNextPage: false })
})

test.each([0, -1, 501, 1.5, Number.NaN])('a page of %d items is BAD_INPUT', (first) => {
  expect(codeOf(() => pageSize(first))).toBe('BAD_INPUT')
})

test('a cursor gives back its two parts, and what is no cursor is BAD_INPUT', () => {
  expect(parseCursor(formatCursor(410000, '41172800000001'))).toEqual(['410000', '41172800000001'])
  expect(parseCursor(null)).toBeNull()
  for (const cursor of ['', 'x', formatCursor('a', 'b c'), formatCursor('', 'b')])
    expect(codeOf(() => parseCursor(cursor))).toBe('BAD_INPUT')
  expect(codeOf(() => pageAmong(ITEMS, { after: 'z' }))).toBe('BAD_INPUT')
})
