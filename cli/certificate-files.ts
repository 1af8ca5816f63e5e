import { basename } from 'node:path'
import { HubError } from '../model/error.ts'
import { PkiError } from '../pki/error.ts'
import { decodePem } from '../pki/pem.ts'
import { expandPaths, readInput } from './input.ts'

const MAXIMUM_BYTES = 16 * 1024 * 1024
const ENDINGS = ['.cer', '.crt', '.pem', '.der']

/** One structure out of a file, or why there is none. */
export interface FileItem {
  readonly file: string
  readonly der: Uint8Array | null
  readonly refusal: { readonly code: string; readonly zh: string; readonly en: string } | null
}

/** Reads certificates from files and folders, PEM (several in one file) or DER; a file that cannot be read is an item with its refusal. */
export async function readCertificates(paths: readonly string[]): Promise<readonly FileItem[]> {
  return readStructures(await expandPaths(paths, ENDINGS), 'CERTIFICATE', MAXIMUM_BYTES)
}

/** Reads CRLs and OCSP responses likewise; a response is always DER. */
export async function readCrls(paths: readonly string[]): Promise<readonly FileItem[]> {
  return readStructures(await expandPaths(paths, ['.crl', '.pem', '.der', '.ors', '.ocsp']), 'X509 CRL', 64 * 1024 * 1024)
}

async function readStructures(paths: readonly string[], label: string, maximumBytes: number): Promise<readonly FileItem[]> {
  const items: FileItem[] = []
  for (const path of paths) items.push(...(await readStructure(path, label, maximumBytes)))
  return items
}

async function readStructure(path: string, label: string, maximumBytes: number): Promise<readonly FileItem[]> {
  const file = basename(path)
  try {
    const bytes = await readInput(path, maximumBytes)
    if (!isPem(bytes)) return [{ file, der: bytes, refusal: null }]
    const blocks = decodePem(Buffer.from(bytes).toString('latin1'), label)
    if (blocks.length === 0) throw new HubError('UNREADABLE', `没有 ${label}`, `holds no ${label}`)
    return blocks.map(({ der }) => ({ file, der, refusal: null }))
  } catch (error) {
    if (error instanceof HubError) return [{ file, der: null, refusal: { code: error.code, zh: error.zh, en: error.en } }]
    if (error instanceof PkiError) return [{ file, der: null, refusal: { code: error.code, zh: '无法读取', en: error.message } }]
    throw error
  }
}

function isPem(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 4096)).includes('-----BEGIN ')
}
