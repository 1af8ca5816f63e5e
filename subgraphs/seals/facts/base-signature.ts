import type { CheckOutcome } from '../../../model/check.ts'
import type { FactCheck } from '../../../model/facts.ts'
import { legible } from '../../../pki/ofd/legible.ts'
import type { OfdSignature } from '../../../pki/ofd/read-signatures.ts'
import type { SignatureReading } from '../facts.ts'

/** A signature of a document with what was found on it. */
export interface ReadSignature {
  readonly signature: OfdSignature
  readonly reading: SignatureReading
}

/**
 * The checks of a signature, with one on those it builds upon (`Relative` of OFD 2.0, domain reference 2): it is worth no more than
 * the worst of them. A base that is not in its list, or that builds upon itself in the end, fails.
 */
export function withBaseChecked(read: ReadSignature, all: readonly ReadSignature[]): readonly FactCheck[] {
  const { listed } = read.signature
  if (listed.relative === null) return read.reading.checks
  const object = `signature ${legible(listed.relative)}`
  return [...read.reading.checks, { check: 'BASE_SIGNATURE', object, outcome: worstOf(read, all) }]
}

function worstOf(read: ReadSignature, all: readonly ReadSignature[]): CheckOutcome {
  const outcomes = new Set<CheckOutcome>()
  const passed = new Set([read])
  for (let base = baseOf(read, all); base !== null; base = baseOf(base, all)) {
    if (base === 'MISSING' || passed.has(base)) return 'FAILED'
    passed.add(base)
    for (const { outcome } of base.reading.checks) outcomes.add(outcome)
  }
  if (outcomes.has('FAILED')) return 'FAILED'
  return outcomes.has('UNKNOWN') ? 'UNKNOWN' : 'PASSED'
}

/** Null when it builds upon none. */
function baseOf({ signature }: ReadSignature, all: readonly ReadSignature[]): ReadSignature | 'MISSING' | null {
  const { relative } = signature.listed
  if (relative === null) return null
  const named = all.filter(({ signature: other }) => other.list === signature.list && other.listed.id === relative)
  const [base] = named
  return base && named.length === 1 ? base : 'MISSING'
}
