import type { CheckOutcome } from '../../../model/check.ts'
import type { FactCheck } from '../../../model/facts.ts'
import type { Bilingual } from '../../../model/text.ts'
import type { SignatureReading } from '../facts.ts'

/** 原件 and what is not (西藏 2). UNDECIDED: nothing in the file tells. */
export type Originality = 'ORIGINAL' | 'CONVERTED_COPY' | 'PRINTED_COPY' | 'UNDECIDED'

/** What in a file speaks of a copy; null where it does not. */
export interface CopyEvidence {
  readonly converted: Bilingual | null
  readonly printed: Bilingual | null
}

export interface OriginalityFinding {
  readonly originality: Originality
  readonly check: FactCheck
}

/**
 * Whether a file is the document that was signed. Who seals a copy makes it a document of his own; a signature without a seal on
 * something that shows traces of a copy does not.
 * @param lookForCopy called only where no seal holds
 */
export function judgeOriginality(signatures: readonly SignatureReading[], lookForCopy: () => CopyEvidence): OriginalityFinding {
  const holding = signatures.filter(isWhole)
  const isSealed = holding.some(({ seal }) => seal !== null)
  if (isSealed) return finding('ORIGINAL', 'PASSED', null)
  const evidence = lookForCopy()
  if (evidence.converted !== null) return finding('CONVERTED_COPY', 'FAILED', evidence.converted)
  if (evidence.printed !== null) return finding('PRINTED_COPY', 'FAILED', evidence.printed)
  return holding.length > 0 ? finding('ORIGINAL', 'PASSED', null) : finding('UNDECIDED', 'NOTE', null)
}

/** Its bytes and everything it protects are what they were: a copy cannot be that. */
function isWhole({ checks }: SignatureReading): boolean {
  const holds = (name: string) => checks.some(({ check, outcome }) => check === name && outcome === 'PASSED')
  return holds('SIGNATURE_VALUE') && holds('DATA_HASH') && checks.every(({ outcome }) => outcome !== 'FAILED')
}

function finding(originality: Originality, outcome: CheckOutcome, detail: Bilingual | null): OriginalityFinding {
  return { originality, check: { check: 'ORIGINALITY', object: 'document', outcome, ...(detail && { detail }) } }
}
