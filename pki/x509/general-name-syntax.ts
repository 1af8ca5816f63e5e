import type { GeneralName } from './general-name.ts'
import type { Detail } from './verdict.ts'

const MAXIMUM_DNS_LENGTH = 253
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** What is wrong with the names of a SubjectAltName by RFC 5280 4.2.1.6; null when nothing is. */
export function subjectAltNameFault(names: readonly GeneralName[]): Detail | null {
  for (const name of names) {
    if (name.kind === 'dNSName' && !isDnsPattern(name.text)) return fault('域名', 'DNS name', name.text)
    if (name.kind === 'rfc822Name' && !isMailbox(name.text)) return fault('电子邮箱', 'mailbox', name.text)
    if (name.kind === 'iPAddress' && name.address.length !== 4 && name.address.length !== 16)
      return fault('IP 地址', 'IP address', Buffer.from(name.address).toString('hex'))
    if (name.kind === 'uniformResourceIdentifier' && !isAbsoluteUri(name.text)) return fault('URI', 'URI', name.text)
  }
  return null
}

/** The preferred name syntax of RFC 1034 §3.5; no trailing dot, no address, no underscore. */
export function isDnsName(text: string): boolean {
  if (text.length === 0 || text.length > MAXIMUM_DNS_LENGTH || IPV4.test(text)) return false
  return text.split('.').every((label) => LABEL.test(label))
}

/** A DNS name, or one with `*` as its whole leftmost label (RFC 9525 §6.3). */
export function isDnsPattern(text: string): boolean {
  return isDnsName(text.startsWith('*.') ? text.slice(2) : text)
}

/** Mailbox of RFC 5321 §4.1.2 with a host that is a DNS name; quoted local parts are not used. */
export function isMailbox(text: string): boolean {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  return at > 0 && at <= 64 && /^[\x21-\x7e]+$/.test(local) && !/[@"<>()[\]\\,;:]/.test(local) && isDnsName(text.slice(at + 1))
}

/** RFC 5280 4.2.1.6: absolute, with a scheme and something after it. */
function isAbsoluteUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(text)
}

function fault(zh: string, en: string, text: string): Detail {
  const shown = text.slice(0, 100)
  return { zh: `主体备用名称中的${zh}不合规定：${shown}`, en: `not a ${en} in the alternative name: ${shown}` }
}
