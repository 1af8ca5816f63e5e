import { type FormNode, formNodes, formOf } from '../document/form.ts'
import { reachableFrom, valuesBut } from '../document/reachable.ts'
import { isLocked } from '../signature/permissions.ts'
import { differingKeys, ofKind, type PdfValue } from '../syntax/value.ts'
import type { ChangeLevel, ChangeList } from './change-list.ts'
import { type Comparison, meets } from './comparison.ts'

const FILLED_IN: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'I', 'RV'])
const SIGNED: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'M', 'F', 'P'])
const NONE: ReadonlySet<string> = new Set()
const TREE_KEYS: ReadonlySet<string> = new Set(['Parent', 'Kids', 'P'])
const FORM_KEYS: Readonly<Record<string, ChangeLevel>> = {
  Fields: 'NOTHING', // looked at field by field
  SigFlags: 'NOTHING',
  DR: 'FORM',
  DA: 'FORM',
  Q: 'FORM',
  XFA: 'CONTENT',
}

/** Compares the interactive form, field by field (ISO 32000-2 12.7). @throws PkiError as reading the two forms does */
export function compareForms(comparison: Comparison, found: ChangeList): void {
  const { before, now, changed } = comparison
  const [oldNodes, nodes] = [formNodes(before), formNodes(now)]
  compareFormDictionaries(comparison, oldNodes, found)
  if (!sameWrittenDirectly(oldNodes, nodes))
    found.add('UNCLEAR', '直接写入的表单域有变化', 'fields written directly were changed')
  const byNumber = new Map(nodes.map((node) => [node.number, node]))
  const old = new Set(oldNodes.map(({ number }) => number))
  for (const node of nodes) if (node.number !== null && !old.has(node.number)) addedNode(comparison, node, found)
  for (const node of oldNodes) {
    const current = byNumber.get(node.number)
    if (node.number === null) continue
    if (!current) found.add('UNCLEAR', `表单域被移除：${node.field.name}`, `the field ${node.field.name} was removed`)
    else if (changed.has(node.number)) changedNode(comparison, node, current, found)
  }
  compareParts(comparison, oldNodes, found)
}

/** What fields are drawn with by default (/DR, /DA, /Q) says nothing where there are none but signature fields, which are not drawn by it. */
function compareFormDictionaries(comparison: Comparison, nodes: readonly FormNode[], found: ChangeList): void {
  const { before, now, landmarks } = comparison
  const isDrawn = nodes.some(({ field }) => field.type !== 'Sig')
  const levelOf = (key: string) => (isDrawn || FORM_KEYS[key] !== 'FORM' ? (FORM_KEYS[key] ?? 'UNCLEAR') : 'NOTHING')
  const [old, current] = [formOf(before) ?? new Map<string, PdfValue>(), formOf(now) ?? new Map<string, PdfValue>()]
  for (const key of differingKeys(old, current)) {
    const level = levelOf(key)
    if (level !== 'NOTHING') found.add(level, `表单的 /${key} 被改动`, `/${key} of the form was changed`)
  }
  for (const [key, value] of old) {
    if (levelOf(key) === 'NOTHING' || !meets(comparison, reachableFrom(before, [value], landmarks))) continue
    found.add(levelOf(key) === 'CONTENT' ? 'CONTENT' : 'FORM', `表单的 /${key} 被改动`, `/${key} of the form was changed`)
  }
}

/** Fields without an object number cannot be followed from revision to revision: they have to stay as they are. */
function sameWrittenDirectly(old: readonly FormNode[], nodes: readonly FormNode[]): boolean {
  const direct = (all: readonly FormNode[]) => all.filter(({ number }) => number === null)
  const [a, b] = [direct(old), direct(nodes)]
  return a.length === b.length && a.every(({ entries }, i) => differingKeys(entries, b[i]?.entries ?? new Map()).length === 0)
}

function addedNode({ later }: Comparison, node: FormNode, found: ChangeList): void {
  const { name } = node.field
  const signature = later.ofNode(node.number)
  if (signature === null) found.add('ANNOTATION', `新增表单域：${name}`, `the field ${name} was added`)
  else if (node.entries.has('A') || node.entries.has('AA'))
    found.add('ANNOTATION', `新增签名域 ${name} 带有动作`, `the signature field ${name} was added with actions`)
  else if (signature.isTimeStamp && !isVisible(node)) found.add('ARCHIVE', '文档时间戳', 'a document time-stamp')
  else if (isVisible(node)) found.add('STAMP', `新增可见签名：${name}`, `the visible signature ${name} in a field of its own`)
  else found.add('SIGNATURE', `新增签名：${name}`, `the signature ${name}`)
}

/** A widget without extent shows nothing (ISO 32000-2 12.7.5.5), whatever its appearance; so does a field that is no widget. */
function isVisible({ entries }: FormNode): boolean {
  if (!entries.has('Rect')) return entries.has('AP')
  const sides = ofKind('ARRAY', entries.get('Rect'))?.items ?? []
  const [left, bottom, right, top] = sides
  const isFlat = sides.length === 4 && sides.every((side) => typeof side === 'number') && (left === right || bottom === top)
  return !isFlat
}

function changedNode({ later, locks }: Comparison, old: FormNode, now: FormNode, found: ChangeList): void {
  const { name, type, value } = old.field
  const keys = differingKeys(old.entries, now.entries)
  const only = (allowed: ReadonlySet<string>) => keys.every((key) => allowed.has(key) || (key === 'Kids' && keepsKids(old, now)))
  if (type === 'Sig' && value !== null) found.add('CONTENT', `已签名的域 ${name} 被改动`, `the signed field ${name} was changed`)
  else if (!only(NONE) && isLocked(locks, name) && later.ofNode(now.number)?.isTimeStamp !== true)
    found.add('LOCKED', `改动了已锁定的表单域 ${name}`, `the locked field ${name} was changed`)
  else if (type === 'Sig' && later.ofNode(now.number) !== null && only(SIGNED))
    found.add('SIGNATURE', `新增签名：${name}`, `the signature ${name}`)
  else if (type === 'Sig' || (type === null && !only(NONE)) || !only(FILLED_IN))
    found.add('UNCLEAR', `表单域 ${name} 被改动`, `the field ${name} was changed`)
  else if (!only(NONE)) found.add('FORM', `填写表单域 ${name}`, `the field ${name} was filled in`)
}

/** Kids that were added are looked at by themselves. */
function keepsKids(old: FormNode, now: FormNode): boolean {
  const numbers = (node: FormNode) =>
    (ofKind('ARRAY', node.entries.get('Kids'))?.items ?? []).map((item) => ofKind('REFERENCE', item)?.number ?? null)
  const kept = new Set(numbers(now))
  return numbers(old).every((number) => number !== null && kept.has(number))
}

/** Changes to what fields are made of: appearances above all. */
function compareParts(comparison: Comparison, nodes: readonly FormNode[], found: ChangeList): void {
  const { before, landmarks } = comparison
  const partsOf = (of: readonly FormNode[]) =>
    reachableFrom(
      before,
      of.flatMap(({ entries }) => valuesBut(entries, TREE_KEYS)),
      landmarks,
    )
  const isSignature = ({ field }: FormNode) => field.type === 'Sig'
  const signed = nodes.filter((node) => isSignature(node) && node.field.value !== null)
  const empty = nodes.filter((node) => isSignature(node) && node.field.value === null)
  const others = nodes.filter((node) => !isSignature(node))
  if (meets(comparison, partsOf(signed)))
    found.add('CONTENT', '已有签名的外观被改动', 'the appearance of a signature was changed')
  if (meets(comparison, partsOf(empty)))
    found.add('UNCLEAR', '签名域的外观被改动', 'the appearance of a signature field was changed')
  const locked = others.filter(({ field }) => isLocked(comparison.locks, field.name))
  if (locked.length > 0 && meets(comparison, partsOf(locked)))
    found.add('LOCKED', '已锁定的表单域的外观被改动', 'the appearance of a locked field was changed')
  if (meets(comparison, partsOf(others))) found.add('FORM', '表单域的外观被改动', 'the appearance of a field was changed')
}
