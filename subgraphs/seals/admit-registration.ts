import { canonicalJson } from '../../model/canonical-json.ts'
import { isCreditCode } from '../../model/credit-code.ts'
import { isWithin } from '../../model/division-code.ts'
import type { EnvelopeOwner, Refusal, SealRegistered } from '../../model/envelope.ts'
import type { SealDescription } from '../../model/facts.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import type { SealReading } from './facts.ts'
import { inspectSealBytes } from './facts-seal.ts'
import type { HeldSeal } from './held.ts'
import { brokenCheck } from './integrity.ts'
import { refusedRegistration } from './policy-rules.ts'
import type { SealWrite } from './ports.ts'
import { refusalOf, refuse } from './refusal.ts'
import { refusedTime, type Sender } from './sender.ts'

/** What a registration comes to: a write, nothing new, or a refusal. */
export type RegistrationVerdict =
  | { readonly outcome: 'ADMITTED'; readonly write: SealWrite; readonly seal: SealDescription; readonly published: boolean }
  | { readonly outcome: 'UNCHANGED' }
  | { readonly outcome: 'REFUSED'; readonly refusal: Refusal }

type Registered = Omit<Extract<RegistrationVerdict, { outcome: 'ADMITTED' }>, 'outcome'>

/** Judges a row that registers a seal, or new data of one: its bytes, whose it is, its revision, its policy. */
export function admitRegistration(event: SealRegistered, held: HeldSeal | null, sender: Sender): RegistrationVerdict {
  const read = readSeal(event)
  if ('refusal' in read) return { outcome: 'REFUSED', refusal: read.refusal }
  const { reading, seal } = read
  const owner = ownerOf(event.owner, reading)
  if ('refusal' in owner) return { outcome: 'REFUSED', refusal: owner.refusal }
  const division = seal.division ?? owner.owner?.division ?? null
  if (division === null || !isWithin(division, sender.scope) || (held !== null && held.platform !== sender.platform)) {
    return { outcome: 'REFUSED', refusal: outOfScope() }
  }
  const described = { code: event.code, seal: reading.digest, owner: owner.owner, issuedBy: event.issuedBy }
  const contentDigest = sm3Hex(Buffer.from(canonicalJson(described)))
  if (held !== null && event.revision === held.revision && contentDigest === held.contentDigest) return { outcome: 'UNCHANGED' }
  const { rules } = sender.policies.governing(division, sender.now)
  const refusal =
    refusedRevision(event, held, contentDigest) ??
    refusedTime(event, seal.createdAt, sender.now) ??
    refusedRegistration(event, seal, held, rules)
  if (refusal !== null) return { outcome: 'REFUSED', refusal }
  const { signerFingerprint } = reading
  const { createdAt, validity, makerCertificate: makerFingerprint } = seal
  const words = { name: seal.name, class: seal.class, kind: seal.kind, typeCode: seal.typeCode, format: seal.format }
  const record = {
    ...words, code: event.code, platform: sender.platform, division, owner: owner.owner, revision: event.revision, contentDigest,
    sealDigest: reading.digest, createdAt, validity, makerFingerprint, signerFingerprint,
  } // biome-ignore format: a record
  const admitted: Registered = {
    write: { record, replaces: held?.revision ?? null },
    seal,
    published: rules.disclosure.status === 'PUBLIC',
  }
  return { outcome: 'ADMITTED', ...admitted }
}

export function outOfScope(): Refusal {
  return refuse('OUT_OF_SCOPE', '印章不属于该平台', "the seal is not this platform's")
}

/** The seal in the row, whole and under the code the row names. */
function readSeal(event: SealRegistered): { reading: SealReading; seal: SealDescription } | { refusal: Refusal } {
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
function ownerOf(stated: EnvelopeOwner | null, { owner }: SealReading): { owner: EnvelopeOwner | null } | { refusal: Refusal } {
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

function refusedRevision(event: SealRegistered, held: HeldSeal | null, contentDigest: string): Refusal | null {
  if (held === null || event.revision > held.revision) return null
  if (event.revision < held.revision) {
    return refuse('STALE', `已有较新的版本 ${held.revision}`, `a newer revision is held: ${held.revision}`)
  }
  return contentDigest === held.contentDigest
    ? null
    : refuse('CONFLICT', '同一版本内容不同', 'the same revision with other content')
}
