import { definitionOf } from '../../../model/checks/catalogue.ts'
import type { FactCheck } from '../../../model/facts.ts'

/** Whether everything bytes alone can tell was told and holds: nothing failed, and nothing that weighs is unknown. */
export function integrityHolds(checks: readonly FactCheck[]): boolean {
  return checks.every(
    ({ check, outcome }) => outcome !== 'FAILED' && (outcome !== 'UNKNOWN' || definitionOf(check).onUnknown === null),
  )
}

/** Without these a seal is not registered at all; what else is unknown about it is left to the judge. */
const NEEDED_FOR_REGISTRATION: ReadonlySet<string> = new Set(['SEAL_FORMAT', 'SEAL_SIGNATURE', 'SEAL_ALGORITHM'])

/** The first check that keeps a seal from being registered; null when none does. */
export function brokenCheck(checks: readonly FactCheck[]): FactCheck | null {
  const isBroken = ({ check, outcome }: FactCheck) =>
    outcome === 'FAILED' || (outcome === 'UNKNOWN' && NEEDED_FOR_REGISTRATION.has(check))
  return checks.find(isBroken) ?? null
}
