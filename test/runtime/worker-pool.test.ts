import { expect, onTestFinished, test } from 'vitest'
import { type WorkerPool, type WorkerPoolOptions, workerPool } from '../../runtime/worker-pool.ts'
import type { OddJob } from '../support/odd-worker.ts'

function pool(options: Partial<WorkerPoolOptions> = {}): WorkerPool<OddJob, number> {
  const script = new URL('../support/odd-worker.ts', import.meta.url)
  const opened = workerPool<OddJob, number>({ script, size: 1, queue: 4, timeLimit: 10_000, memory: 64, ...options })
  onTestFinished(() => opened.close())
  return opened
}

const echo = (length: number): OddJob => ({ kind: 'ECHO', bytes: new Uint8Array(length) })

test('jobs are answered, several at once or waiting for one thread', async () => {
  const { run } = pool({ size: 2 })
  expect(await Promise.all([1, 2, 3, 4].map((length) => run(echo(length))))).toEqual([1, 2, 3, 4])
})

test('bytes that are handed over are not copied: the caller has them no more', async () => {
  const { run } = pool()
  const bytes = new Uint8Array(1000)
  expect(await run({ kind: 'ECHO', bytes }, [bytes.buffer])).toBe(1000)
  expect(bytes.length).toBe(0)
})

test('a job refused with a code is refused with it here, and its thread goes on', async () => {
  const { run } = pool()
  await expect(run({ kind: 'REFUSE' })).rejects.toMatchObject({ code: 'UNREADABLE', en: 'unreadable' })
  expect(await run(echo(5))).toBe(5)
})

test('a job that never ends is stopped as TOO_LARGE, and the jobs behind it are done by another thread', async () => {
  const { run } = pool({ timeLimit: 1_500 })
  const endless = run({ kind: 'LOOP' })
  const behind = run(echo(7))
  await expect(endless).rejects.toMatchObject({ code: 'TOO_LARGE' })
  expect(await behind).toBe(7)
})

test('a job that takes all memory is stopped as TOO_LARGE, and the process lives', async () => {
  const { run } = pool({ memory: 32 })
  await expect(run({ kind: 'ALLOCATE' })).rejects.toMatchObject({ code: 'TOO_LARGE' })
  expect(await run(echo(1))).toBe(1)
})

test('a fault and an exit of a thread reach the one who sent the job, and nobody else', async () => {
  const { run } = pool()
  await expect(run({ kind: 'BREAK' })).rejects.toThrow('a fault')
  await expect(run({ kind: 'EXIT' })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await run(echo(2))).toBe(2)
})

test('more jobs than may wait are refused at once as UNAVAILABLE', async () => {
  const { run } = pool({ queue: 1 })
  const [busy, waiting] = [run({ kind: 'SLOW' }), run({ kind: 'SLOW' })]
  await expect(run(echo(1))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await Promise.all([busy, waiting])).toEqual([0, 0])
})

test('a closed pool refuses what it has not done and what comes later', async () => {
  const { run, close } = pool()
  const jobs = [run({ kind: 'LOOP' }), run(echo(1))]
  const outcomes = Promise.allSettled(jobs)
  await close()
  for (const outcome of await outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } })
  await expect(run(echo(1))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
