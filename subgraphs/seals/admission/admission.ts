import { isDivisionScope } from '../../../model/division-code.ts'
import type { EnvelopeHeader, EnvelopeRow } from '../../../model/envelope.ts'
import { parseEnvelope } from '../../../model/envelope-format.ts'
import { HubError } from '../../../model/error.ts'
import type { MemberFacts } from '../../../model/facts.ts'
import type { Policies } from '../../../model/policy.ts'
import { formatReceipt, type ReceiptRow } from '../../../model/receipt.ts'
import { openFacts } from '../../../model/sealed-facts.ts'
import { type Clock, holds, type Instant } from '../../../model/time.ts'
import { encodeSignedData } from '../../../pki/cms/signed-data.ts'
import type { Signer } from '../../../pki/signer.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import { gatherHeld } from '../held.ts'
import type { SealStore, StoredEnvelope } from '../ports.ts'
import { admitRows } from './admit-rows.ts'
import { assertFollows, assertRepeats } from './envelope-position.ts'
import { assertSignedBy, openEnvelope } from './envelope-signature.ts'

export interface AdmissionPorts {
  readonly store: SealStore
  readonly policies: Policies
  readonly factsKey: Uint8Array
  readonly now: Clock
  /** The hub's own: signs receipts. */
  readonly signer: Signer
}

/** An envelope taken in, now or before. */
export interface Admission {
  readonly header: EnvelopeHeader
  readonly recordedAt: Instant
  /** The same envelope had been taken in before: nothing changed. */
  readonly repeated: boolean
  readonly rows: readonly ReceiptRow[]
  /** GB/T 35275 SignedData over the receipt. */
  readonly receipt: Uint8Array
}

const MEMBER_FACTS_LIFETIME_MS = 600_000
/** How often a commit is computed anew when others commit in between. */
const ATTEMPTS = 4

/**
 * The one way in for seals: opens the envelope, believes it, judges its rows, commits them all at once, then signs the receipt.
 * Refused whole, nothing is stored; a refused row harms no other. The same envelope again gives the same receipt.
 * @param memberFacts the sender's standing as `trust` sealed it, at most ten minutes old.
 * @throws HubError TOO_LARGE, UNREADABLE, FACTS_REFUSED, NOT_A_MEMBER, ENVELOPE_SIGNATURE, REPLAY, ENVELOPE_SEQUENCE, BAD_INPUT,
 *   UNAVAILABLE (nothing is lost: send the same envelope again)
 */
export async function admitEnvelope(bytes: Uint8Array, memberFacts: string, ports: AdmissionPorts): Promise<Admission> {
  const envelope = openEnvelope(bytes)
  const { header, rows } = parseEnvelope(envelope.content)
  const now = ports.now()
  const member = openMember(memberFacts, header.platform, now, ports.factsKey)
  assertSignedBy(envelope, member.certificate)
  const received = { bytes, header, rows, digest: sm3Hex(envelope.content) }
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { stored, repeated } = await takeIn(received, member, now, ports)
    if (stored !== null) return { ...stored, repeated, receipt: stored.receipt ?? (await signReceipt(stored, ports)) }
  }
  throw new HubError('UNAVAILABLE', '同时写入过多，请重发同一信封', 'too many writers at once; send the same envelope again')
}

interface ReceivedEnvelope {
  readonly bytes: Uint8Array
  readonly header: EnvelopeHeader
  readonly rows: readonly EnvelopeRow[]
  readonly digest: string
}

/** The envelope as stored; null when others committed in between and it has to be computed again. */
async function takeIn(
  { bytes, header, rows, digest }: ReceivedEnvelope,
  { platform, scope }: MemberFacts,
  now: Instant,
  { store, policies }: AdmissionPorts,
): Promise<{ stored: StoredEnvelope | null; repeated: boolean }> {
  const found = await store.envelope(platform, header.stream, header.sequence, header.messageId)
  if (found !== null) {
    assertRepeats(found, digest)
    return { stored: found, repeated: true }
  }
  assertFollows(header, await store.position(platform, header.stream), now)
  const held = await gatherHeld(rows, platform, store)
  const judged = await admitRows(rows, held, { platform, scope, policies, now }, header.sequence)
  const appended = await store.append({ header, digest, bytes, ...judged }, now)
  if (appended.outcome === 'MOVED') return { stored: null, repeated: false }
  const { recordedAt } = appended
  return { stored: { header, digest, recordedAt, rows: judged.rows, receipt: null }, repeated: false }
}

function openMember(sealed: string, platform: string, now: Instant, key: Uint8Array): MemberFacts {
  const expected = { producer: 'trust', type: 'MemberFacts', entityId: platform, lifetime: MEMBER_FACTS_LIFETIME_MS } as const
  const member = openFacts<MemberFacts>(sealed, expected, now, key)
  const stands =
    member.platform === platform && holds(member.span, now) && now <= member.standingUntil && isDivisionScope(member.scope)
  if (!stands)
    throw new HubError('NOT_A_MEMBER', `${platform} 当前不是成员平台`, `${platform} has no standing as a member platform now`)
  return member
}

/** Signs what was committed; whichever signature is kept first is the receipt for ever. */
async function signReceipt(
  { header, digest, recordedAt, rows }: StoredEnvelope,
  { store, signer }: AdmissionPorts,
): Promise<Uint8Array> {
  const { platform, stream, sequence, messageId } = header
  const content = formatReceipt({ platform, stream, sequence, messageId, envelope: digest, recordedAt, rows })
  return store.keepReceipt(header, await encodeSignedData(content, signer))
}
