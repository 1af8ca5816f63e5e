import { type Finding, PASSED } from '../ses/check-row.ts'
import { coveredBy, signatureParts } from './coverage.ts'
import { ENTRY } from './document.ts'
import { leadsOnlyToProtected } from './entry-file.ts'
import { naming } from './naming.ts'
import type { OfdPackage } from './package.ts'
import type { OfdSignature } from './read-signatures.ts'

/**
 * What is shown and not protected by a signature leaves it UNKNOWN: what one sees is not what was signed. Annotations can be put over
 * anything, so that no later signature makes up for that. Other unprotected files are noted, and so is OFD.xml, which some systems
 * leave out since later signing may change it, where it can lead only to what is protected.
 */
export function checkUnprotected(files: OfdPackage, signature: OfdSignature, all: readonly OfdSignature[]): Finding {
  const covered = new Set(coveredBy(signature))
  const bare = [...files.keys()].filter((path) => !covered.has(path))
  const parts = signatureParts(all)
  const visible = signature.shown.among(bare, parts)
  const isEntryAlone = visible.length === 1 && visible[0] === ENTRY && leadsOnlyToProtected(files, signature, covered)
  if (visible.length > 0 && !isEntryAlone) return { outcome: 'UNKNOWN', detail: naming(visible) }
  const noted = bare.filter((path) => !parts.has(path))
  return noted.length > 0 ? { outcome: 'NOTE', detail: naming(noted) } : PASSED
}
