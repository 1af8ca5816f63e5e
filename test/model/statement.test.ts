import { expect, test } from 'vitest'
import { indicationOf, SUB_INDICATIONS } from '../../model/indication.ts'
import { formatStatement, parseStatement } from '../../model/statement.ts'
import { SEVERITY } from '../../subgraphs/trust/judge/severity.ts'
import { statementOf } from '../../subgraphs/trust/statement.ts'
import { ask } from '../subgraphs/trust/ask.ts'
import { WELL } from '../subgraphs/trust/world.ts'

test('a statement read again is the statement written, and the same one gives the same bytes', () => {
  const statement = statementOf(ask(WELL), '410000', 1_767_182_400_000)
  const bytes = formatStatement(statement)
  expect(parseStatement(bytes)).toEqual(statement)
  expect(formatStatement(parseStatement(bytes))).toEqual(bytes)
})

test('anything more, less or else is no statement', () => {
  const text = new TextDecoder().decode(formatStatement(statementOf(ask(WELL), '410000', 0)))
  for (const other of [
    text.replace('sealhub-statement-1', 'sealhub-statement-2'),
    text.replace('"hub":', '"extra":1,"hub":'),
    text.replace(/"issuedAt":"[^"]*",/, ''),
    text.slice(0, -1),
  ])
    expect(() => parseStatement(new TextEncoder().encode(other))).toThrow(expect.objectContaining({ code: 'UNREADABLE' }))
})

test('the sub-indications are the 25 of ETSI EN 319 102-1, each with its place in the order and failures first', () => {
  const all = [...SUB_INDICATIONS.TOTAL_FAILED, ...SUB_INDICATIONS.INDETERMINATE]
  expect(all).toHaveLength(25)
  expect([...SEVERITY].sort()).toEqual([...all].sort())
  const indications = SEVERITY.map(indicationOf)
  expect(indications.lastIndexOf('TOTAL_FAILED')).toBeLessThan(indications.indexOf('INDETERMINATE'))
})
