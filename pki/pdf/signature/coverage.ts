import { type Finding, finding, PASSED } from '../../ses/check-row.ts'
import type { PdfFile } from '../file/file.ts'
import { type Revision, revisionEndingAt } from '../file/revision.ts'
import { sameEntry } from '../file/xref-chain.ts'
import type { CoveredRange } from './byte-range.ts'
import type { SignatureField } from './field.ts'

/** The revision a signature covers; null where it covers none, and `finding` says why. */
export interface Coverage {
  readonly revision: Revision | null
  readonly finding: Finding
}

const NO_RANGE: Coverage = { revision: null, finding: finding('UNKNOWN', '签名范围不成立', 'the signed range does not stand') }

/**
 * Finds the revision that signed bytes make up (ISO 32000-2 12.8.1): they must end where it ends, all updates that came later must
 * lie behind them, build upon it, and the signature must be the one that stood in it.
 */
export function coverageOf(file: PdfFile, range: CoveredRange | null, { holder }: SignatureField): Coverage {
  if (range === null) return NO_RANGE
  const revision = revisionEndingAt(file.bytes, file.revisions, range.end)
  if (!revision)
    return refused(
      `签名范围止于 ${range.end}，此处不是任何版本的结尾`,
      `the range ends at ${range.end}, where no revision in the chain ends`,
    )
  const isAfter = file.sections
    .slice(0, revision.section)
    .every(({ pieces }) => pieces.every(({ start }) => start >= revision.marker.end))
  if (!isAfter) return refused('其后的更新位于签名范围之内', 'a later update lies inside the signed range')
  const [then, now] = [file.viewFrom(revision.section), file.current].map((view) =>
    holder === null ? null : view.entryOf(holder),
  )
  if (!then || !now || !sameEntry(then, now))
    return refused('签名不是所签版本中的那一个', 'the signature is not the one that stood in the revision')
  return { revision, finding: PASSED }
}

function refused(zh: string, en: string): Coverage {
  return { revision: null, finding: finding('FAILED', zh, en) }
}
