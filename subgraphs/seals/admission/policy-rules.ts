import type { Refusal, SealRegistered, StatusChanged } from '../../../model/envelope.ts'
import type { SealDescription } from '../../../model/facts.ts'
import { isAtLeast, levelOf, type PolicyRules } from '../../../model/policy.ts'
import type { Span } from '../../../model/time.ts'
import { refuseByArticle } from '../refusal.ts'

const DAY_MS = 86_400_000

/** Whether the policy lets a seal be registered: its class, who issued it, and when it is renewed. Null: it does. */
export function refusedRegistration(
  event: SealRegistered,
  seal: SealDescription,
  held: { readonly validity: Span } | null,
  rules: PolicyRules,
): Refusal | null {
  const { classes, issuer } = rules
  if (!classes.allowed.includes(seal.class)) {
    return refuseByArticle(classes.rule, `不登记此类印章：${seal.class}`, `seals of class ${seal.class} are not registered`)
  }
  // Who made a seal is told by its maker's place on the trust lists; an issuer stated here must not contradict the article.
  if (issuer && event.issuedBy !== null && !isAtLeast(levelOf(event.issuedBy), issuer.level)) {
    return refuseByArticle(issuer.rule, `${event.issuedBy} 不得制发印章`, `${event.issuedBy} may not make and issue seals`)
  }
  return held === null ? null : refusedRenewal(event, seal.validity, held.validity, rules)
}

/** A renewal is a registration anew that outlasts the validity held. */
function refusedRenewal(event: SealRegistered, renewed: Span, held: Span, { renewal }: PolicyRules): Refusal | null {
  const end = held.until
  const outlasts = end !== null && (renewed.until === null || renewed.until > end)
  if (!renewal || !outlasts) return null
  if (!renewal.afterEnd && event.effectiveAt > end) {
    return refuseByArticle(renewal.rule, '已过有效期，须重新申请', 'the validity has ended: apply anew')
  }
  if (renewal.daysBeforeEnd !== null && event.effectiveAt < end - renewal.daysBeforeEnd * DAY_MS) {
    return refuseByArticle(
      renewal.rule,
      `到期前 ${renewal.daysBeforeEnd} 日内方可续期`,
      `renewal begins ${renewal.daysBeforeEnd} days before the end`,
    )
  }
  return null
}

/**
 * Whether the policy lets a status change be taken in. Only a cancellation, which is planned, must name its reason; suspension, loss,
 * revocation and invalidation are urgent and always taken in.
 */
export function refusedStatusChange({ type, reason }: StatusChanged, { cancellation }: PolicyRules): Refusal | null {
  if (type !== 'CANCELLED' || !cancellation) return null
  if (reason === null) return refuseByArticle(cancellation.rule, '注销须说明原因', 'a cancellation needs its reason')
  if (cancellation.reasons.includes(reason)) return null
  return refuseByArticle(cancellation.rule, `不是注销的法定原因：${reason}`, `${reason} is no reason for a cancellation`)
}
