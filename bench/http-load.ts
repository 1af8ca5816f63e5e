import { parentPort } from 'node:worker_threads'
import { Pool } from 'undici'
import { HubError } from '../model/error.ts'

const CONNECTIONS = 32
const MILLISECONDS = 400

/** A thread that posts the same request over 32 connections for a while and tells how many were answered a second. */
parentPort?.on('message', async ({ url, body }: { url: string; body: string }) => {
  const pool = new Pool(new URL(url).origin, { connections: CONNECTIONS })
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
  let answered = 0
  const start = performance.now()
  const worker = async () => {
    while (performance.now() - start < MILLISECONDS) {
      const response = await pool.request({ path: '/graphql', method: 'POST', headers, body })
      const text = await response.body.text()
      if (response.statusCode !== 200 || text.includes('"errors"'))
        throw new HubError('UNAVAILABLE', '答复有误', `not an answer: ${text}`)
      answered++
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  const speed = (answered * 1000) / (performance.now() - start)
  await pool.close()
  parentPort?.postMessage(speed)
})
