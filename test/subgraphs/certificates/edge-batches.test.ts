import { expect, onTestFinished, test } from 'vitest'
import { HubError } from '../../../model/error.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { EdgeMemory, edgeKey } from '../../../pki/x509/verified-edges.ts'
import { SILENT } from '../../../runtime/log.ts'
import { type WorkerPool, workerPool } from '../../../runtime/worker-pool.ts'
import { decodedCertificate } from '../../../subgraphs/certificates/decoded-certificate.ts'
import { type Edge, edgeBatches } from '../../../subgraphs/certificates/edge-batches.ts'
import type { EdgeAnswer, EdgeJob } from '../../../subgraphs/certificates/edge-job.ts'
import { likelyEdges } from '../../../subgraphs/certificates/likely-edges.ts'
import { candidatePaths } from '../../../subgraphs/certificates/path-cache.ts'
import { testPki } from '../../support/pki.ts'
import { importRoom, NOW } from './support.ts'

const pki = testPki(NOW)
const issuer = decodeCertificate(pki.ca.certificate)
const many = Array.from({ length: 80 }, (_, i) => pki.issue(`签章人${i}`, { key: '签章人' }).certificate)
const edges: readonly Edge[] = many.map((der) => ({ certificate: decodeCertificate(der), issuer }))

/** A pool that tells how many signatures each job had. */
function countingPool(answer: (job: EdgeJob) => EdgeAnswer): WorkerPool<EdgeJob, EdgeAnswer> & { readonly jobs: number[] } {
  const jobs: number[] = []
  return {
    jobs,
    run: async (job) => {
      jobs.push(job.edges.length)
      return answer(job)
    },
    close: async () => {},
  }
}

const allHold = ({ edges: asked }: EdgeJob) => asked.map(() => true)

test('what is asked within one turn goes out together, each signature once, 32 at a time', async () => {
  const pool = countingPool(allHold)
  const memory = new EdgeMemory()
  const batches = edgeBatches(memory, pool, SILENT)
  await Promise.all([...edges, ...edges].map((edge) => batches.ready([edge])))
  expect(pool.jobs).toEqual([32, 32, 16])
  expect(edges.every((edge) => memory.has(edgeKey(edge.certificate, edge.issuer)))).toBe(true)
  await batches.ready(edges)
  expect(pool.jobs).toHaveLength(3)
})

test('too few are not worth the way', async () => {
  const pool = countingPool(allHold)
  const memory = new EdgeMemory()
  await edgeBatches(memory, pool, SILENT).ready(edges.slice(0, 15))
  expect(pool.jobs).toEqual([])
})

test('only what holds is remembered, and a pool that fails costs nothing but time', async () => {
  const memory = new EdgeMemory()
  const odd = countingPool(({ edges: asked }) => asked.map((_, i) => i % 2 === 0))
  await edgeBatches(memory, odd, SILENT).ready(edges.slice(0, 32))
  expect(edges.slice(0, 32).filter((edge) => memory.has(edgeKey(edge.certificate, edge.issuer)))).toHaveLength(16)
  const busy = countingPool(() => {
    throw new HubError('UNAVAILABLE', '忙', 'busy')
  })
  await expect(edgeBatches(new EdgeMemory(), busy, SILENT).ready(edges)).resolves.toBeUndefined()
})

test('real threads find the signatures that hold, and no others', async () => {
  const script = new URL('../../../subgraphs/certificates/edge-worker.ts', import.meta.url)
  const pool = workerPool<EdgeJob, EdgeAnswer>({ script, size: 2, queue: 64, timeLimit: 30_000, memory: 128 })
  onTestFinished(() => pool.close())
  const memory = new EdgeMemory()
  const stranger = decodeCertificate(testPki(NOW, '冒名').ca.certificate)
  const forged = edges.map(({ certificate }) => ({ certificate, issuer: stranger }))
  await edgeBatches(memory, pool, SILENT).ready([...edges, ...forged])
  const holds = (edge: Edge) => memory.has(edgeKey(edge.certificate, edge.issuer))
  expect([edges.filter(holds).length, forged.filter(holds).length]).toEqual([80, 0])
})

test('paths are the same with the threads and without', async () => {
  const room = importRoom()
  await room.takeIn(pki.root.certificate, pki.ca.certificate)
  const pool = countingPool(({ edges: asked }) => asked.map(() => true))
  const withThreads = candidatePaths(room.store, edgeBatches(new EdgeMemory(), pool, SILENT))
  const without = candidatePaths(room.store)
  const asked = many.map((der) => decodedCertificate(der))
  const chains = async (paths: typeof without) =>
    (await Promise.all(asked.map((one) => paths.of(one)))).map((found) => found.paths.map(({ chain }) => chain.length))
  expect(await chains(withThreads)).toEqual(await chains(without))
  expect(pool.jobs).toEqual([32, 32, 17])
})

test('the likely signatures go upwards by name and key to the roots, each once', () => {
  const decoded = (der: Uint8Array) => decodedCertificate(der)
  const pool = { roots: [decoded(pki.root.certificate)], intermediates: [decoded(pki.ca.certificate)] }
  const likely = likelyEdges(decoded(pki.signer.certificate), pool)
  expect(likely.map(({ certificate, issuer: by }) => [certificate.serialNumber, by.serialNumber])).toEqual([
    [pki.signer, pki.ca].map(({ serialNumber }) => serialNumber.toString(16)),
    [pki.ca, pki.root].map(({ serialNumber }) => serialNumber.toString(16)),
  ])
})
