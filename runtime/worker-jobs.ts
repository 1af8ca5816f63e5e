import { parentPort, type Transferable } from 'node:worker_threads'
import { HubError } from '../model/error.ts'
import type { WorkerAnswer } from './worker-pool.ts'

/** An answer with what of it is handed over instead of copied. */
export interface JobAnswer<Answer> {
  readonly answer: Answer
  readonly transfer?: readonly Transferable[]
}

/**
 * The other end of a `workerPool`, in its thread: does each job and answers it. A HubError is the job's refusal; any other error is
 * a fault and ends the thread.
 */
export function answerJobs<Job, Answer>(work: (job: Job) => Promise<JobAnswer<Answer>> | JobAnswer<Answer>): void {
  const port = parentPort
  if (port === null) throw new HubError('UNSUPPORTED', '只能在工作线程中运行', 'runs in a worker thread only')
  port.on('message', async (job: Job) => {
    try {
      const { answer, transfer = [] } = await work(job)
      port.postMessage({ answer } satisfies WorkerAnswer<Answer>, [...transfer])
    } catch (error) {
      if (!(error instanceof HubError)) throw error
      const { code, zh, en } = error
      port.postMessage({ refusal: { code, zh, en } } satisfies WorkerAnswer<Answer>)
    }
  })
}
