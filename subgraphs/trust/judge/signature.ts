import type { DivisionCode } from '../../../model/division-code.ts'
import type { Fingerprint, SealFacts } from '../../../model/facts.ts'
import type { Instant } from '../../../model/time.ts'
import type { Case } from './case.ts'
import { type Finding, found, type Gathered, together } from './finding.ts'
import { judgeIntegrity } from './integrity.ts'
import { networkFindings } from './network.ts'
import type { PathAnswer } from './path.ts'
import { purposeFindings, recognitionFinding } from './recognition.ts'
import { judgeRegistration } from './registration.ts'
import { gatherMade, issuingDivision } from './seal.ts'
import { judgeSigner } from './signer.ts'
import { provenBy, signingTime, validitiesAgree } from './time.ts'

export interface SignatureQuestion {
  readonly object: string
  /** The moment asked about, when one was. */
  readonly at: Instant | null
  readonly hasPaths: boolean
}

/** Everything to be said of a signature, in the order of GB/T 38540-2020 7.3: bytes, time, signer, then the seal in it. */
export function gatherSignature(matter: Case, facts: SealFacts, { object, at, hasPaths }: SignatureQuestion): Gathered {
  const integrity = together(judgeIntegrity(facts, object), signingTime(matter, facts, object, at))
  const division = issuingDivision(facts)
  const signer = hasPaths ? signerOf(matter, facts, object, division) : { findings: [], chain: [] }
  const seal = sealInside(matter, facts, { object, hasPaths, signerChain: signer.chain })
  return {
    findings: together(integrity, signer.findings, seal.findings),
    chains: [signer.chain, ...seal.chains],
  }
}

function signerOf(matter: Case, facts: SealFacts, object: string, division: DivisionCode | null): PathAnswer {
  const fingerprint = facts.signature?.signerCertificate ?? null
  if (fingerprint === null) return { findings: [found('BOUND_CERTIFICATE', object, 'UNKNOWN')], chain: [] }
  const proven = provenBy(facts, matter.knownAt)
  return judgeSigner(matter, { part: 'signer certificate', fingerprint, division, provenBy: proven })
}

interface SealInside {
  /** The signature it is in. */
  readonly object: string
  readonly hasPaths: boolean
  readonly signerChain: readonly Fingerprint[]
}

function sealInside(matter: Case, facts: SealFacts, { object: signature, hasPaths, signerChain }: SealInside): Gathered {
  const { seal } = facts
  if (seal === null) {
    const carried = facts.format === 'GBT_35275' ? [found('SEAL_CARRIED', signature, 'NOTE')] : []
    return { findings: together(carried, purposeFindings(matter, signature)), chains: [] }
  }
  const object = `seal ${seal.code}`
  const made = gatherMade(matter, facts, seal, object, hasPaths)
  const registration = judgeRegistration(matter, {
    facts,
    object,
    mustBeRegistered: false,
    provenBy: provenBy(facts, matter.knownAt),
  })
  const issuedIn = issuingDivision(facts)
  const recognition = recognitionFinding(matter, { object, sealClass: seal.class, issuedIn, signerChain })
  const agree = agreement(matter, facts, object)
  const network = networkFindings(matter, object, issuedIn)
  return { findings: together(made.findings, agree, registration, [recognition], network), chains: [made.chain] }
}

function agreement(matter: Case, { seal, signature }: SealFacts, object: string): readonly Finding[] {
  const signer = matter.certificates.get(signature?.signerCertificate ?? '')
  return seal && signer ? [validitiesAgree(seal, signer, object)] : []
}
