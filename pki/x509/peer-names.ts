import { isIP } from 'node:net'
import type { Certificate } from './certificate.ts'
import type { GeneralName } from './general-name.ts'
import { isDnsName, isDnsPattern, isMailbox } from './general-name-syntax.ts'
import { type Finding, failed } from './verdict.ts'

/** A name the end entity must carry in its SubjectAltName; the subject's common name is never taken for one. */
export interface PeerName {
  readonly kind: 'DNS' | 'IP' | 'RFC822' | 'URI'
  readonly value: string
}

/** RFC 9525 §6, RFC 5280 §7: every name asked for must be among the alternative names. */
export function peerNameFindings(endEntity: Certificate, names: readonly PeerName[]): readonly Finding[] {
  const carried = endEntity.extensions.subjectAltName ?? []
  const missing = names.filter((name) => !carried.some((other) => isNamed(name, other)))
  return missing.map(({ value }) => {
    const shown = value.slice(0, 100)
    return failed('PATH_PEER_NAME', endEntity, `证书不是发给 ${shown} 的`, `the certificate does not name ${shown}`)
  })
}

function isNamed({ kind, value }: PeerName, name: GeneralName): boolean {
  switch (kind) {
    case 'DNS':
      return name.kind === 'dNSName' && matchesPattern(value.toLowerCase(), name.text.toLowerCase())
    case 'IP':
      return name.kind === 'iPAddress' && addressOf(value)?.compare(name.address) === 0
    case 'RFC822':
      return name.kind === 'rfc822Name' && isMailbox(value) && foldHost(value) === foldHost(name.text)
    case 'URI':
      return name.kind === 'uniformResourceIdentifier' && name.text === value
  }
}

/** RFC 9525 §6.3: `*` stands for the whole leftmost label, of at least three. */
function matchesPattern(host: string, pattern: string): boolean {
  if (!isDnsName(host) || !isDnsPattern(pattern)) return false
  if (!pattern.startsWith('*.')) return host === pattern
  const parent = pattern.slice(1)
  return parent.lastIndexOf('.') > 0 && host.slice(host.indexOf('.')) === parent
}

function foldHost(mailbox: string): string {
  const at = mailbox.lastIndexOf('@')
  return mailbox.slice(0, at) + mailbox.slice(at).toLowerCase()
}

function addressOf(text: string): Buffer | null {
  const version = isIP(text)
  if (version === 4) return Buffer.from(text.split('.').map(Number))
  return version === 6 && !text.includes('%') ? groupsOf(text) : null
}

/** The 16 octets of an IPv6 address, `::` filled up, a dotted ending read as IPv4 (RFC 4291 §2.2). */
function groupsOf(text: string): Buffer {
  const dotted = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...octets: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = octets.slice(0, 4).map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  const [head = '', tail] = dotted.split('::')
  const read = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)))
  const before = read(head)
  const after = tail === undefined ? [] : read(tail)
  const groups = [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after]
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff]))
}
