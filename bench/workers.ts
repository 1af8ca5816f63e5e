import { generateSm2KeyPair } from '../pki/key.ts'
import { decodeCertificate } from '../pki/x509/certificate.ts'
import { issueCertificate } from '../pki/x509/issue.ts'
import { workerPool } from '../runtime/worker-pool.ts'
import type { EdgeAnswer, EdgeJob } from '../subgraphs/certificates/edge-job.ts'
import { measure } from './measure.ts'
import type { BenchRow } from './row.ts'

const SIGNATURES = 512
const BATCH = 32
const ONE = 'certificate signatures, one thread'
const SCRIPT = new URL('../subgraphs/certificates/edge-worker.ts', import.meta.url)

/** Signatures of certificates checked per second on one thread and on two, 32 a message: what a request over many seals needs. */
export async function benchWorkers(): Promise<BenchRow[]> {
  const edges = signedCertificates()
  const [one, two] = [1, 2].map((size) => opened(size))
  if (!one || !two) throw new Error('two pools')
  const speeds = await measure({ one: () => checkAll(one, edges), two: () => checkAll(two, edges) }, { milliseconds: 400 })
  await Promise.all([one.close(), two.close()])
  return [
    { name: ONE, perSecond: speeds.one * SIGNATURES },
    {
      name: 'certificate signatures, two threads',
      perSecond: speeds.two * SIGNATURES,
      ratioTo: { name: ONE, ratio: speeds.two / speeds.one },
    },
  ]
}

function opened(size: number) {
  return workerPool<EdgeJob, EdgeAnswer>({ script: SCRIPT, size, queue: SIGNATURES, timeLimit: 60_000, memory: 128 })
}

async function checkAll(pool: ReturnType<typeof opened>, edges: EdgeJob['edges']): Promise<void> {
  const batches = Array.from({ length: SIGNATURES / BATCH }, (_, i) => edges.slice(i * BATCH, (i + 1) * BATCH))
  const answers = await Promise.all(batches.map((batch) => pool.run({ edges: batch })))
  if (!answers.flat().every((holds) => holds)) throw new Error('the signatures to measure do not hold')
}

function signedCertificates(): EdgeJob['edges'] {
  const ca = generateSm2KeyPair()
  const { spki } = generateSm2KeyPair()
  return Array.from({ length: SIGNATURES }, (_, i) => {
    const certificate = issueCertificate({
      subject: [['CN', `4117280000${i}`]],
      issuer: [['CN', '运营CA']],
      serialNumber: BigInt(i + 1),
      spki,
      issuerKey: ca.privateKey,
      notBefore: Date.UTC(2026, 0, 1),
      notAfter: Date.UTC(2028, 0, 1),
    })
    return { certificate: decodeCertificate(certificate).encoded, spki: ca.spki }
  })
}
