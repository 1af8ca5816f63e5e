import { createHash } from 'node:crypto'
import type { CaKind } from '../../model/ca-kind.ts'
import { canonicalJson } from '../../model/canonical-json.ts'
import type { DivisionCode, DivisionScope } from '../../model/division-code.ts'
import type { Fingerprint } from '../../model/facts.ts'
import type { SealClass } from '../../model/seal.ts'
import type { Instant, Span } from '../../model/time.ts'

/** 信任锚, 电子认证服务机构, 印章制作单位, 状态发布者, 时间戳服务机构, 成员平台, 信任列表发布者. */
export const TRUST_ROLES = [
  'ANCHOR',
  'CA',
  'MAKER',
  'STATUS_PUBLISHER',
  'TIME_STAMP_AUTHORITY',
  'PLATFORM',
  'LIST_OPERATOR',
] as const

export type TrustRole = (typeof TRUST_ROLES)[number]

/** What is said of a service: who may do what, where and when. */
export interface TrustStatement {
  readonly role: TrustRole
  readonly fingerprint: Fingerprint
  /** For a platform its identifier, for the operator of a list its territory; otherwise the subject, for people. */
  readonly name: string
  /** Divisions it may act for; empty for the whole nation. */
  readonly scope: DivisionScope
  /** When it may act. Withdrawing trust is a statement with an end. */
  readonly span: Span
  /** Why, for the record. */
  readonly evidence: string | null
  /** SM3 of the document behind that, lower-case hex. */
  readonly evidenceDigest?: string
  /** Why it ended. */
  readonly ended?: Ending
  /** Classes of seal it is for; left out, every class. */
  readonly classes?: readonly SealClass[]
  /** Of a CA; left out, nobody says. */
  readonly caKind?: CaKind
  /** Of the operator of a list: where it is published. */
  readonly location?: string
  /** The territory whose signed list says so; null when this hub says it itself. */
  readonly list: DivisionCode | null
}

/** Why a service ended, and SM3 of the document behind that, lower-case hex. */
export interface Ending {
  readonly reason: string
  readonly evidenceDigest?: string
}

/** A statement as recorded: an event that is never changed or deleted. The newest one known of a service id is what counts. */
export interface TrustService extends TrustStatement {
  readonly id: string
  /** Known to this hub since this moment; strictly increasing over commits: what one commit says became known together. */
  readonly recordedAt: Instant
}

/**
 * The id of the service a statement speaks of: its role, certificate and scope, what it is limited to, and for a platform its identifier.
 * A statement with another scope is another service, so that a narrower one never ends a wider one in silence. What a list says
 * never touches what another list or the hub says, and each time a list grants a service is a service of its own.
 */
export function serviceId(statement: TrustStatement): string {
  const identifier = statement.role === 'PLATFORM' || statement.role === 'LIST_OPERATOR' ? statement.name : ''
  const granted = statement.list === null ? [] : [statement.list, String(statement.span.from)]
  const limits = [statement.classes && `classes ${statement.classes.join(' ')}`, statement.caKind && `kind ${statement.caKind}`]
  const key = [statement.role, statement.fingerprint, statement.scope, identifier, ...granted, ...limits.filter(Boolean)].join(
    '\n',
  )
  return createHash('sm3').update(key).digest('hex').slice(0, 32)
}

/** Whether both say the same, so that recording the second would tell nothing new. */
export function saysTheSame(a: TrustStatement, b: TrustStatement): boolean {
  return serviceId(a) === serviceId(b) && canonicalJson(saidOf(a)) === canonicalJson(saidOf(b))
}

function saidOf({ name, span, evidence, evidenceDigest, ended, location }: TrustStatement): object {
  return { name, span, evidence, evidenceDigest, ended, location }
}
