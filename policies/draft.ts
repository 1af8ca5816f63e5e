import { lineage } from '../model/division-code.ts'
import { HubError } from '../model/error.ts'
import type { Policies, Policy } from '../model/policy.ts'
import type { PolicyDocument } from './document.ts'
import { mergePolicy, parsePolicy, underParent } from './load.ts'

const MAXIMUM_CHARACTERS = 64 * 1024

/**
 * The policies as they would be with a draft in force for its division at any time: what stands nearer to a division still goes
 * before it. A draft with the id of a policy takes its place, also for those that inherit from it.
 * @param text the YAML of a policy.
 * @throws HubError POLICY when it is no policy, widens its parent, names one that is not there, inherits in a ring, takes the place of
 *   another division's, or forbids what a policy that inherits from it allows (which that one's name says); TOO_LARGE over 64 Ki characters.
 */
export function withDraft(policies: Policies, text: string): { readonly policies: Policies; readonly draft: Policy } {
  if (text.length > MAXIMUM_CHARACTERS) throw new HubError('TOO_LARGE', '政策草案过大', 'the draft is too large')
  const document = parsePolicy(text, 'draft')
  const byId = new Map(policies.all.map((policy) => [policy.id, policy]))
  const draft = mergePolicy(document, parentOf(document, byId))
  const replaced = byId.get(draft.id)
  if (replaced && replaced.division !== draft.division)
    throw refused(`${draft.id} 属于 ${replaced.division}`, `${draft.id} is the policy of ${replaced.division}`)
  const under = heirs(byId, draft)
  const governing: Policies['governing'] = (division, at) => {
    const current = policies.governing(division, at)
    const above = lineage(division)
    const place = above.indexOf(draft.division)
    return place >= 0 && place <= above.indexOf(current.division) ? draft : (under.get(current.id) ?? current)
  }
  return { policies: { all: [...new Map([...under, [draft.id, draft]]).values()], governing }, draft }
}

function parentOf({ id, inherits }: PolicyDocument, byId: ReadonlyMap<string, Policy>): Policy | null {
  if (inherits === null) return null
  const parent = byId.get(inherits)
  if (!parent) throw refused(`没有上级政策 ${inherits}`, `there is no policy ${inherits}`)
  for (let above: Policy | undefined = parent; above; above = byId.get(above.inherits ?? ''))
    if (above.id === id) throw refused('草案继承自身', 'the draft inherits from itself')
  return parent
}

/** Every policy by id, the draft in its place and those below it merged anew. */
function heirs(byId: ReadonlyMap<string, Policy>, draft: Policy): ReadonlyMap<string, Policy> {
  const merged = new Map<string, Policy>()
  const merge = (policy: Policy): Policy => {
    const known = merged.get(policy.id)
    if (known) return known
    const before = byId.get(policy.inherits ?? '')
    const parent = before && merge(before)
    const own = policy.id === draft.id ? draft : !parent || parent === before ? policy : underParent(policy, parent)
    merged.set(policy.id, own)
    return own
  }
  for (const policy of byId.values()) merge(policy)
  return merged
}

function refused(zh: string, en: string): HubError {
  return new HubError('POLICY', `政策草案不可用：${zh}`, `the draft cannot be used: ${en}`)
}
