import { CA_KINDS } from '../../../model/ca-kind.ts'
import { isDivisionCode, isDivisionScope } from '../../../model/division-code.ts'
import type { SealClass } from '../../../model/seal.ts'
import { SERVICE_END_REASONS } from '../../../model/service-end.ts'
import type { Bilingual } from '../../../model/text.ts'
import type { Instant } from '../../../model/time.ts'
import { type Ending, TRUST_ROLES, type TrustStatement } from '../service.ts'

const MAXIMUM_NAME = 500
const MAXIMUM_EVIDENCE = 2_000
const PLATFORM_IDENTIFIER = /^[A-Za-z0-9._-]{1,64}$/
const DIGEST = /^[0-9a-f]{64}$/
const CLASSES: readonly SealClass[] = ['PUBLIC', 'POSITION', 'PRIVATE']

/** A row as handed in: nothing of it is believed yet. */
export interface TrustServiceInput {
  readonly role: string
  readonly fingerprint: string
  readonly name: string
  readonly scope: string
  readonly from: Instant
  readonly until?: Instant | null
  readonly evidence?: string | null
  readonly evidenceDigest?: string | null
  readonly endCode?: string | null
  readonly endReason?: string | null
  readonly endEvidenceDigest?: string | null
  readonly classes?: readonly string[] | null
  readonly caKind?: string | null
  readonly location?: string | null
  readonly notAfter?: Instant | null
}

export type TrustRefusalCode =
  | 'BAD_ROLE'
  | 'BAD_FINGERPRINT'
  | 'BAD_NAME'
  | 'BAD_SCOPE'
  | 'BAD_DIGEST'
  | 'BAD_END'
  | 'ENDED'
  | 'BAD_LIMIT'
  | 'BAD_LOCATION'
  | 'SPAN_REVERSED'
  | 'STATED_TWICE'
  | 'TOO_LARGE'

export interface RowRefusal {
  readonly code: TrustRefusalCode
  readonly reason: Bilingual
}

export type ParsedRow =
  | { readonly statement: TrustStatement; readonly refusal: null }
  | { readonly statement: null; readonly refusal: RowRefusal }

/** Reads a row: a statement of this hub's own, or why it is none. */
export function parseRow(row: TrustServiceInput): ParsedRow {
  const refusal = refusalOf(row)
  const role = TRUST_ROLES.find((known) => known === row.role)
  if (refusal || !role) return { statement: null, refusal: refusal ?? BAD_ROLE }
  const { from, until = null, evidence = null, evidenceDigest, location, notAfter } = row
  const classes = CLASSES.filter((one) => row.classes?.includes(one))
  const caKind = CA_KINDS.find((kind) => kind === row.caKind)
  const ended = endingOf(row)
  const statement: TrustStatement = {
    role,
    fingerprint: row.fingerprint.toLowerCase(),
    name: row.name.trim(),
    scope: row.scope,
    span: { from, until },
    evidence,
    list: null,
    ...(evidenceDigest ? { evidenceDigest } : {}),
    ...(ended && { ended }),
    ...(row.classes ? { classes } : {}),
    ...(caKind ? { caKind } : {}),
    ...(location ? { location } : {}),
    ...(typeof notAfter === 'number' ? { notAfter } : {}),
  }
  return { statement, refusal: null }
}

function endingOf({ endCode, endReason, endEvidenceDigest }: TrustServiceInput): Ending | null {
  if (!endCode && typeof endReason !== 'string' && typeof endEvidenceDigest !== 'string') return null
  return {
    ...(endCode ? { code: endCode } : {}),
    reason: endReason ?? '',
    ...(endEvidenceDigest ? { evidenceDigest: endEvidenceDigest } : {}),
  }
}

const BAD_ROLE: RowRefusal = { code: 'BAD_ROLE', reason: { zh: '未知的角色', en: 'no such role' } }

/** Every rule on a row by itself, the first that is broken. */
function refusalOf(row: TrustServiceInput): RowRefusal | null {
  const { role, scope, from, until = null } = row
  if (!DIGEST.test(row.fingerprint.toLowerCase()))
    return refusal('BAD_FINGERPRINT', '指纹须为证书的 SHA-256 十六进制', 'not a hex SHA-256 of a certificate')
  if (!isDivisionScope(scope))
    return refusal(
      'BAD_SCOPE',
      '范围须为区划代码的前 0、2、4 或 6 位',
      'a scope is the leading 0, 2, 4 or 6 digits of a division code',
    )
  if (until !== null && until < from) return refusal('SPAN_REVERSED', '结束早于开始', 'it ends before it begins')
  return nameRefusal(role, row.name.trim()) ?? groundsRefusal(row) ?? limitRefusal(row)
}

function nameRefusal(role: string, name: string): RowRefusal | null {
  if (name === '' || name.length > MAXIMUM_NAME) return refusal('BAD_NAME', '名称为空或过长', 'the name is empty or too long')
  if (role === 'PLATFORM' && !PLATFORM_IDENTIFIER.test(name)) {
    const zh = '平台标识须为 1 至 64 个字母、数字或 . _ -'
    return refusal('BAD_NAME', zh, 'a platform is named by 1 to 64 letters, digits or . _ -')
  }
  if (role === 'LIST_OPERATOR' && !isDivisionCode(name)) {
    const en = 'the operator of a list is named by the division code of its territory'
    return refusal('BAD_NAME', '信任列表发布者须以其区划代码命名', en)
  }
  return null
}

function groundsRefusal({
  evidence,
  endCode,
  endReason,
  evidenceDigest,
  endEvidenceDigest,
  until = null,
}: TrustServiceInput): RowRefusal | null {
  if ([evidence, endReason].some((text) => (text?.length ?? 0) > MAXIMUM_EVIDENCE))
    return refusal('TOO_LARGE', '说明过长', 'the evidence is too long')
  if ([evidenceDigest, endEvidenceDigest].some((digest) => digest && !DIGEST.test(digest)))
    return refusal('BAD_DIGEST', '证据摘要须为 SM3 十六进制', 'the digest of evidence is a hex SM3')
  if (endCode && !SERVICE_END_REASONS.some((known) => known === endCode))
    return refusal(
      'BAD_END',
      `终止原因代码须为 ${SERVICE_END_REASONS.join('、')}`,
      `an end is one of ${SERVICE_END_REASONS.join(', ')}`,
    )
  if (until === null && (endCode || endReason || endEvidenceDigest))
    return refusal('SPAN_REVERSED', '没有结束时间却有结束原因', 'a reason for an end without an end')
  return null
}

/** A limit on a role that knows none would be ignored when judging, and is refused instead. */
function limitRefusal({ role, classes, caKind, location }: TrustServiceInput): RowRefusal | null {
  if (classes && (role !== 'MAKER' || classes.length === 0 || classes.some((one) => !CLASSES.some((known) => known === one))))
    return refusal('BAD_LIMIT', '印章类别只用于制章者，且须为已知类别', 'classes are for makers, and known ones')
  if (caKind && (role !== 'CA' || !CA_KINDS.some((kind) => kind === caKind)))
    return refusal('BAD_LIMIT', '认证机构类别只用于电子认证机构', 'the kind of certification body is for CAs')
  if (location && (role !== 'LIST_OPERATOR' || !/^https?:\/\/\S{1,2000}$/.test(location)))
    return refusal(
      'BAD_LOCATION',
      '列表地址只用于信任列表发布者，且须为 http(s)',
      'a location is for operators of lists, http(s)',
    )
  return null
}

function refusal(code: TrustRefusalCode, zh: string, en: string): RowRefusal {
  return { code, reason: { zh, en } }
}
