import { createHash } from 'node:crypto'
import type { CaKind } from '../../model/ca-kind.ts'
import { canonicalJson } from '../../model/canonical-json.ts'
import type { DivisionCode, DivisionScope } from '../../model/division-code.ts'
import type { Fingerprint } from '../../model/facts.ts'
import type { SealClass } from '../../model/seal.ts'
import type { StatedEnd } from '../../model/service-end.ts'
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
  /** When the certificate itself runs out, as whoever lists it says; left out, nobody does. */
  readonly notAfter?: Instant
  /** Of what this hub says itself: the beginning of a grant after one that is over; left out for the first. */
  readonly again?: Instant
  /** The territory whose signed list says so; null when this hub says it itself. */
  readonly list: DivisionCode | null
}

/** Why a service ended, and SM3 of the document behind that, lower-case hex. */
export interface Ending extends StatedEnd {
  readonly evidenceDigest?: string
}

/** A statement with the id of the service it speaks of, so that this is computed once. */
export interface NamedStatement extends TrustStatement {
  readonly id: string
}

/** A statement as recorded: an event that is never changed or deleted. The newest one known of a service id is what counts. */
export interface TrustService extends NamedStatement {
  /** Known to this hub since this moment; strictly increasing over commits: what one commit says became known together. */
  readonly recordedAt: Instant
}

/**
 * The id of the service a statement speaks of: its role, certificate and scope, what it is limited to, and for a platform its identifier.
 * A statement with another scope is another service, so that a narrower one never ends a wider one in silence. What a list says
 * never touches what another list or the hub says, and each time a service is granted is a service of its own: a grant after one that
 * is over leaves the earlier one as it was.
 */
export function serviceId(statement: TrustStatement): string {
  const identifier = statement.role === 'PLATFORM' || statement.role === 'LIST_OPERATOR' ? statement.name : ''
  const granted = grantOf(statement)
  const limits = [statement.classes && `classes ${statement.classes.join(' ')}`, statement.caKind && `kind ${statement.caKind}`]
  const key = [statement.role, statement.fingerprint, statement.scope, identifier, ...granted, ...limits.filter(Boolean)].join(
    '\n',
  )
  return createHash('sm3').update(key).digest('hex').slice(0, 32)
}

function grantOf({ list, span, again }: TrustStatement): readonly string[] {
  if (list !== null) return [list, String(span.from)]
  return again === undefined ? [] : [`again ${again}`]
}

/** The statement with the id of its service. */
export function named(statement: TrustStatement): NamedStatement {
  return { ...statement, id: serviceId(statement) }
}

/** Whether both say the same of one service, so that recording the second would tell nothing new. */
export function saysTheSame(a: NamedStatement, b: NamedStatement): boolean {
  return a.id === b.id && canonicalJson(saidOf(a)) === canonicalJson(saidOf(b))
}

function saidOf({ name, span, evidence, evidenceDigest, ended, location, notAfter }: TrustStatement): object {
  return { name, span, evidence, evidenceDigest, ended, location, notAfter }
}
