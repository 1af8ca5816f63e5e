import { openDer } from '../der/reader.ts'
import { contextPrimitive, TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'

/** RFC 5280 4.2.1.4. */
export const ANY_POLICY = '2.5.29.32.0'

export interface PolicyMapping {
  readonly issuerDomainPolicy: string
  readonly subjectDomainPolicy: string
}

/** PolicyConstraints, RFC 5280 4.2.1.11: numbers of further certificates; null where absent. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | null
  readonly inhibitPolicyMapping: number | null
}

const MAXIMUM_POLICIES = 256

/** CertificatePolicies, RFC 5280 4.2.1.4: OIDs, at least one, none twice. Qualifiers are read over: they say nothing to a machine. */
export function decodeCertificatePolicies(value: Uint8Array): readonly string[] {
  const reader = openDer(value)
  const list = reader.sequence()
  reader.end()
  const policies = new Set<string>()
  do {
    const information = list.sequence()
    const policy = information.oid()
    if (policies.has(policy)) throw new PkiError('STRUCTURE', `policy ${policy} twice`)
    if (policies.size === MAXIMUM_POLICIES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_POLICIES} policies`)
    policies.add(policy)
    information.optional(TAG.SEQUENCE)
    information.end()
  } while (!list.isEmpty())
  return [...policies]
}

/** PolicyMappings, RFC 5280 4.2.1.5: at least one; anyPolicy is never mapped. */
export function decodePolicyMappings(value: Uint8Array): readonly PolicyMapping[] {
  const reader = openDer(value)
  const list = reader.sequence()
  reader.end()
  const mappings: PolicyMapping[] = []
  do {
    if (mappings.length === MAXIMUM_POLICIES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_POLICIES} policy mappings`)
    const fields = list.sequence()
    const mapping = { issuerDomainPolicy: fields.oid(), subjectDomainPolicy: fields.oid() }
    fields.end()
    mappings.push(mapping)
  } while (!list.isEmpty())
  return mappings
}

/** PolicyConstraints, RFC 5280 4.2.1.11: at least one of the two. */
export function decodePolicyConstraints(value: Uint8Array): PolicyConstraints {
  const reader = openDer(value)
  const fields = reader.sequence()
  reader.end()
  const read = (tag: number) => (fields.peek() === tag ? skipCount(fields.primitive(tag)) : null)
  const constraints = { requireExplicitPolicy: read(contextPrimitive(0)), inhibitPolicyMapping: read(contextPrimitive(1)) }
  fields.end()
  if (constraints.requireExplicitPolicy === null && constraints.inhibitPolicyMapping === null)
    throw new PkiError('STRUCTURE', 'policy constraints that constrain nothing')
  return constraints
}

/** InhibitAnyPolicy, RFC 5280 4.2.1.14: after how many certificates anyPolicy counts no more. */
export function decodeInhibitAnyPolicy(value: Uint8Array): number {
  const reader = openDer(value)
  const count = reader.integer()
  reader.end()
  if (count < 0) throw new PkiError('STRUCTURE', 'negative number of certificates')
  return count
}

/** SkipCerts ::= INTEGER (0..MAX), under an IMPLICIT tag. */
function skipCount(content: Uint8Array): number {
  const [first = 0x80, second = 0x80] = content
  const padded = content.length > 1 && first === 0 && second < 0x80
  if (content.length === 0 || content.length > 4 || first >= 0x80 || padded)
    throw new PkiError('STRUCTURE', 'not a number of certificates')
  return content.reduce((count, byte) => count * 256 + byte, 0)
}
