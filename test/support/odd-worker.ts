import { HubError } from '../../model/error.ts'
import { answerJobs } from '../../runtime/worker-jobs.ts'

/** What a test has a thread do. */
export type OddJob =
  | { readonly kind: 'ECHO'; readonly bytes: Uint8Array }
  | { readonly kind: 'LOOP' | 'ALLOCATE' | 'REFUSE' | 'BREAK' | 'EXIT' | 'SLOW' }

answerJobs<OddJob, number>(async (job) => {
  if (job.kind === 'ECHO') return { answer: job.bytes.length }
  if (job.kind === 'SLOW') return new Promise((resolve) => setTimeout(() => resolve({ answer: 0 }), 200))
  if (job.kind === 'REFUSE') throw new HubError('UNREADABLE', '不可读', 'unreadable')
  if (job.kind === 'BREAK') throw new RangeError('a fault')
  if (job.kind === 'EXIT') process.exit(3)
  const kept: unknown[] = []
  for (;;) if (job.kind === 'ALLOCATE') kept.push(Array.from({ length: 10_000 }, (_, i) => ({ i })))
})
