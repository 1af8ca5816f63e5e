import { lineage } from '../model/division-code.ts'
import { HubError } from '../model/error.ts'
import type { Policies, Policy } from '../model/policy.ts'
import { mergePolicy, parsePolicy } from './load.ts'

const MAXIMUM_CHARACTERS = 64 * 1024

/**
 * The policies as they would be with a draft in force for its division at any time: what stands nearer to a division still goes
 * before it.
 * @param text the YAML of a policy.
 * @throws HubError POLICY when it is no policy, widens its parent, or names one that is not there; TOO_LARGE over 64 Ki characters.
 */
export function withDraft(policies: Policies, text: string): { readonly policies: Policies; readonly draft: Policy } {
  if (text.length > MAXIMUM_CHARACTERS) throw new HubError('TOO_LARGE', '政策草案过大', 'the draft is too large')
  const document = parsePolicy(text, 'draft')
  const parent = document.inherits === null ? null : (policies.all.find(({ id }) => id === document.inherits) ?? 'MISSING')
  if (parent === 'MISSING')
    throw new HubError('POLICY', `没有上级政策 ${document.inherits}`, `there is no policy ${document.inherits}`)
  const draft = mergePolicy(document, parent)
  const governing: Policies['governing'] = (division, at) => {
    const current = policies.governing(division, at)
    const above = lineage(division)
    const place = above.indexOf(draft.division)
    return place >= 0 && place <= above.indexOf(current.division) ? draft : current
  }
  return { policies: { all: [...policies.all, draft], governing }, draft }
}
