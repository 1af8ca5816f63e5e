import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { canonicalJson } from '../model/canonical-json.ts'
import { NATION } from '../model/division-code.ts'
import { HubError } from '../model/error.ts'
import { type Policies, type Policy, policiesOf } from '../model/policy.ts'
import { parseInstant } from '../model/time.ts'
import { type PolicyDocument, policyDocument } from './document.ts'
import { inheritRules, ruledBy, statedRules } from './inherit.ts'

const MAXIMUM_LINEAGE = 8

/**
 * Reads every `*.yaml` of a folder once, at start: each policy with its parent's rules merged in.
 * @returns the policies and the lookup by division and time.
 * @throws HubError POLICY when a file is not a policy, widens its parent, inherits in a ring, or there is no national policy.
 */
export function loadPolicies(folder: string): Policies {
  const documents = new Map<string, PolicyDocument>()
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.yaml')) continue
    const document = parsePolicy(readFileSync(join(folder, file), 'utf8'), file)
    if (documents.has(document.id)) throw fault(file, `the id ${document.id} is taken`)
    documents.set(document.id, document)
  }
  const resolved = new Map<string, Policy>()
  const all = [...documents.keys()].map((id) => resolve(id, documents, resolved, 0))
  const national = all.filter(({ division, inherits }) => division === NATION && inherits === null)
  if (!national[0] || national.length > 1) throw fault(folder, `expected one policy without a parent, found ${national.length}`)
  return policiesOf(all, national[0])
}

/** Parses one policy as its author wrote it. @throws HubError POLICY naming the file and what is wrong in it. */
export function parsePolicy(text: string, file: string): PolicyDocument {
  try {
    return policyDocument.parse(parse(text, { maxAliasCount: 0 }))
  } catch (cause) {
    throw fault(file, cause instanceof Error ? cause.message : 'unreadable', cause)
  }
}

function resolve(
  id: string,
  documents: ReadonlyMap<string, PolicyDocument>,
  resolved: Map<string, Policy>,
  depth: number,
): Policy {
  const known = resolved.get(id)
  if (known) return known
  const document = documents.get(id)
  if (!document) throw fault(id, 'inherited, but not there')
  if (depth > MAXIMUM_LINEAGE) throw fault(id, 'inherits in a ring')
  const parent = document.inherits === null ? null : resolve(document.inherits, documents, resolved, depth + 1)
  const policy = mergePolicy(document, parent)
  resolved.set(id, policy)
  return policy
}

/** A policy with its parent's rules merged in, and its digest. @throws HubError POLICY when it widens them. */
export function mergePolicy(document: PolicyDocument, parent: Policy | null): Policy {
  const { id, version, division, source, inherits, effective } = document
  const own = {
    id,
    version,
    division,
    source,
    inherits,
    effective: { from: instantOrNull(effective.from), until: instantOrNull(effective.until) },
    stated: statedRules(document),
    duties: document.duties.map(ruledBy(document)),
  }
  return underParent(own, parent)
}

/** A policy under a parent, perhaps another than before. @throws HubError POLICY when it widens its rules. */
export function underParent(
  { id, version, division, source, inherits, effective, stated, duties }: Omit<Policy, 'rules' | 'digest'>,
  parent: Policy | null,
): Policy {
  const rules = inheritRules({ id, division, stated }, parent)
  const merged = { id, version, division, source, inherits, effective, rules, duties }
  return { ...merged, stated, digest: createHash('sm3').update(canonicalJson(merged)).digest('hex') }
}

function instantOrNull(text: string | null): number | null {
  return text === null ? null : parseInstant(text)
}

function fault(where: string, what: string, cause?: unknown): HubError {
  return new HubError('POLICY', `政策不可用（${where}）：${what}`, `policy not usable (${where}): ${what}`, { cause })
}
