import { setImmediate } from 'node:timers/promises'
import type { Certificate } from '../../pki/x509/certificate.ts'
import { edgeKey, type VerifiedEdges } from '../../pki/x509/verified-edges.ts'
import type { Log } from '../../runtime/log.ts'
import type { WorkerPool } from '../../runtime/worker-pool.ts'
import type { EdgeAnswer, EdgeJob } from './edge-job.ts'

/** A certificate and who may have signed it. */
export interface Edge {
  readonly certificate: Certificate
  readonly issuer: Certificate
}

/** Checks the signatures that many searches are about to need, on other threads, so that all cores work. */
export interface EdgeBatches {
  /** Signatures seen to hold; a search that finds its own here spends nothing on them. */
  readonly memory: VerifiedEdges
  /** Resolves when those of these that hold are remembered, or at once when there are too few to be worth the way. Never rejects. */
  readonly ready: (edges: readonly Edge[]) => Promise<void>
}

/** Signatures that make a message to another thread worth while: one costs a quarter of a millisecond. */
const WORTH_WHILE = 16
const BATCH = 32

/**
 * Gathers what is asked within one turn of the event loop, each signature once, and hands it to the threads 32 at a time.
 * Only what holds is remembered: whatever else a thread says, or that it says nothing, the search checks for itself.
 */
export function edgeBatches(memory: VerifiedEdges, pool: WorkerPool<EdgeJob, EdgeAnswer>, log: Log): EdgeBatches {
  let waiting = new Map<string, Edge>()
  let turn: Promise<void> | null = null

  async function flush(): Promise<void> {
    await setImmediate()
    const edges = [...waiting]
    waiting = new Map()
    turn = null
    if (edges.length < WORTH_WHILE) return
    const batches = Array.from({ length: Math.ceil(edges.length / BATCH) }, (_, i) => edges.slice(i * BATCH, (i + 1) * BATCH))
    await Promise.all(batches.map(check))
  }

  async function check(batch: readonly (readonly [key: string, edge: Edge])[]): Promise<void> {
    try {
      const edges = batch.map(([, { certificate, issuer }]) => ({ certificate: certificate.encoded, spki: issuer.spki }))
      const holds = await pool.run({ edges })
      for (const [i, [key]] of batch.entries()) if (holds[i] === true) memory.add(key)
    } catch (error) {
      log.warn({ err: error, signatures: batch.length }, 'signatures are checked on the thread that serves')
    }
  }

  return {
    memory,
    ready: async (edges) => {
      for (const edge of edges) {
        const key = edgeKey(edge.certificate, edge.issuer)
        if (!memory.has(key)) waiting.set(key, edge)
      }
      if (waiting.size === 0) return
      turn ??= flush()
      await turn
    },
  }
}

/** Where there are no other threads: every search checks for itself. */
export function ownEdges(memory: VerifiedEdges): EdgeBatches {
  return { memory, ready: async () => {} }
}
