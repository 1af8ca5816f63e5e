import { HubError } from '../../../model/error.ts'
import type { SealClass } from '../../../model/seal.ts'
import { holds, type Instant } from '../../../model/time.ts'
import { GENERAL_USE, MAXIMUM_ASSURANCE, type NetworkZone, type Purpose, type Use } from '../../../model/use.ts'
import type { TrustLists } from '../lists.ts'
import { type Agreement, type AgreementStatement, agreementId } from './agreement.ts'

const MAXIMUM_TEXT = 500

/** What a client says of the use. */
export interface UseInput {
  readonly purpose?: Purpose | null
  readonly network?: NetworkZone | null
  readonly assurance?: number | null
}

/** @throws HubError BAD_INPUT for a level that does not exist. */
export function useOf(given: UseInput | null | undefined): Use {
  if (!given) return GENERAL_USE
  return { purpose: given.purpose ?? null, network: given.network ?? null, assurance: assuranceOf(given.assurance) }
}

/** What an administrator enacts. */
export interface AgreementInput {
  readonly reliedOnIn: string
  readonly issuedIn: string
  readonly classes: readonly SealClass[]
  readonly purposes?: readonly Purpose[] | null
  readonly networks?: readonly NetworkZone[] | null
  readonly assurance?: number | null
  readonly governmentCa?: boolean | null
  readonly enactedFrom: Instant
  readonly repealedFrom?: Instant | null
  readonly article: string
}

/**
 * The way in for an agreement: at least one class that is known, and an article. The same again changes nothing.
 * @throws HubError BAD_INPUT naming what is wrong.
 */
export async function enactAgreement(lists: TrustLists, given: AgreementInput, by: string, now: Instant): Promise<Agreement> {
  const classes = [...new Set(given.classes)].sort()
  if (classes.length === 0 || classes.includes('UNKNOWN'))
    throw new HubError('BAD_INPUT', '须指明印章类别，且不得为类别不明', 'names the classes of seal, and never unknown ones')
  const until = given.repealedFrom == null ? null : given.repealedFrom - 1
  if (until !== null && until < given.enactedFrom)
    throw new HubError('BAD_INPUT', '失效早于生效', 'repealed before it was enacted')
  const statement: AgreementStatement = {
    reliedOnIn: given.reliedOnIn,
    issuedIn: given.issuedIn,
    classes,
    purposes: [...new Set(given.purposes)].sort(),
    networks: [...new Set(given.networks)].sort(),
    assurance: assuranceOf(given.assurance),
    governmentCa: given.governmentCa ?? false,
    span: { from: given.enactedFrom, until },
    article: textOf(given.article, 'article'),
    reason: null,
    by,
  }
  const { agreements } = await lists.snapshot()
  const held = agreements.history(agreementId(statement)).at(-1)
  if (held && held.span.until !== until)
    throw new HubError('CONFLICT', '该约定已登记，且已另有失效时间', 'the agreement is held with another end')
  return (await lists.recordAgreement(statement, now)) ?? mustHold(held)
}

export interface RepealInput {
  readonly id: string
  /** The first moment at which it holds no more. */
  readonly from: Instant
  readonly reason: string
}

/**
 * Ends an agreement from a moment, with the reason. An end once stated may be moved forward in time, never back: who wants more
 * enacts an agreement anew.
 * @throws HubError NOT_FOUND, CONFLICT (it ends earlier already), BAD_INPUT.
 */
export async function repealAgreement(
  lists: TrustLists,
  { id, from, reason }: RepealInput,
  by: string,
  now: Instant,
): Promise<Agreement> {
  const { agreements } = await lists.snapshot()
  const held = agreements.history(id).at(-1)
  if (!held) throw new HubError('NOT_FOUND', '没有该互认约定', 'no such agreement')
  const until = from - 1
  if (held.span.until !== null && held.span.until < until)
    throw new HubError('CONFLICT', '该约定已更早失效', 'the agreement ends earlier already')
  const { id: _, recordedAt: __, ...terms } = held
  const statement = { ...terms, span: { from: held.span.from, until }, reason: textOf(reason, 'reason'), by }
  return (await lists.recordAgreement(statement, now)) ?? held
}

/** Whether an agreement counts at a moment. */
export function isInForce({ span }: Agreement, at: Instant): boolean {
  return holds(span, at)
}

function mustHold(held: Agreement | undefined): Agreement {
  if (held) return held
  throw new HubError('CONFLICT', '同时另有登记', 'another statement came in meanwhile')
}

function assuranceOf(level: number | null | undefined): number | null {
  if (level === null || level === undefined) return null
  if (Number.isInteger(level) && level >= 1 && level <= MAXIMUM_ASSURANCE) return level
  throw new HubError('BAD_INPUT', `等级保护须为 1 至 ${MAXIMUM_ASSURANCE} 级`, `a level is 1 to ${MAXIMUM_ASSURANCE}`)
}

function textOf(text: string, what: string): string {
  const trimmed = text.trim()
  if (trimmed.length > 0 && trimmed.length <= MAXIMUM_TEXT) return trimmed
  throw new HubError('BAD_INPUT', `${what} 须为 1 至 ${MAXIMUM_TEXT} 字`, `${what} has 1 to ${MAXIMUM_TEXT} characters`)
}
