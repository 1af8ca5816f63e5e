import type { Certificate } from './certificate.ts'
import type { NameConstraints } from './extension-constraints.ts'
import type { GeneralName, GeneralNameKind } from './general-name.ts'
import { isDnsName, isMailbox } from './general-name-syntax.ts'
import { attributeText, EMAIL_ADDRESS, isEmptyName } from './name.ts'
import { isWithinName } from './name-matching.ts'
import type { Spending } from './path-budget.ts'
import type { Detail } from './verdict.ts'

/** Whether a name lies in a subtree; 'partly' for a pattern of which some names do, 'unreadable' for what is not of its form. */
type Match = boolean | 'partly' | 'unreadable'

/**
 * Whether the names of a certificate are within name constraints above it (RFC 5280 4.2.1.10, §6.1.3 b–c). Every constraint
 * of a path is asked on its own: within the intersection of subtrees is within each.
 * @returns what is wrong, null when nothing is.
 * @throws PkiError BUDGET
 */
export function nameConstraintFault(constraints: NameConstraints, certificate: Certificate, spending: Spending): Detail | null {
  for (const name of namesOf(certificate)) {
    const within = (base: GeneralName) => {
      spending.spend('nameComparisons')
      return matches(name, base)
    }
    const excluded = (constraints.excluded ?? []).filter((base) => base.kind === name.kind)
    const permitted = (constraints.permitted ?? []).filter((base) => base.kind === name.kind)
    if (excluded.length + permitted.length === 0) continue
    if (!COMPARED.has(name.kind))
      return fault(name, '该类名称的限制无法判断', 'constraints on names of this form cannot be judged')
    if (excluded.some((base) => within(base) !== false)) return fault(name, '名称在排除范围内', 'the name is excluded')
    const answers = permitted.map(within)
    if (answers.includes('unreadable')) return fault(name, '名称限制或名称不合规定', 'the constraint or the name is not readable')
    if (permitted.length > 0 && !answers.includes(true)) return fault(name, '名称不在许可范围内', 'the name is not permitted')
  }
  return null
}

const COMPARED: ReadonlySet<GeneralNameKind> = new Set<GeneralNameKind>([
  'directoryName', 'dNSName', 'rfc822Name', 'uniformResourceIdentifier', 'iPAddress',
]) // biome-ignore format: a table

/** The subject, the alternative names, and the mailboxes of the subject where there are no alternative ones (4.2.1.10). */
export function namesOf({ subject, extensions }: Certificate): readonly GeneralName[] {
  const alternative = extensions.subjectAltName ?? []
  const names: GeneralName[] = [...alternative]
  if (!isEmptyName(subject)) names.push({ kind: 'directoryName', name: subject })
  if (alternative.some(({ kind }) => kind === 'rfc822Name')) return names
  for (const attribute of subject.relativeNames.flat()) {
    if (attribute.type === EMAIL_ADDRESS) names.push({ kind: 'rfc822Name', text: attributeText(attribute) ?? '' })
  }
  return names
}

function matches(name: GeneralName, base: GeneralName): Match {
  if (name.kind === 'directoryName' && base.kind === 'directoryName') return isWithinName(name.name, base.name)
  if (name.kind === 'dNSName' && base.kind === 'dNSName') return isWithinDomain(domainOf(name), domainOf(base))
  if (name.kind === 'rfc822Name' && base.kind === 'rfc822Name') return isWithinMailboxes(name.text, base.text)
  if (name.kind === 'iPAddress' && base.kind === 'iPAddress') return isWithinNetwork(name.address, base.address)
  if (name.kind === 'uniformResourceIdentifier' && base.kind === 'uniformResourceIdentifier')
    return isWithinHosts(name.text, base.text)
  return false
}

interface Domain {
  /** Lower case, `*.` taken off. */
  readonly host: string
  readonly isPattern: boolean
  readonly isReadable: boolean
}

const domains = new WeakMap<GeneralName, Domain>()

/** Looked into once: a certificate may carry thousands of names for thousands of constraints. */
function domainOf(name: GeneralName & { readonly text: string }): Domain {
  const known = domains.get(name)
  if (known) return known
  const text = name.text.toLowerCase()
  const isPattern = text.startsWith('*.')
  const host = isPattern ? text.slice(2) : text
  const domain = { host, isPattern, isReadable: isDnsName(host) }
  domains.set(name, domain)
  return domain
}

/**
 * DNS: the subtree and everything below it. A pattern `*.example.com` stands for every name it could match, so it is excluded
 * where one of them is, and permitted only where all of them are.
 */
function isWithinDomain(name: Domain, base: Domain): Match {
  if (base.host === '' && !base.isPattern) return true
  if (!base.isReadable || base.isPattern || !name.isReadable) return 'unreadable'
  const { host } = name
  if (host.endsWith(base.host) && (host.length === base.host.length || host.at(-base.host.length - 1) === '.')) return true
  return name.isPattern && base.host.endsWith(`.${host}`) ? 'partly' : false
}

/** Mailboxes: one mailbox, all of one host, or with a leading dot all of the hosts below it. Local parts are told apart by case. */
function isWithinMailboxes(text: string, base: string): Match {
  if (!isMailbox(text)) return 'unreadable'
  const at = text.lastIndexOf('@')
  const host = text.slice(at + 1).toLowerCase()
  if (base.includes('@')) {
    if (!isMailbox(base)) return 'unreadable'
    const baseAt = base.lastIndexOf('@')
    return text.slice(0, at) === base.slice(0, baseAt) && host === base.slice(baseAt + 1).toLowerCase()
  }
  return isWithinHostRule(host, base.toLowerCase())
}

/** URIs: the host, which must be a name; one without any cannot be judged (4.2.1.10: reject). */
function isWithinHosts(text: string, base: string): Match {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(text)?.[1]
  const host = authority?.replace(/^.*@/, '').replace(/:\d*$/, '').toLowerCase()
  return host !== undefined && isDnsName(host) ? isWithinHostRule(host, base.toLowerCase()) : 'unreadable'
}

function isWithinHostRule(host: string, rule: string): Match {
  const below = rule.startsWith('.')
  if (!isDnsName(below ? rule.slice(1) : rule)) return 'unreadable'
  return below ? host.endsWith(rule) : host === rule
}

/** IP: address and mask, 8 or 32 octets; the mask is a run of ones. */
function isWithinNetwork(address: Uint8Array, base: Uint8Array): Match {
  const width = base.length / 2
  const mask = base.subarray(width)
  if ((width !== 4 && width !== 16) || !isRunOfOnes(mask)) return 'unreadable'
  if (address.length !== 4 && address.length !== 16) return 'unreadable'
  return address.length === width && address.every((octet, i) => ((octet ^ (base[i] ?? 0)) & (mask[i] ?? 0)) === 0)
}

function isRunOfOnes(mask: Uint8Array): boolean {
  const bits = [...mask].map((octet) => octet.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits)
}

function fault(name: GeneralName, zh: string, en: string): Detail {
  const shown = 'text' in name ? `${name.kind} ${name.text.slice(0, 100)}` : name.kind
  return { zh: `${zh}：${shown}`, en: `${en}: ${shown}` }
}
