import { expect } from 'vitest'
import type { FactCheck } from '../../model/facts.ts'
import { inspectDocumentBytes } from '../../subgraphs/seals/facts/document.ts'
import { archiveOf, type Files } from './ofd.ts'

/** What could not pass, on the document and on each signature: `CHECK: OUTCOME`. */
export interface OfdFindings {
  readonly document: readonly string[]
  readonly signatures: readonly (readonly string[])[]
}

/** What keeps a package from passing; nothing at all for one that holds. */
export async function findingsOn(files: Files | Uint8Array): Promise<OfdFindings> {
  const bytes = files instanceof Uint8Array ? files : await archiveOf(files)
  const { checks, signatures } = await inspectDocumentBytes(bytes)
  return { document: doubtsIn(checks), signatures: signatures.map((one) => doubtsIn(one.checks)) }
}

/** The same of the first signature, in a document of which nothing else is to be said. */
export async function signatureDoubts(files: Files): Promise<readonly string[] | undefined> {
  const { document, signatures } = await findingsOn(files)
  expect(document).toEqual([])
  return signatures[0]
}

/** A package that is no document. */
export const BROKEN: OfdFindings = { document: ['DOCUMENT_FORMAT: FAILED'], signatures: [] }

/** One signature that holds, in a document of which nothing else is to be said. */
export const HOLDS: OfdFindings = { document: [], signatures: [[]] }

function doubtsIn(checks: readonly FactCheck[]): readonly string[] {
  const rows = checks.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNKNOWN')
  return [...new Set(rows.map(({ check, outcome }) => `${check}: ${outcome}`))]
}
