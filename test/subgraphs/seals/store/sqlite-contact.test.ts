import { expect, onTestFinished, test } from 'vitest'
import { openSealStore } from '../../../../subgraphs/seals/store/sqlite-store.ts'
import { commit, event, header, record, write } from '../store-behaviour.ts'

const CODE = '41172800000001'
const HOUR = 3_600_000
const START = Date.UTC(2026, 10, 21)

function openStore() {
  const store = openSealStore(':memory:', 24 * HOUR)
  onTestFinished(() => store.close())
  const registered = { seals: [write(record(CODE))], events: [event('e-1', CODE)] }
  return {
    hear: (sequence: number, hours: number) =>
      store.append(commit({ header: header(sequence), ...(sequence === 1 && registered) }), START + hours * HOUR),
    contact: async () => (await store.seals([CODE])).get(CODE)?.contact,
  }
}

test('only silences longer than the bound are told, newest first, whenever the history is asked for', async () => {
  const { hear, contact } = openStore()
  await hear(1, 0)
  expect(await contact()).toEqual({ since: START, silences: [], bound: 24 * HOUR })
  await hear(2, 20)
  await hear(3, 100)
  const first = { from: START + 20 * HOUR, until: START + 100 * HOUR }
  expect(await contact()).toMatchObject({ silences: [first] })
  await hear(4, 124)
  await hear(5, 149)
  expect(await contact()).toMatchObject({ silences: [{ from: START + 124 * HOUR, until: START + 149 * HOUR }, first] })
})

test('of very many silences the newest are told, and the history is complete only since the oldest of them', async () => {
  const { hear, contact } = openStore()
  for (let i = 0; i < 70; i++) await hear(i + 1, i * 25)
  const told = await contact()
  expect(told?.silences).toHaveLength(64)
  expect(told?.since).toBe(told?.silences.at(-1)?.from)
})
