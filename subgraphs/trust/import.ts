import { isDivisionCode, isDivisionScope } from '../../model/division-code.ts'
import { HubError } from '../../model/error.ts'
import type { Bilingual } from '../../model/text.ts'
import type { Instant } from '../../model/time.ts'
import type { TrustLists } from './lists.ts'
import { serviceId, TRUST_ROLES, type TrustService, type TrustStatement } from './service.ts'

const MAXIMUM_ROWS = 1_000
const MAXIMUM_NAME = 500
const MAXIMUM_EVIDENCE = 2_000
const PLATFORM_IDENTIFIER = /^[A-Za-z0-9._-]{1,64}$/

/** A row as handed in: nothing of it is believed yet. */
export interface TrustServiceInput {
  readonly role: string
  readonly fingerprint: string
  readonly name: string
  readonly scope: string
  readonly from: Instant
  readonly until?: Instant | null
  readonly evidence?: string | null
}

export type TrustRefusalCode =
  | 'BAD_ROLE'
  | 'BAD_FINGERPRINT'
  | 'BAD_NAME'
  | 'BAD_SCOPE'
  | 'SPAN_REVERSED'
  | 'STATED_TWICE'
  | 'TOO_LARGE'

export interface TrustImportRow {
  /** Position in the list handed in, from 0. */
  readonly index: number
  readonly outcome: 'IMPORTED' | 'UNCHANGED' | 'REFUSED'
  readonly service: TrustService | null
  readonly refusal: { readonly code: TrustRefusalCode; readonly reason: Bilingual } | null
}

/**
 * Takes statements into the lists: each row is admitted, unchanged or refused by itself; those admitted are one commit.
 * @throws HubError TOO_LARGE over 1,000 rows.
 */
export async function importServices(
  lists: TrustLists,
  rows: readonly TrustServiceInput[],
  now: Instant,
): Promise<readonly TrustImportRow[]> {
  if (rows.length > MAXIMUM_ROWS)
    throw new HubError('TOO_LARGE', `一次最多 ${MAXIMUM_ROWS} 行`, `at most ${MAXIMUM_ROWS} rows at once`)
  const parsed = refuseRepeated(rows.map(parseRow))
  const admitted = parsed.filter((row) => row.statement !== null).map((row) => row.statement)
  const recorded = await lists.record(admitted, now)
  let next = 0
  const services = parsed.map(({ statement }) => (statement === null ? null : (recorded[next++] ?? null)))
  return parsed.map(({ refusal }, index) => {
    const service = services[index] ?? null
    if (refusal) return { index, outcome: 'REFUSED', service: null, refusal }
    return { index, outcome: service ? 'IMPORTED' : 'UNCHANGED', service, refusal: null }
  })
}

/** One service can be stated once in one commit; the first row that does is taken. */
function refuseRepeated(rows: readonly Parsed[]): readonly Parsed[] {
  const stated = new Set<string>()
  return rows.map((row) => {
    if (row.statement === null) return row
    const id = serviceId(row.statement)
    if (stated.has(id))
      return refuse('STATED_TWICE', '同一服务在一次导入中重复出现', 'the same service is stated twice in one import')
    stated.add(id)
    return row
  })
}

type Parsed =
  | { readonly statement: TrustStatement; readonly refusal: null }
  | { readonly statement: null; readonly refusal: NonNullable<TrustImportRow['refusal']> }

function parseRow(row: TrustServiceInput): Parsed {
  const role = TRUST_ROLES.find((known) => known === row.role)
  if (!role) return refuse('BAD_ROLE', '未知的角色', 'no such role')
  const fingerprint = row.fingerprint.toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(fingerprint))
    return refuse('BAD_FINGERPRINT', '指纹须为证书的 SHA-256 十六进制', 'not a hex SHA-256 of a certificate')
  const name = row.name.trim()
  if (name === '' || name.length > MAXIMUM_NAME) return refuse('BAD_NAME', '名称为空或过长', 'the name is empty or too long')
  if (role === 'PLATFORM' && !PLATFORM_IDENTIFIER.test(name)) {
    return refuse(
      'BAD_NAME',
      '平台标识须为 1 至 64 个字母、数字或 . _ -',
      'a platform is named by 1 to 64 letters, digits or . _ -',
    )
  }
  if (role === 'LIST_OPERATOR' && !isDivisionCode(name)) {
    return refuse(
      'BAD_NAME',
      '信任列表发布者须以其区划代码命名',
      'the operator of a list is named by the division code of its territory',
    )
  }
  if (!isDivisionScope(row.scope))
    return refuse(
      'BAD_SCOPE',
      '范围须为区划代码的前 0、2、4 或 6 位',
      'a scope is the leading 0, 2, 4 or 6 digits of a division code',
    )
  if ((row.evidence?.length ?? 0) > MAXIMUM_EVIDENCE) return refuse('TOO_LARGE', '说明过长', 'the evidence is too long')
  const span = { from: row.from, until: row.until ?? null }
  if (span.until !== null && span.until < span.from) return refuse('SPAN_REVERSED', '结束早于开始', 'it ends before it begins')
  return {
    statement: { role, fingerprint, name, scope: row.scope, span, evidence: row.evidence ?? null, list: null },
    refusal: null,
  }
}

function refuse(code: TrustRefusalCode, zh: string, en: string): Parsed & { readonly statement: null } {
  return { statement: null, refusal: { code, reason: { zh, en } } }
}
