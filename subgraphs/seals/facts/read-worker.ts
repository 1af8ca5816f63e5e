import { answerJobs } from '../../../runtime/worker-jobs.ts'
import type { DocumentReading } from '../facts.ts'
import { inspectDocumentBytes } from './document.ts'
import { bytesOfReading, withOwnBytes } from './portable-reading.ts'
import type { ReadJob } from './read-pool.ts'

// The thread in which documents are read: it holds nothing but the bytes of one document at a time.
answerJobs<ReadJob, DocumentReading>(({ bytes, content, digest }) => {
  const answer = withOwnBytes(inspectDocumentBytes(bytes, content, digest))
  return { answer, transfer: bytesOfReading(answer).map(({ buffer }) => buffer) }
})
