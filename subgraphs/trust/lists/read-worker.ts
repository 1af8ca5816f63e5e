import { answerJobs } from '../../../runtime/worker-jobs.ts'
import { readSignedList } from './read-list.ts'
import type { ReadAnswer } from './read-pool.ts'

/** Statements in one piece. */
const PIECE = 500

// The thread in which large lists are read.
answerJobs<Uint8Array, ReadAnswer>((bytes) => {
  const { statements, bytes: _, ...head } = readSignedList(bytes)
  const text = new TextEncoder()
  const pieces = Array.from({ length: Math.ceil(statements.length / PIECE) }, (_, i) =>
    text.encode(JSON.stringify(statements.slice(i * PIECE, (i + 1) * PIECE))),
  )
  return { answer: { head, pieces }, transfer: pieces.map(({ buffer }) => buffer) }
})
