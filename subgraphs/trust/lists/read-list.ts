import { HubError } from '../../../model/error.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import { type NamedStatement, named } from '../service.ts'
import { decodeTrustList, type TrustList } from '../trust-list.ts'
import { openSignedList } from './signature.ts'

/** A list out of its envelope. Its signature holds; whether its signer may speak is asked when it is admitted. */
export interface ReadList extends Omit<TrustList, 'statements'> {
  readonly statements: readonly NamedStatement[]
  readonly signer: Fingerprint
  /** SM3 of the bytes, lower-case hex. */
  readonly digest: string
  /** As received. */
  readonly bytes: Uint8Array
}

/** Opens and reads lists. @throws HubError as `readSignedList` */
export type ListReader = (bytes: Uint8Array) => Promise<ReadList>

/**
 * Opens a signed list, verifies its signature and reads all it says.
 * @throws HubError TOO_LARGE, UNREADABLE (no list, or a service stated twice), ENVELOPE_SIGNATURE.
 */
export function readSignedList(bytes: Uint8Array): ReadList {
  const { content, signer } = openSignedList(bytes)
  const list = decodeTrustList(content)
  const statements = list.statements.map(named)
  if (new Set(statements.map(({ id }) => id)).size !== statements.length)
    throw new HubError('UNREADABLE', '列表重复陈述同一服务', 'the list states a service twice')
  return { ...list, statements, signer, digest: sm3Hex(bytes), bytes }
}

/** Reads where it is called, for lists that cannot hold anybody up. */
export const readHere: ListReader = async (bytes) => readSignedList(bytes)
