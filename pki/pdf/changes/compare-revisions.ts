import { catalogOf, rootOf } from '../document/catalog.ts'
import { formNodes } from '../document/form.ts'
import { type PageTree, readPageTree } from '../document/page-tree.ts'
import { reachableFrom, valuesBut } from '../document/reachable.ts'
import type { PdfFile } from '../file/file.ts'
import type { Revision } from '../file/revision.ts'
import { differingKeys, ofKind, type PdfValue, sameValue } from '../syntax/value.ts'
import { firstUnexplained } from './appended-bytes.ts'
import { type ChangeLevel, ChangeList } from './change-list.ts'
import { changedObjects } from './changed-objects.ts'
import type { Comparison, LaterSignatures, Signed } from './comparison.ts'
import { compareForms } from './form-changes.ts'
import { annotationNumbers, comparePages } from './page-changes.ts'

/** Keys of the catalog that a later update may bring without changing what is shown, and what each then counts for. */
const CATALOG_KEYS: Readonly<Record<string, ChangeLevel>> = {
  AcroForm: 'NOTHING', // compared field by field
  DSS: 'ARCHIVE', // ETSI EN 319 142-1 5.4.2.2
  Extensions: 'ARCHIVE', // ISO 32000-2 7.12
  Metadata: 'ARCHIVE',
  Version: 'ARCHIVE', // ISO 32000-2 7.5.2: of the format
}
const LOOSE_OR_STRUCTURE: ReadonlySet<string> = new Set([...Object.keys(CATALOG_KEYS), 'StructTreeRoot'])
const NOTHING: ReadonlySet<string> = new Set()
const PAGE_LINKS: ReadonlySet<string> = new Set(['Annots', 'Parent'])

/**
 * What the updates after a revision did to the document. Every change counts for the worst unless a rule says that it is less:
 * all that can be come to from the catalog and the pages must be as it was, and every byte that was added must be accounted for.
 * @throws PkiError when something on the way cannot be read
 */
export function compareRevisions(file: PdfFile, { revision, end, allowed }: Signed, later: LaterSignatures): ChangeList {
  const found = new ChangeList()
  const stray = firstUnexplained(file, end, revision.section)
  if (stray !== null)
    found.add('UNCLEAR', `偏移 ${stray} 处有无从归属的内容`, `there is something at ${stray} that no update accounts for`)
  const before = file.viewFrom(revision.section)
  const now = file.current
  const root = rootOf(before)
  if (!sameValue(root, rootOf(now))) found.add('CONTENT', '文档目录被换成另一个对象', 'the catalog is another object')
  compareInformation(before.trailer, now.trailer, found)
  const { numbers, replacedStreams } = changedObjects(file, revision.section)
  if (replacedStreams.length > 0) found.add('CONTENT', '对象流被替换', 'an object stream was replaced')
  if (numbers.size === 0) return found
  const tree = readPageTree(before)
  const fields = new Set(formNodes(before).flatMap(({ number }) => number ?? []))
  const landmarks = new Set([
    root.number,
    ...tree.pages.keys(),
    ...fields,
    ...annotationNumbers(before, tree),
    ...formNumber(file, revision),
  ])
  const comparison = { before, now, changed: numbers, later, landmarks, locks: allowed.locks }
  compareCatalogs(comparison, found)
  compareProtected(comparison, tree, found)
  comparePages(comparison, tree, fields, found)
  compareForms(comparison, found)
  if (found.level === 'NOTHING') found.add('ARCHIVE', '仅有不显示的内容', 'only what is not shown')
  return found
}

function formNumber(file: PdfFile, { section }: Revision): readonly number[] {
  const reference = ofKind('REFERENCE', catalogOf(file.viewFrom(section)).get('AcroForm'))
  return reference ? [reference.number] : []
}

function compareInformation(before: ReadonlyMap<string, PdfValue>, now: ReadonlyMap<string, PdfValue>, found: ChangeList): void {
  if (!sameValue(before.get('Info'), now.get('Info')))
    found.add('ARCHIVE', '文档信息被改动', 'the document information was changed')
}

function compareCatalogs({ before, now }: Comparison, found: ChangeList): void {
  for (const key of differingKeys(catalogOf(before), catalogOf(now))) {
    const level = CATALOG_KEYS[key] ?? 'CONTENT'
    if (level !== 'NOTHING') found.add(level, `文档目录的 /${key} 被改动`, `/${key} of the catalog was changed`)
  }
}

/**
 * Everything that is shown or that steers what is shown: all that catalog and pages lead to. A field or annotation that is come to
 * this way is shown as content and has no rules of its own; only the structure tree (14.7), which refers to them all, ends at them.
 * What is seen does not hang on that tree, what is read aloud does: a change there is a doubt.
 */
function compareProtected({ before, changed, landmarks }: Comparison, tree: PageTree, found: ChangeList): void {
  const catalog = catalogOf(before)
  const values = [
    valuesBut(catalog, LOOSE_OR_STRUCTURE),
    [...tree.nodes.values()].map((node) => valuesBut(node, NOTHING)),
    [...tree.pages.values()].map((page) => valuesBut(page, PAGE_LINKS)),
  ].flat(2)
  const boundary = new Set([rootOf(before).number, ...tree.pages.keys(), ...tree.nodes.keys()])
  const shown = reachableFrom(before, values, boundary)
  const structure = reachableFrom(before, [catalog.get('StructTreeRoot') ?? null], new Set([...boundary, ...landmarks]))
  const isShown = (number: number) => tree.nodes.has(number) || (shown.has(number) && !boundary.has(number))
  const changedIn = (is: (number: number) => boolean) => [...changed].filter(is).slice(0, 8).join(', ')
  const bad = changedIn(isShown)
  if (bad !== '')
    found.add('CONTENT', `显示内容所用的对象被改动：${bad}`, `objects that make up what is shown were changed: ${bad}`)
  const order = changedIn((number) => structure.has(number) && !landmarks.has(number))
  if (order !== '') found.add('UNCLEAR', `文档结构（朗读次序）被改动：${order}`, `the logical structure was changed: ${order}`)
}
