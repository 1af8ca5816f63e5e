import type { CaKind } from './ca-kind.ts'
import type { Rule } from './check.ts'
import { type DivisionCode, lineage, NATION } from './division-code.ts'
import type { SealClass } from './seal.ts'
import type { Bilingual } from './text.ts'
import { holds, type Instant } from './time.ts'
import type { SealChangeReason } from './timeline.ts'
import type { NetworkZone, Purpose } from './use.ts'

/** How high the division that makes and issues a seal must stand: `PREFECTURE` also takes seals issued by province or nation. */
export type IssuerLevel = 'COUNTY' | 'PREFECTURE' | 'PROVINCE' | 'NATION'

/** What one jurisdiction prescribes, its parent's rules already merged in. Every rule names the article it stands on. */
export interface Policy {
  readonly id: string
  readonly version: string
  /** SM3 over the canonical JSON of the merged policy, lower-case hex: what an answer refers to. */
  readonly digest: string
  readonly division: DivisionCode
  readonly source: Bilingual
  readonly inherits: string | null
  /** `from` null: the day it came into force is not known here, so it governs nothing by itself. */
  readonly effective: { readonly from: Instant | null; readonly until: Instant | null }
  readonly rules: PolicyRules
  /** The rules it states itself; the others are its parent's. */
  readonly stated: Partial<PolicyRules>
  /** Articles that bind people or later parts of the hub, for reading; nothing below is decided by them. */
  readonly duties: readonly { readonly topic: string; readonly text: Bilingual; readonly rule: Rule }[]
}

export interface PolicyRules {
  /** Classes of seal that may be registered. */
  readonly classes: { readonly allowed: readonly SealClass[]; readonly rule: Rule }
  /** Lowest division that may make and issue; null: nothing is prescribed. */
  readonly issuer: { readonly level: IssuerLevel; readonly rule: Rule } | null
  /** Reasons a cancellation must name one of; null: it needs none. Urgent ends (loss, suspension, revocation) are never refused. */
  readonly cancellation: { readonly reasons: readonly SealChangeReason[]; readonly rule: Rule } | null
  /** When a renewal may be taken: at most so many days before the end, and whether after it. */
  readonly renewal: { readonly daysBeforeEnd: number | null; readonly afterEnd: boolean; readonly rule: Rule } | null
  /** Who may read the status of a seal. */
  readonly disclosure: { readonly status: 'PUBLIC' | 'MEMBERS'; readonly rule: Rule }
  /**
   * Classes of seal accepted from other divisions without an agreement, and the purposes this measure speaks of: for any other
   * purpose only an agreement counts, at home too.
   */
  readonly recognition: {
    readonly fromElsewhere: readonly SealClass[]
    readonly purposes: readonly Purpose[]
    readonly rule: Rule
  }
  /** Kinds of certification body whose certificates organs of state may use; null: nothing is prescribed. */
  readonly authority: { readonly forGovernment: readonly CaKind[]; readonly rule: Rule } | null
  /** Networks over which seals of this division may be used; null: nothing is prescribed. */
  readonly network: { readonly zones: readonly NetworkZone[]; readonly rule: Rule } | null
  /** Whether an unknown revocation keeps an answer from passing. */
  readonly revocation: { readonly requirement: 'REQUIRED' | 'OPTIONAL'; readonly rule: Rule }
}

/** The policies a hub holds. */
export interface Policies {
  readonly all: readonly Policy[]
  /**
   * The policy that governs a division at a moment: the nearest one up its lineage that is in force then.
   * Where none was in force yet, the national policy stands as the hub's own default; so there always is one.
   */
  readonly governing: (division: DivisionCode, at: Instant) => Policy
}

/** The lookup over policies already read; `national` is the default. */
export function policiesOf(all: readonly Policy[], national: Policy): Policies {
  const byDivision = new Map<DivisionCode, Policy[]>()
  for (const policy of all) byDivision.set(policy.division, [...(byDivision.get(policy.division) ?? []), policy])
  const governing = (division: DivisionCode, at: Instant): Policy => {
    for (const above of lineage(division)) {
      const inForce = (byDivision.get(above) ?? []).filter((policy) => isInForce(policy, at))
      const newest = inForce.sort((a, b) => (b.effective.from ?? 0) - (a.effective.from ?? 0))[0]
      if (newest) return newest
    }
    return national
  }
  return { all, governing }
}

/** Whether the policy is in force at the moment. */
export function isInForce({ effective: { from, until } }: Policy, at: Instant): boolean {
  return from !== null && holds({ from, until }, at)
}

const LEVELS: readonly IssuerLevel[] = ['COUNTY', 'PREFECTURE', 'PROVINCE', 'NATION']

/** Whether one level stands at least as high as another. */
export function isAtLeast(level: IssuerLevel, lowest: IssuerLevel): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(lowest)
}

/** The level of a division: 411728 → COUNTY, 411700 → PREFECTURE, 410000 → PROVINCE. */
export function levelOf(division: DivisionCode): IssuerLevel {
  if (division === NATION) return 'NATION'
  if (division.endsWith('0000')) return 'PROVINCE'
  return division.endsWith('00') ? 'PREFECTURE' : 'COUNTY'
}
