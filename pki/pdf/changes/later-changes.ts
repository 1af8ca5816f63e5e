import { PkiError } from '../../error.ts'
import { type Finding, PASSED, type Remark } from '../../ses/check-row.ts'
import { isBlankFrom } from '../file/end-marker.ts'
import type { PdfFile } from '../file/file.ts'
import { isRefusedForSize } from '../limits.ts'
import type { Permissions } from '../signature/permissions.ts'
import { type ChangeLevel, ChangeList } from './change-list.ts'
import { compareRevisions } from './compare-revisions.ts'
import type { LaterSignatures, Signed } from './comparison.ts'

/** What was done to the document after a signature. */
export interface LaterChanges {
  readonly level: ChangeLevel
  readonly detail: Remark | null
}

/**
 * Tells what came after the signed bytes. What cannot be told is UNCLEAR, never nothing.
 * @throws PkiError TOO_LARGE, TOO_DEEP over a limit
 */
export function readLaterChanges(file: PdfFile, signed: Signed, later: LaterSignatures): LaterChanges {
  const { revision, end } = signed
  if (revision.section === 0 && isBlankFrom(file.bytes, end)) return { level: 'NOTHING', detail: null }
  try {
    const { level, detail } = compareRevisions(file, signed, later)
    return level === 'NOTHING' ? emptyUpdate() : { level, detail }
  } catch (cause) {
    if (!(cause instanceof PkiError) || isRefusedForSize(cause)) throw cause
    return { level: 'UNCLEAR', detail: { zh: '其后的更新无法读懂', en: `what came after cannot be read: ${cause.message}` } }
  }
}

function emptyUpdate(): LaterChanges {
  const list = new ChangeList()
  list.add('ARCHIVE', '其后的更新未改动任何对象', 'the update after it changes nothing')
  return { level: list.level, detail: list.detail }
}

const LEVEL_WORDS: Readonly<Record<Exclude<ChangeLevel, 'NOTHING'>, Remark>> = {
  ARCHIVE: { zh: '其后只有不显示的内容', en: 'only what is not shown came after' },
  SIGNATURE: { zh: '其后又有签名', en: 'it was signed again after' },
  STAMP: { zh: '其后新增了可见签名', en: 'a visible signature was added after' },
  FORM: { zh: '其后填写了表单', en: 'a form was filled in after' },
  ANNOTATION: { zh: '其后增删或改动了批注或表单域', en: 'annotations or fields were added, changed or removed after' },
  UNCLEAR: { zh: '其后有改动，影响不明', en: 'it was changed after, to what effect cannot be told' },
  LOCKED: { zh: '其后填写了已锁定的表单域', en: 'locked fields were filled in after' },
  CONTENT: { zh: '其后改动了所显示的内容', en: 'what is shown was changed after' },
}

/**
 * Weighs what came after by what the signers allow (ISO 32000-2 table 257). Annotations can cover anything, so they are never
 * more than a doubt, even where they are allowed.
 */
export function judgeLaterChanges({ level, detail }: LaterChanges, permissions: Permissions): Finding {
  if (level === 'NOTHING') return PASSED
  const words = LEVEL_WORDS[level]
  const told = detail === null ? words : { zh: `${words.zh}：${detail.zh}`, en: `${words.en}: ${detail.en}` }
  return { outcome: OUTCOMES[level](permissions), detail: told }
}

// biome-ignore format: a table
const OUTCOMES: Readonly<Record<Exclude<ChangeLevel, 'NOTHING'>, (permissions: Permissions) => Finding['outcome']>> = {
  ARCHIVE:    () => 'NOTE', // table 257: allowed at every level
  SIGNATURE:  ({ level }) => (level === 1 ? 'FAILED' : 'NOTE'),
  // Table 257 lets fields be signed that are there; a new one may be put over anything (Rohlmann et al. 2021, sneaky signatures)
  STAMP:      ({ level }) => (level === 1 ? 'FAILED' : level === null ? 'NOTE' : 'UNKNOWN'),
  FORM:       ({ level }) => (level === 1 ? 'FAILED' : level === null ? 'UNKNOWN' : 'NOTE'),
  ANNOTATION: ({ level }) => (level === 1 || level === 2 ? 'FAILED' : 'UNKNOWN'),
  UNCLEAR:    () => 'UNKNOWN',
  LOCKED:     () => 'FAILED',
  CONTENT:    () => 'FAILED',
}
