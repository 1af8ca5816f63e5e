import { HubError } from '../model/error.ts'
import { kindOfBytes } from '../pki/ses/kind.ts'

const CONTAINERS = ['PK\u0003\u0004', '%PDF-'] as const

/**
 * Whether a file is to be asked about as a seal or as a document (OFD, PDF, or a signature value on its own).
 * @throws HubError UNREADABLE for bytes of no known kind.
 */
export function subjectOf(bytes: Uint8Array): 'SEAL' | 'DOCUMENT' {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (CONTAINERS.some((magic) => start.startsWith(magic))) return 'DOCUMENT'
  const kind = kindOfBytes(bytes)
  if (kind === null)
    throw new HubError('UNREADABLE', '不是已知的文件、印章或签章格式', 'no known document, seal or signature format')
  return kind === 'SEAL' ? 'SEAL' : 'DOCUMENT'
}
