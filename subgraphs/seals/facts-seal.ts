import { HubError } from '../../model/error.ts'
import type { SealReading } from './facts.ts'

/**
 * Reads and checks a seal (`.esl`), registered or not. Broken bytes still give a reading: `format` null and a FAILED SEAL_FORMAT.
 * @throws HubError UNREADABLE for bytes that are no seal at all, TOO_LARGE over 5 MiB or a count the structure may not have.
 */
export function inspectSealBytes(bytes: Uint8Array): SealReading {
  throw new HubError('UNSUPPORTED', '尚未实现', `not built yet (${bytes.length} bytes)`)
}
