import type { DivisionCode } from '../../../model/division-code.ts'
import type { SealDescription, SealFacts } from '../../../model/facts.ts'
import type { Case } from './case.ts'
import { type Gathered, together } from './finding.ts'
import { judgeIntegrity } from './integrity.ts'
import { judgeMaker, makerOnTheList, makerWithdrawal } from './maker.ts'
import { networkFindings } from './network.ts'
import type { PathAnswer } from './path.ts'
import { recognitionFinding } from './recognition.ts'
import { judgeRegistration } from './registration.ts'
import { judgeBoundCertificate } from './signer.ts'
import { makingTime, provenBy, sealProvenBy, sealValidity } from './time.ts'

export interface SealQuestion {
  readonly object: string
  readonly mustBeRegistered: boolean
  /** Without them neither the maker's nor the seal's certificate can be judged, and the answer says so elsewhere. */
  readonly hasPaths: boolean
}

/** Everything to be said of a seal, in the order of GB/T 38540-2020 6.3: bytes, maker, validity; then certificate, register, recognition. */
export function gatherSeal(matter: Case, facts: SealFacts, question: SealQuestion): Gathered {
  const { object, mustBeRegistered, hasPaths } = question
  const integrity = judgeIntegrity(facts, object)
  const registration = judgeRegistration(matter, { facts, object, mustBeRegistered, provenBy: null })
  const { seal } = facts
  if (seal === null) return { findings: together(integrity, registration), chains: [] }
  const division = issuingDivision(facts)
  const made = gatherMade(matter, facts, seal, object, hasPaths)
  const bound = hasPaths ? judgeBoundCertificate(matter, seal, object, division) : null
  const recognition = recognitionFinding(matter, {
    object,
    sealClass: seal.class,
    issuedIn: division,
    signerChain: bound?.chain ?? [],
  })
  return {
    findings: together(
      integrity,
      made.findings,
      bound?.findings ?? [],
      registration,
      [recognition],
      networkFindings(matter, object, division),
    ),
    chains: [made.chain, ...(bound ? [bound.chain] : [])],
  }
}

/** What is asked of every seal, on its own or inside a signature: who made it, when, and for how long. */
export function gatherMade(matter: Case, facts: SealFacts, seal: SealDescription, object: string, hasPaths: boolean): PathAnswer {
  const proofs = { provenBy: sealProvenBy(facts, matter.knownAt), usedBy: provenBy(facts, matter.knownAt) }
  const maker = { seal, division: issuingDivision(facts), ...proofs }
  const { findings, chain } = hasPaths ? judgeMaker(matter, maker) : { findings: makerOnTheList(matter, maker), chain: [] }
  return {
    findings: together(
      findings,
      makerWithdrawal(matter, maker),
      [makingTime(matter, seal, object)],
      sealValidity(matter, seal, object),
    ),
    chain,
  }
}

/** The division in the seal's code; where the code carries none, the one this very data was registered for. */
export function issuingDivision({ seal, registration }: SealFacts): DivisionCode | null {
  if (seal === null) return null
  if (seal.division !== null) return seal.division
  return registration?.sealDigests.includes(seal.digest) ? registration.division : null
}
