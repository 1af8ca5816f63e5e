import { canonicalJson } from '../model/canonical-json.ts'
import { formatInstant } from '../model/time.ts'
import { openSignedList } from '../subgraphs/trust/lists/signature.ts'
import { TRUST_ROLES, type TrustStatement } from '../subgraphs/trust/service.ts'
import { decodeTrustList, type TrustList } from '../subgraphs/trust/trust-list.ts'
import { painted, table } from './terminal.ts'

/** A signed list as data. Its signature holds; whether its signer may is not asked. @throws HubError as the hub would refuse it. */
export function readList(bytes: Uint8Array): TrustList & { readonly signer: string } {
  const { content, signer } = openSignedList(bytes)
  return { ...decodeTrustList(content), signer }
}

/** A list for people. */
export function listText(list: TrustList & { readonly signer: string }): string {
  const { territory, operator, sequence, issuedAt, nextUpdate, statements, signer, pivots = [] } = list
  const head = [
    `${painted('bold', `${territory} ${operator}`)}  序号 sequence ${sequence}`,
    `签发 issued ${formatInstant(issuedAt)} · 下次更新 next update ${formatInstant(nextUpdate)}`,
    `签名证书 signer ${signer}`,
    ...(pivots.length > 0 ? [`换钥 pivots ${pivots.join(' ')}`] : []),
  ]
  return [
    ...head,
    '',
    table(
      ['角色 role', '范围 scope', '名称 name', '自 from', '至 until', '限定 limits', '指纹 fingerprint'],
      [...statements].sort(inOrder).map(cells),
    ),
  ].join('\n')
}

function cells({ role, scope, name, span, classes, caKind, location, fingerprint, ended }: TrustStatement): string[] {
  const limits = [classes?.join('、'), caKind, location].filter((one) => one !== undefined)
  return [
    role,
    scope || '全国',
    name,
    day(span.from),
    [span.until === null ? '' : day(span.until), ended?.code ?? ended?.reason ?? ''].filter(Boolean).join(' '),
    limits.join(' '),
    fingerprint.slice(0, 16),
  ]
}

/** Roles in their order, then wide scopes before narrow ones. */
function inOrder(a: TrustStatement, b: TrustStatement): number {
  const key = ({ role, scope, name, span }: TrustStatement) => [TRUST_ROLES.indexOf(role), scope, name, span.from].join(' ')
  return key(a) < key(b) ? -1 : 1
}

function day(instant: number): string {
  return formatInstant(instant).slice(0, 10)
}

/** What one list says and another does not, or says otherwise. */
export interface ListDifference {
  readonly kind: 'ADDED' | 'LEFT_OUT' | 'CHANGED'
  readonly before: TrustStatement | null
  readonly after: TrustStatement | null
}

/** The differences between two lists, service by service; a service left out is not ended by that. */
export function differencesOf(before: TrustList, after: TrustList): readonly ListDifference[] {
  const [old, next] = [before, after].map(({ statements }) => new Map(statements.map((one) => [keyOf(one), one])))
  const keys = [...new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])])].sort()
  return keys.flatMap((key): ListDifference[] => {
    const [was, is] = [old?.get(key) ?? null, next?.get(key) ?? null]
    if (was && is) return canonicalJson(was) === canonicalJson(is) ? [] : [{ kind: 'CHANGED', before: was, after: is }]
    return [{ kind: was ? 'LEFT_OUT' : 'ADDED', before: was, after: is }]
  })
}

function keyOf({ role, name, fingerprint, scope, span }: TrustStatement): string {
  return [role, role === 'PLATFORM' || role === 'LIST_OPERATOR' ? name : '', fingerprint, scope, span.from].join('\n')
}

const MARKS = { ADDED: ['green', '+'], LEFT_OUT: ['gray', '·'], CHANGED: ['yellow', '~'] } as const

/** The differences for people: one line each, the old and the new end of what changed. */
export function differencesText(differences: readonly ListDifference[]): string {
  if (differences.length === 0) return '内容相同  they say the same'
  const lines = differences.map(({ kind, before, after }) => {
    const [style, sign] = MARKS[kind]
    const said = after ?? before
    const change = before && after ? `  ${endOf(before)} → ${endOf(after)}` : ''
    return painted(style, `${sign} ${said ? cells(said).join('  ') : ''}${change}`)
  })
  return [...lines, '', '+ 新增 added  ~ 变更 changed  · 未再列出，但不因此终止 left out, which ends nothing'].join('\n')
}

function endOf({ span, ended }: TrustStatement): string {
  return `${span.until === null ? '…' : formatInstant(span.until)}${ended ? ` ${[ended.code, ended.reason].filter(Boolean).join(' ')}` : ''}`
}
