import { readFileSync } from 'node:fs'
import type { FileReader } from '../../model/files.ts'
import type { PartHealth, Subgraph } from '../../model/subgraph.ts'
import type { Clock } from '../../model/time.ts'
import { localSubgraph } from '../../runtime/local-subgraph.ts'
import type { Log } from '../../runtime/log.ts'
import { candidatePaths } from './path-cache.ts'
import { certificatesResolvers } from './resolvers.ts'
import { knownCertificates } from './seen-certificates.ts'
import type { CertificateStore } from './store/certificate-store.ts'
import { openCertificateStore } from './store/sqlite.ts'

const SDL = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')

export interface CertificatesOptions {
  /** Path of the database, or `:memory:`. */
  readonly database: string
  /** The hub's facts key, at least 32 bytes. */
  readonly factsKey: Uint8Array
  /** Where files sent to `POST /files` are read; left out, imports bring their bytes themselves. */
  readonly files?: FileReader
  readonly now: Clock
  readonly log: Log
}

const NO_FILES: FileReader = { read: async () => null }

/** Starts the subgraph of certificates, CRLs and paths: it knows certificates, and never which of them are trusted. */
export async function startCertificates({
  database,
  factsKey,
  files = NO_FILES,
  now,
  log,
}: CertificatesOptions): Promise<Subgraph> {
  const store = openCertificateStore(database)
  const room = { store, known: knownCertificates(store), paths: candidatePaths(store), factsKey, files, now, log }
  return localSubgraph({
    name: 'certificates',
    sdl: SDL,
    resolvers: certificatesResolvers(room),
    health: () => healthOf(store),
    close: async () => store.close(),
  })
}

async function healthOf(store: CertificateStore): Promise<PartHealth> {
  try {
    await store.generation()
    return { part: 'certificates', healthy: true }
  } catch (error) {
    return { part: 'certificates', healthy: false, detail: error instanceof Error ? error.message : 'store' }
  }
}
