import { type Finding, finding, NOT_APPLICABLE, PASSED } from '../ses/check-row.ts'
import type { DocumentCheck, DocumentRow } from './check-row.ts'
import { addedLater, laterThan } from './coverage.ts'
import { SM3 } from './digest-method.ts'
import type { FileDigests } from './file-digests.ts'
import { legible } from './legible.ts'
import { readingsOf } from './location.ts'
import { MOST_NAMED, naming } from './naming.ts'
import type { OfdPackage } from './package.ts'
import { checkProtectedFiles, type FileFinding } from './protected-files.ts'
import type { OfdSignature } from './read-signatures.ts'
import type { SignatureFile } from './signature-file.ts'
import { checkUnprotected } from './unprotected-files.ts'

const MOST_ROWS = 100

/** What a value with a seal says of the package around it. */
export interface CarriedSeal {
  /** Its propertyInfo. */
  readonly protects: string
  /** SM3 over the seal inside, lower-case hex. */
  readonly sealDigest: string
}

/**
 * What the package tells of one signature beside its value: its file, the files it protects, the seal beside it and what nobody
 * protects. The value itself is checked over `file.bytes` by `verifySignatureValue` or as SignedData.
 * @param all every signature of the package, for their own parts are never protected by earlier ones.
 * @param value null for signatures without a seal or with a broken value.
 * @param digests of these files, shared by all signatures of the package.
 */
export function verifyOfdSignature(
  files: OfdPackage,
  signature: OfdSignature,
  all: readonly OfdSignature[],
  value: CarriedSeal | null,
  digests: FileDigests,
): readonly DocumentRow[] {
  const { listed, file, fault } = signature
  const object = `signature ${legible(listed.id)}`
  const row = (check: DocumentCheck, found: Finding): DocumentRow => ({ check, object, ...found })
  if (file === null) return [row('SIGNATURE_FILE', finding('FAILED', '无法读取', fault ?? 'cannot be read'))]
  return [
    row('SIGNATURE_FILE', PASSED),
    ...protectedRows(tellGrownList(checkProtectedFiles(digests, file), signature, all), row('PROTECTED_FILES', counted(file))),
    row('PROTECTED_RANGE', protectsItsFile(file, value)),
    row('SEAL_FILE', sealFileAgrees(digests, file, value)),
    row('UNPROTECTED_FILES', checkUnprotected(files, signature, all)),
    row('ADDED_LATER', added(addedLater(files, signature, all))),
  ]
}

/** A protected list of signatures that grew fails like any changed file; which signatures were added to it is told. */
function tellGrownList(
  bad: readonly FileFinding[],
  signature: OfdSignature,
  all: readonly OfdSignature[],
): readonly FileFinding[] {
  const later = laterThan(signature, all).map(({ listed }) => legible(listed.id))
  if (later.length === 0) return bad
  const names = later.slice(0, MOST_NAMED).join(', ')
  const grown = finding('FAILED', `内容被改动：其后又添加了签名 ${names}`, `changed: signatures were added after it: ${names}`)
  return bad.map((one) =>
    one.path === legible(signature.list) && one.found.outcome === 'FAILED' ? { ...one, found: grown } : one,
  )
}

function added(paths: readonly string[]): Finding {
  return paths.length === 0 ? PASSED : { outcome: 'NOTE', detail: naming(paths) }
}

/** A row for each file that does not pass; past a hundred, one that counts the rest by the worst of them. */
function protectedRows(bad: readonly FileFinding[], passed: DocumentRow): readonly DocumentRow[] {
  if (bad.length === 0) return [passed]
  const named = bad
    .slice(0, MOST_ROWS)
    .map(({ path, found }): DocumentRow => ({ check: 'PROTECTED_FILES', object: path, ...found }))
  const rest = bad.slice(MOST_ROWS)
  if (rest.length === 0) return named
  const outcome = rest.some(({ found }) => found.outcome === 'FAILED') ? 'FAILED' : 'UNKNOWN'
  return [...named, { ...passed, ...finding(outcome, `另有 ${rest.length} 个文件`, `and ${rest.length} more files`) }]
}

function counted({ references }: SignatureFile): Finding {
  return { ...PASSED, detail: { zh: `${references.length} 个文件`, en: `${references.length} files` } }
}

/**
 * propertyInfo names the Signature.xml whose digest is signed: true of every real file met (domain reference 2). The standards leave its
 * form open (GB/T 38540-2020 7.1): one that names no file at all says nothing against the file whose digest agrees.
 */
function protectsItsFile({ path }: SignatureFile, value: CarriedSeal | null): Finding {
  if (value === null) return NOT_APPLICABLE
  const words = [value.protects, ...value.protects.split(/[\s;,|"'<>=]+/)].filter((word) => /\.xml$/i.test(word))
  if (words.some((word) => readingsOf(path, word).includes(path))) return PASSED
  const shown = legible(value.protects)
  return words.length > 0 ? finding('UNKNOWN', shown, shown) : finding('NOTE', `“${shown}”不是路径`, `“${shown}” is no path`)
}

/** The seal beside the value must be the one inside: a reader shows its picture. */
function sealFileAgrees(digests: FileDigests, { sealPath, stamps }: SignatureFile, value: CarriedSeal | null): Finding {
  if (value === null) return shownWithoutSeal(sealPath, stamps.length)
  if (sealPath === null) return NOT_APPLICABLE
  const digest = digests.digest(sealPath, SM3)
  if (digest === null) return finding('FAILED', '文件不存在', 'the file is not there')
  return Buffer.from(digest).toString('hex') === value.sealDigest ? PASSED : { outcome: 'FAILED' }
}

/** A value without a seal, beside which a seal or a stamp is shown all the same: it looks sealed and is not. */
function shownWithoutSeal(sealPath: string | null, stamps: number): Finding {
  if (sealPath !== null) return finding('FAILED', '签名值不带印章，却显示印章', 'a seal is shown, but the value carries none')
  if (stamps > 0)
    return finding('UNKNOWN', '签名值不带印章，却有印模位置', 'a stamp has its place, but the value carries no seal')
  return NOT_APPLICABLE
}
