import { childrenOf } from '../xml.ts'
import { ENTRY } from './document.ts'
import { findFile } from './location.ts'
import type { OfdPackage } from './package.ts'
import type { OfdSignature } from './read-signatures.ts'
import { xmlText } from './xml-words.ts'

/** How a file begins that some OFD.xml could name as the root of a document. */
const DOCUMENT_ROOT = /<(?:[\w.-]+:)?Document[\s/>]/

/**
 * Whether an OFD.xml that a signature does not protect can show nothing but what the signature protects: its document's one root is
 * protected, and no other document, version or root is there to be shown in its place. Its metadata may be anything.
 */
export function leadsOnlyToProtected(
  files: OfdPackage,
  { body: { element }, isOnlyDocument }: OfdSignature,
  covered: ReadonlySet<string | null>,
): boolean {
  const [root, another] = childrenOf(element, 'DocRoot')
  const path = root && !another ? findFile(files, ENTRY, root.text) : null
  if (path === null || !covered.has(path) || !isOnlyDocument || childrenOf(element, 'Versions').length > 0) return false
  return !hasOtherRoot(files, path)
}

function hasOtherRoot(files: OfdPackage, root: string): boolean {
  return [...files].some(([path, bytes]) => path !== root && DOCUMENT_ROOT.test(xmlText(bytes) ?? ''))
}
