import type { Ask } from '../../model/ask.ts'
import { parseEnvelopeHeader } from '../../model/envelope-format.ts'
import { HubError } from '../../model/error.ts'
import { decodeSignedData, verifySignedData } from '../../pki/cms/signed-data.ts'
import { PkiError } from '../../pki/error.ts'
import { fingerprintOf } from '../../pki/x509/certificate.ts'
import { type Admission, askAdmission } from './questions.ts'
import type { Standings } from './standing.ts'

/**
 * Takes an envelope from a county to the hub: whose it is by its own word and signature, the sender's standing from `trust`,
 * then the way in of `seals`, which checks everything again.
 * @throws HubError UNREADABLE, ENVELOPE_SIGNATURE, NOT_A_MEMBER, or whatever the hub refuses it with.
 */
export async function receiveEnvelope(bytes: Uint8Array, ask: Ask, standings: Standings): Promise<Admission> {
  const { platform, fingerprint } = senderOf(bytes)
  const { facts, fresh } = await standings.of(platform, fingerprint)
  try {
    return await askAdmission(ask, bytes, facts)
  } catch (error) {
    const isAboutStanding = error instanceof HubError && (error.code === 'FACTS_REFUSED' || error.code === 'NOT_A_MEMBER')
    if (!isAboutStanding) throw error
    standings.forget(platform, fingerprint)
    if (fresh) throw error
    return askAdmission(ask, bytes, (await standings.of(platform, fingerprint)).facts)
  }
}

/** Whose envelope it says it is, and who signed it. */
function senderOf(bytes: Uint8Array): { readonly platform: string; readonly fingerprint: string } {
  try {
    const signed = decodeSignedData(bytes)
    if (signed.content === null) throw new HubError('UNREADABLE', '信封没有内容', 'the envelope has no content')
    const { platform } = parseEnvelopeHeader(signed.content)
    const [signer, ...others] = verifySignedData(signed)
    if (!signer?.holds || signer.certificate === null || others.length > 0) {
      throw new HubError(
        'ENVELOPE_SIGNATURE',
        '信封须有且只有一个成立的签名',
        'the envelope needs exactly one signature, and it has to hold',
      )
    }
    return { platform, fingerprint: fingerprintOf(signer.certificate) }
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    throw new HubError('UNREADABLE', '信封不是 GB/T 35275 签名数据', 'the envelope is no GB/T 35275 SignedData', { cause })
  }
}
