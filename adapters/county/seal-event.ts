import type { EnvelopeOwner, SealRegistered } from '../../model/envelope.ts'
import { HubError } from '../../model/error.ts'
import type { Instant } from '../../model/time.ts'
import { PkiError } from '../../pki/error.ts'
import { decodeSeal } from '../../pki/ses/seal.ts'
import { sm3Hex } from '../../pki/sm3.ts'

/** A seal file to push, with what its platform knows of it beyond its bytes. */
export interface SealFile {
  /** Names the file in reports. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Source revision; left out, the second the seal was made, which rises when it is made anew. */
  readonly revision?: number
  /** Left out, the hub takes the owner the seal's certificates name. */
  readonly owner?: EnvelopeOwner
  /** The division that made it, where that is not the one its code begins with. */
  readonly issuedBy?: string
  /** In force from; left out, from when it was made. */
  readonly effectiveAt?: Instant
}

const REVISION_ZERO = Date.UTC(2000, 0, 1)

/**
 * The event that registers a seal file. The same file gives the same event, so that pushing it again changes nothing.
 * @throws HubError UNREADABLE for bytes that are no seal.
 */
export function sealEvent({ bytes, revision, owner, issuedBy, effectiveAt }: SealFile): SealRegistered {
  const { esID: code, property } = readSeal(bytes)
  const stated = {
    code,
    revision: revision ?? Math.max(0, Math.floor((property.createDate - REVISION_ZERO) / 1000)),
    owner: owner ?? null,
    issuedBy: issuedBy ?? null,
    effectiveAt: effectiveAt ?? property.createDate,
  }
  const eventId = `seal-${sm3Hex(Buffer.from(JSON.stringify(stated)), bytes).slice(0, 40)}`
  return { type: 'SEAL_REGISTERED', eventId, originAt: null, seal: bytes, ...stated }
}

function readSeal(bytes: Uint8Array) {
  try {
    return decodeSeal(bytes).eSealInfo
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    throw new HubError('UNREADABLE', '不是电子印章数据', 'not an electronic seal', { cause })
  }
}
