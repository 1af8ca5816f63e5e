import { canonicalJson } from '../../../model/canonical-json.ts'
import { isCreditCode } from '../../../model/credit-code.ts'
import { isWithin } from '../../../model/division-code.ts'
import type { EnvelopeOwner, Refusal, SealRegistered } from '../../../model/envelope.ts'
import type { SealDescription } from '../../../model/facts.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import { brokenCheck } from '../facts/integrity.ts'
import { inspectSealBytes } from '../facts/seal.ts'
import type { SealReading } from '../facts.ts'
import type { HeldSeal } from '../held.ts'
import { namedCertificates } from '../named-certificates.ts'
import type { SealWrite } from '../ports.ts'
import { refusalOf, refuse } from '../refusal.ts'
import { refusedRegistration } from './policy-rules.ts'
import { refusedTime, type Sender } from './sender.ts'

/** What a registration comes to: a write, nothing new, or a refusal. */
export type RegistrationVerdict =
  | { readonly outcome: 'ADMITTED'; readonly write: SealWrite; readonly published: boolean }
  | { readonly outcome: 'UNCHANGED' }
  | { readonly outcome: 'REFUSED'; readonly refusal: Refusal }

type Refused = { readonly refusal: Refusal }
type ReadSeal = { readonly reading: SealReading; readonly seal: SealDescription }

/** Judges a row that registers a seal, or new data of one: its bytes, whose it is, its revision, its policy. */
export function admitRegistration(event: SealRegistered, held: HeldSeal | null, sender: Sender): RegistrationVerdict {
  const read = readSeal(event)
  if ('refusal' in read) return { outcome: 'REFUSED', ...read }
  const stated = ownerOf(event.owner, read.reading)
  if ('refusal' in stated) return { outcome: 'REFUSED', ...stated }
  const { seal } = read
  const division = seal.division ?? stated.owner?.division ?? null
  const isForeign = held !== null && held.platform !== sender.platform
  if (division === null || !isWithin(division, sender.scope) || isForeign) return { outcome: 'REFUSED', refusal: outOfScope() }
  const record = { ...recordOf(event, read, stated.owner), platform: sender.platform, division }
  if (held !== null && record.revision === held.revision && record.contentDigest === held.contentDigest)
    return { outcome: 'UNCHANGED' }
  const { rules } = sender.policies.governing(division, sender.now)
  const refusal =
    refusedRevision(record, held) ??
    refusedTime(event, seal.createdAt, sender.now) ??
    refusedRegistration(event, seal, held, rules)
  if (refusal !== null) return { outcome: 'REFUSED', refusal }
  const certificates = namedCertificates(seal, read.reading.certificates)
  const write = { record, replaces: held?.revision ?? null, certificates }
  return { outcome: 'ADMITTED', write, published: rules.disclosure.status === 'PUBLIC' }
}

/** What the row and its seal describe; the digest covers all of it that a revision stands for. */
function recordOf(event: SealRegistered, { reading, seal }: ReadSeal, owner: EnvelopeOwner | null) {
  const { code, revision, issuedBy } = event
  const { name, class: sealClass, kind, typeCode, format, createdAt, validity, makerCertificate: makerFingerprint } = seal
  const described = { code, seal: reading.digest, owner, issuedBy }
  const digests = { contentDigest: sm3Hex(Buffer.from(canonicalJson(described))), sealDigest: reading.digest }
  const words = { name, class: sealClass, kind, typeCode, format, createdAt, validity }
  return { code, revision, owner, ...words, ...digests, makerFingerprint, signerFingerprint: reading.signerFingerprint }
}

export function outOfScope(): Refusal {
  return refuse('OUT_OF_SCOPE', '印章不属于该平台', "the seal is not this platform's")
}

/** The seal in the row, whole and under the code the row names. */
function readSeal(event: SealRegistered): ReadSeal | Refused {
  let reading: SealReading
  try {
    reading = inspectSealBytes(event.seal)
  } catch (error) {
    return { refusal: refusalOf(error) }
  }
  const broken = brokenCheck(reading.checks)
  if (broken !== null || reading.seal === null) {
    const check = broken?.check ?? 'SEAL_FORMAT'
    const detail = broken?.detail ?? { zh: '', en: '' }
    return {
      refusal: refuse(
        'INTEGRITY',
        `印章数据未通过检查 ${check} ${detail.zh}`.trim(),
        `the seal fails ${check} ${detail.en}`.trim(),
      ),
    }
  }
  if (reading.seal.code !== event.code) {
    return {
      refusal: refuse('BAD_INPUT', `印章数据中的编码是 ${reading.seal.code}`, `the code in the seal is ${reading.seal.code}`),
    }
  }
  return { reading, seal: reading.seal }
}

/** The owner the row states, or else the one the certificates name; they must not contradict each other. */
function ownerOf(stated: EnvelopeOwner | null, { owner }: SealReading): { readonly owner: EnvelopeOwner | null } | Refused {
  const named = owner === null ? null : { name: owner.name, creditCode: owner.creditCode, division: null }
  if (stated === null) return { owner: named }
  const { creditCode } = stated
  if (creditCode !== null && !isCreditCode(creditCode)) {
    return { refusal: refuse('BAD_INPUT', '统一社会信用代码校验不符', 'the credit code fails its check character') }
  }
  if (creditCode !== null && named !== null && named.creditCode !== creditCode) {
    return {
      refusal: refuse('BAD_INPUT', '信用代码与证书所载不一致', "the credit code is not the one in the seal's certificates"),
    }
  }
  return { owner: { ...stated, creditCode: creditCode ?? named?.creditCode ?? null } }
}

function refusedRevision(record: Pick<HeldSeal, 'revision' | 'contentDigest'>, held: HeldSeal | null): Refusal | null {
  if (held === null || record.revision > held.revision) return null
  if (record.revision === held.revision) return refuse('CONFLICT', '同一版本内容不同', 'the same revision with other content')
  return refuse('STALE', `已有较新的版本 ${held.revision}`, `a newer revision is held: ${held.revision}`)
}
