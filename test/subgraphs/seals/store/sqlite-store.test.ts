import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSealStore } from '../../../../subgraphs/seals/store/sqlite-store.ts'
import { commit, event, header, record, storeBehaviour, write } from '../store-behaviour.ts'

storeBehaviour('SQLite', () => openSealStore(':memory:'))

test('what was appended is there when the database is opened again', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'seals-')), 'seals.db')
  const code = '41172800000001'
  const first = openSealStore(file)
  await first.append(commit({ seals: [write(record(code))], events: [event('e-1', code)] }), 5)
  await first.close()
  const again = openSealStore(file)
  expect((await again.seals([code])).get(code)?.timeline).toHaveLength(1)
  expect(await again.append(commit({ header: header(2) }), 1)).toEqual({ outcome: 'APPENDED', recordedAt: 6 })
  await again.close()
})
