import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderJudgement } from '../../docs/render-judgement.ts'
import { JUDGEMENT_TABLE } from '../subgraphs/trust/cases/table.ts'

test('the page on judgement is what the tables say (node docs/render-judgement.ts writes it anew)', () => {
  expect(readFileSync(new URL('../../docs/judgement.md', import.meta.url), 'utf8')).toBe(renderJudgement())
})

test('no case stands in the table twice', () => {
  const worlds = JUDGEMENT_TABLE.flatMap(({ cases }) => cases.map(({ world }) => JSON.stringify(world)))
  expect(worlds.filter((world, i) => worlds.indexOf(world) !== i)).toEqual([])
})
