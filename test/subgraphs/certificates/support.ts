import { readdirSync, readFileSync } from 'node:fs'
import { decodePem } from '../../../pki/pem.ts'
import { SILENT } from '../../../runtime/log.ts'
import type { ImportPorts } from '../../../subgraphs/certificates/import-certificates.ts'
import { importCertificates } from '../../../subgraphs/certificates/import-certificates.ts'
import { importCrls } from '../../../subgraphs/certificates/import-crls.ts'
import { importOcspResponses } from '../../../subgraphs/certificates/import-ocsp.ts'
import { openCertificateStore } from '../../../subgraphs/certificates/store/sqlite.ts'
import { sharedFile } from '../../support/shared.ts'

/** 2026-06-01, when everything in these tests happens. */
export const NOW = Date.UTC(2026, 5, 1)
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

export const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** Bytes as an import takes them. */
export const inline = (bytes: Uint8Array) => ({ base64: base64(bytes) })

const NO_FILES = { read: async () => null }

/** An empty store in memory with the two ways in, at a moment that a test can move. */
export function importRoom(now = NOW) {
  const clock = { now }
  const ports: ImportPorts = { store: openCertificateStore(':memory:'), files: NO_FILES, now: () => clock.now, log: SILENT }
  return {
    ...ports,
    clock,
    takeIn: (...certificates: readonly Uint8Array[]) => importCertificates(certificates.map(base64), ports),
    takeInCrls: (...crls: readonly Uint8Array[]) => importCrls(crls.map(inline), ports),
    takeInOcsp: (...responses: readonly Uint8Array[]) => importOcspResponses(responses.map(inline), ports),
  }
}

/** The first certificate of a sample file, PEM or DER, as DER. */
export function sampleCertificate(path: string): Uint8Array {
  const bytes = readFileSync(sharedFile(path))
  const [pem] = bytes[0] === 0x30 ? [] : decodePem(bytes.toString('latin1'), 'CERTIFICATE')
  return pem?.der ?? bytes
}

/** The 86 CA certificates of the national root. */
export function nationalCertificates(): readonly Uint8Array[] {
  const folder = 'samples/certificates/rootca.gov.cn'
  const files = readdirSync(sharedFile(folder)).filter((name) => name.endsWith('.crt'))
  return files.map((name) => sampleCertificate(`${folder}/${name}`))
}
