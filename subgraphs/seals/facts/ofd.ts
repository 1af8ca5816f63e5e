import type { FactCheck } from '../../../model/facts.ts'
import type { Bilingual } from '../../../model/text.ts'
import { type CopyTraces, copyTraces } from '../../../pki/ofd/copy-traces.ts'
import { addedLater, uncoveredFiles } from '../../../pki/ofd/coverage.ts'
import { type DocumentBody, documentBodies } from '../../../pki/ofd/document.ts'
import { FileDigests } from '../../../pki/ofd/file-digests.ts'
import { legible } from '../../../pki/ofd/legible.ts'
import { type OfdPackage, openPackage } from '../../../pki/ofd/package.ts'
import { type OfdSignature, readSignatures } from '../../../pki/ofd/read-signatures.ts'
import { type CarriedSeal, verifyOfdSignature } from '../../../pki/ofd/verify-signature.ts'
import { kindOfBytes } from '../../../pki/ses/kind.ts'
import type { DocumentReading, SignatureReading } from '../facts.ts'
import { withBaseChecked } from './base-signature.ts'
import { type CopyEvidence, judgeOriginality } from './originality.ts'
import { inspectSignatureBytes } from './signature.ts'
import { brokenSignature } from './signature-shape.ts'

/** Files named in an answer; the rest are counted in the checks. */
const MOST_FILES = 100

/**
 * Every signature of an OFD package and what the package tells as a whole (GB/T 33190-2016).
 * @param digest SM3 over the bytes, which names the signatures.
 * @throws PkiError STRUCTURE for a broken or dangerous package, TOO_LARGE or TOO_DEEP over a limit.
 */
export function inspectOfd(bytes: Uint8Array, digest: string): DocumentReading {
  const files = openPackage(bytes)
  const bodies = documentBodies(files)
  const all = readSignatures(files, bodies)
  const digests = new FileDigests(files)
  const read = all.map((signature, i) => ({
    signature,
    reading: readOne({ files, all, digests }, signature, `${digest}-${i + 1}`),
  }))
  const signatures = read.map((one) => ({ ...one.reading, checks: withBaseChecked(one, read) }))
  const { originality, check } = judgeOriginality(signatures, () => evidenceOf(copyTraces(files, all, bodies)))
  const uncovered = all.length === 0 ? [] : uncoveredFiles(files, all)
  return {
    kind: 'OFD',
    digest,
    checks: [WHOLE, signedCheck(all, bodies), check, ...(all.length === 0 ? [] : [uncoveredCheck(uncovered)])],
    originality,
    uncoveredFiles: shownPaths(uncovered),
    signatures,
  }
}

const WHOLE: FactCheck = { check: 'DOCUMENT_FORMAT', object: 'document', outcome: 'PASSED' }

/** A package may hold several documents, and a reader shows them all: one without a signature of its own leaves it unsigned. */
function signedCheck({ length }: readonly OfdSignature[], bodies: readonly DocumentBody[]): FactCheck {
  const bare = bodies.findIndex(({ list }) => list === null || list.signatures.length === 0)
  const some = { zh: `文档 ${bare + 1} 没有签名`, en: `document ${bare + 1} of the package is not signed` }
  if (bare >= 0) return { check: 'DOCUMENT_SIGNED', object: 'document', outcome: 'UNKNOWN', ...(length > 0 && { detail: some }) }
  const detail = { zh: `${length} 个签名`, en: `${length} signatures` }
  return { check: 'DOCUMENT_SIGNED', object: 'document', outcome: 'PASSED', detail }
}

function uncoveredCheck(paths: readonly string[]): FactCheck {
  if (paths.length === 0) return { check: 'UNCOVERED_FILES', object: 'document', outcome: 'PASSED' }
  return { check: 'UNCOVERED_FILES', object: 'document', outcome: 'NOTE', detail: naming(paths) }
}

function naming(paths: readonly string[]): Bilingual {
  const named = paths.slice(0, 20).map(legible).join('; ')
  const rest = paths.length - 20
  return rest > 0 ? { zh: `${named}；另有 ${rest} 个`, en: `${named}; and ${rest} more` } : { zh: named, en: named }
}

function shownPaths(paths: readonly string[]): readonly string[] {
  return paths.slice(0, MOST_FILES).map(legible)
}

function evidenceOf({ strippedSignatures, converter, printer, onlyPictures }: CopyTraces): CopyEvidence {
  return {
    converted: strippedWords(strippedSignatures) ?? madeBy(converter),
    printed: madeBy(printer) ?? pictureWords(onlyPictures),
  }
}

function strippedWords([path]: readonly string[]): Bilingual | null {
  if (path === undefined) return null
  const name = legible(path)
  return { zh: `含有已不在签名列表中的签名 ${name}`, en: `it holds a signature that no list names: ${name}` }
}

function madeBy(program: string | null): Bilingual | null {
  return program === null ? null : { zh: `由 ${program} 生成`, en: `made by ${program}` }
}

function pictureWords(onlyPictures: boolean): Bilingual | null {
  return onlyPictures ? { zh: '每页只有图像', en: 'every page is a picture and nothing else' } : null
}

interface Surroundings {
  readonly files: OfdPackage
  readonly all: readonly OfdSignature[]
  readonly digests: FileDigests
}

function readOne({ files, all, digests }: Surroundings, signature: OfdSignature, id: string): SignatureReading {
  const { file, listed } = signature
  const reading = file === null ? unreadValue() : readValue(file.value, file.bytes)
  const rows = verifyOfdSignature(files, signature, all, carriedSeal(reading), digests)
  return {
    ...reading,
    id,
    label: legible(listed.id),
    addedLater: shownPaths(addedLater(files, signature, all)),
    checks: [...rows, ...reading.checks],
  }
}

/** A value of no known type is a broken signature of a document that is otherwise read. */
function readValue(value: Uint8Array, content: Uint8Array): SignatureReading {
  const kind = kindOfBytes(value)
  if (kind !== null && kind !== 'SEAL') return inspectSignatureBytes(value, content)
  return brokenSignature(value, content, { zh: '不是电子签章数据', en: 'no signature value' })
}

function unreadValue(): SignatureReading {
  return brokenSignature(new Uint8Array(), null, { zh: '没有签名值', en: 'no signature value' })
}

function carriedSeal({ protects, seal }: SignatureReading): CarriedSeal | null {
  return protects === null || seal === null ? null : { protects, sealDigest: seal.digest }
}
