import { getIntrospectionQuery, parse, TokenKind } from 'graphql'
import { expect, test } from 'vitest'
import { COUNTY_DOCUMENTS } from '../../adapters/county/questions.ts'
import { LIST_DOCUMENTS } from '../../adapters/lists/question.ts'
import { VERIFY_DOCUMENTS } from '../../cli/verify-query.ts'
import { STATUS_DOCUMENTS } from '../../dashboard/status-query.ts'
import { VERIFY_PAGE_DOCUMENTS } from '../../dashboard/verify-query.ts'
import { DEFAULT_LIMITS, exceededLimit } from '../../gateway/limits.ts'

const introspection = getIntrospectionQuery({
  specifiedByUrl: true,
  schemaDescription: true,
  directiveIsRepeatable: true,
  inputValueDeprecation: true,
  oneOf: true,
})
const DOCUMENTS = [
  ...STATUS_DOCUMENTS,
  ...VERIFY_PAGE_DOCUMENTS,
  ...VERIFY_DOCUMENTS,
  ...LIST_DOCUMENTS,
  ...COUNTY_DOCUMENTS,
  introspection,
]

function tokensOf(document: string): number {
  let count = 0
  for (let at = parse(document).loc?.startToken; at && at.kind !== TokenKind.EOF; at = at.next ?? undefined) count++
  return count
}

test('the hub’s own documents, and what tools ask of a schema, stay far below the limits of one document', () => {
  expect(Math.max(...DOCUMENTS.map(tokensOf))).toBeLessThan(DEFAULT_LIMITS.tokens / 4)
  const { tokens, ...others } = DEFAULT_LIMITS
  for (const document of DOCUMENTS) {
    expect(exceededLimit(parse(document), { tokens, ...others, aliases: 15, directives: 15, rootFields: 8 })).toBeNull()
  }
})
