import { PkiError } from '../error.ts'
import type { Certificate } from './certificate.ts'
import { ownFindings, type Role } from './own-checks.ts'
import type { Path } from './path-search.ts'
import type { Finding } from './verdict.ts'
import { type EdgeChecks, edgeFindings } from './verified-edges.ts'

/** What stands in the certificates of a whole path themselves. */
export function ownFindingsOf(path: Path): readonly Finding[] {
  return path.flatMap((certificate, i) => ownFindings(certificate, roleIn(path, i)))
}

/** A root asked about on its own is an anchor; any other certificate asked about is an end entity, CA or not. */
function roleIn(path: Path, i: number): Role {
  if (path.length === 1) return isRoot(path[0]) ? 'anchor' : 'endEntity'
  return i === 0 ? 'endEntity' : i === path.length - 1 ? 'anchor' : 'intermediate'
}

/** The signatures of a whole path, from the anchor down, so that no key is used before it is known to be authentic. */
export function signatureFindings(path: Path, edges: EdgeChecks): readonly Finding[] {
  for (let i = path.length - 2; i >= 0; i--) {
    const [certificate, issuer] = path.slice(i, i + 2)
    if (!certificate || !issuer) continue
    const findings = edgeFindings(certificate, edges.verify(certificate, issuer))
    if (findings.length > 0) return findings
  }
  return []
}

function isRoot(certificate: Certificate | undefined): boolean {
  try {
    return certificate?.extensions.basicConstraints?.ca ?? false
  } catch (error) {
    if (error instanceof PkiError) return false
    throw error
  }
}
