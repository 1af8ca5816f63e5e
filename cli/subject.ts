import { HubError } from '../model/error.ts'
import { kindOfBytes } from '../pki/ses/kind.ts'

/** Whether a file is to be asked about as a seal or as a signature. @throws HubError UNREADABLE for bytes of no known kind. */
export function subjectOf(bytes: Uint8Array): 'SEAL' | 'SIGNATURE' {
  const kind = kindOfBytes(bytes)
  if (kind === null) throw new HubError('UNREADABLE', '不是已知的印章或签章格式', 'no known seal or signature format')
  return kind === 'SEAL' ? 'SEAL' : 'SIGNATURE'
}
