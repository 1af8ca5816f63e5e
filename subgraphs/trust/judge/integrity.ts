import type { FactCheck, SealFacts } from '../../../model/facts.ts'
import type { SealFormat } from '../../../model/seal.ts'
import { type Finding, found } from './finding.ts'
import { plain } from './words.ts'

const SEAL = ['SEAL_FORMAT', 'SEAL_SIGNATURE']
const SIGNATURE = ['SIGNATURE_FORMAT', 'SIGNATURE_VALUE', 'DATA_HASH']

const STRUCTURES = ['SEAL_FORMAT', 'SIGNATURE_FORMAT']

/** Without these a seal or signature is not checked. Silence about one of them is never taken for consent. */
function indispensable({ subject, seal }: SealFacts): readonly string[] {
  if (subject === 'SEAL') return SEAL
  return seal !== null ? [...SIGNATURE, 'SIGNER_IN_SEAL', ...SEAL] : SIGNATURE
}

/** Whether a signature of this structure carries a seal. */
export function hasSeal(format: SealFormat | null): boolean {
  return format !== null && format !== 'GBT_35275'
}

/** Takes over what was found on the bytes, and notices what was not looked at. */
export function judgeIntegrity(facts: SealFacts, object: string): readonly Finding[] {
  const findings: Finding[] = [...facts.checks]
  if (isBroken(facts.checks)) return findings
  const contentMissing = facts.subject === 'SIGNATURE' && !facts.signature?.contentGiven
  if (contentMissing && !facts.checks.some(({ check, outcome }) => check === 'DATA_HASH' && outcome !== 'PASSED')) {
    findings.push({ check: 'DATA_HASH', object, outcome: 'UNKNOWN' })
  }
  const missing = indispensable(facts).filter((name) => !isDone(facts.checks, name))
  if (facts.format === null) missing.push('format')
  if (hasSeal(facts.format) && facts.seal === null) missing.push('seal')
  if (missing.length > 0) findings.push(found('EVIDENCE_COMPLETE', object, 'UNKNOWN', plain(missing.join(', '))))
  return findings
}

/** A broken structure says so, and then nothing else can be expected of it. */
function isBroken(checks: readonly FactCheck[]): boolean {
  return checks.some(({ check, outcome }) => outcome === 'FAILED' && STRUCTURES.includes(check))
}

/** A note is consent only on the structure, which may hold and still differ from what its standard says. */
function isDone(checks: readonly FactCheck[], name: string): boolean {
  return checks.some(
    ({ check, outcome }) => check === name && outcome !== 'NOT_APPLICABLE' && (outcome !== 'NOTE' || STRUCTURES.includes(name)),
  )
}
