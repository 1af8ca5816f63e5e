import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { refusal } from '../runtime/execution-error.ts'
import type { SelectedField, Selection } from './selection.ts'
import type { Supergraph } from './supergraph.ts'

/** What one document may ask at most. */
export interface Limits {
  readonly tokens: number
  /** Fields below fields, fragments followed. */
  readonly depth: number
  readonly aliases: number
  readonly directives: number
  readonly rootFields: number
  /** Items of a list, written out or in a variable. */
  readonly listSize: number
  /** Fields, times the sizes of the lists they stand in, for callers without and with a scope. */
  readonly publicCost: number
  readonly memberCost: number
}

export const DEFAULT_LIMITS: Limits = {
  tokens: 2_000,
  depth: 20,
  aliases: 60,
  directives: 60,
  rootFields: 30,
  listSize: 500,
  publicCost: 20_000,
  memberCost: 500_000,
}

/** A list whose size nothing bounds is taken to have this many items. */
const ASSUMED_LIST_SIZE = 5
const SIZE_ARGUMENTS: readonly string[] = ['first', 'last', 'limit']

/**
 * Checks a document that is not validated yet (validation itself costs more the longer a document is).
 * @returns the first limit passed, coded TOO_LARGE, or null.
 */
export function exceededLimit(document: DocumentNode, limits: Limits): GraphQLError | null {
  const counts = { aliases: 0, directives: 0, list: 0 }
  visit(document, {
    Field(node) {
      if (node.alias) counts.aliases++
    },
    Directive() {
      counts.directives++
    },
    ListValue(node) {
      counts.list = Math.max(counts.list, node.values.length)
    },
  })
  if (counts.aliases > limits.aliases) return tooMuch('别名', 'aliases', limits.aliases)
  if (counts.directives > limits.directives) return tooMuch('指令', 'directives', limits.directives)
  if (counts.list > limits.listSize) return tooMuch('列表项', 'items in a list', limits.listSize)
  return exceededDepth(document, limits)
}

/** Checks the sizes of the lists in variables as they were given; bytes are as good as a list to a list type. */
export function exceededListSize(value: unknown, limits: Limits): GraphQLError | null {
  if (typeof value !== 'object' || value === null) return null
  const isBytes = ArrayBuffer.isView(value)
  const length = Array.isArray(value) ? value.length : isBytes ? value.byteLength : 0
  if (length > limits.listSize) return tooMuch('列表项', 'items in a list', limits.listSize)
  if (isBytes) return null
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    const exceeded = exceededListSize(member, limits)
    if (exceeded) return exceeded
  }
  return null
}

/** Fields asked for, each counted as often as the lists above it have items. */
export function costOf(selection: Selection, supergraph: Supergraph): number {
  return selection.fields.reduce((sum, field) => sum + costOfField(field, selection, supergraph, 1), 0)
}

function costOfField(field: SelectedField, parent: Selection, supergraph: Supergraph, givenSize: number): number {
  const asked = askedSize(field)
  const size = asked ?? (isList(field, parent, supergraph) && givenSize === 1 ? ASSUMED_LIST_SIZE : 1)
  const children = field.selection
  if (!children) return 1
  const below = children.fields.reduce((sum, child) => sum + costOfField(child, children, supergraph, asked ?? 1), 0)
  return 1 + size * below
}

/** What `first` asks for; a variable may ask for as much as a page may hold. */
function askedSize(field: SelectedField): number | null {
  const argument = field.nodes[0]?.arguments?.find((a) => SIZE_ARGUMENTS.includes(a.name.value))
  if (!argument) return null
  return argument.value.kind === Kind.INT ? Math.max(1, Number(argument.value.value)) : 100
}

function isList(field: SelectedField, parent: Selection, supergraph: Supergraph): boolean {
  const type = supergraph.schema.getType(field.conditions.at(-1) ?? parent.type.name)
  const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name] : undefined
  return definition !== undefined && isListType(getNullableType(definition.type))
}

/** Depth and root fields, through fragments; every fragment is measured once. */
function exceededDepth(document: DocumentNode, limits: Limits): GraphQLError | null {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const depths = new Map<string, number>()
  const depthOf = (set: SelectionSetNode): number => Math.max(0, ...set.selections.map((s) => depthOfSelection(s)))
  const depthOfSelection = (selection: SelectionSetNode['selections'][number]): number => {
    if (selection.kind === Kind.FIELD) return 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0)
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet)
    const name = selection.name.value
    const known = depths.get(name)
    if (known !== undefined) return known
    depths.set(name, limits.depth) // a fragment within itself is as deep as can be
    const fragment = fragments.get(name)
    const depth = fragment ? depthOf(fragment.selectionSet) : 0
    depths.set(name, depth)
    return depth
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    if (depthOf(definition.selectionSet) > limits.depth) return tooMuch('层级', 'levels of fields', limits.depth)
    const roots = definition.selectionSet.selections.filter((s): s is FieldNode => s.kind === Kind.FIELD)
    if (roots.length > limits.rootFields) return tooMuch('顶层字段', 'fields at the root', limits.rootFields)
  }
  return null
}

export function tooMuch(zh: string, en: string, limit: number): GraphQLError {
  return refusal('TOO_LARGE', `${zh}超过上限 ${limit}`, `more ${en} than ${limit}`)
}
