import { isIP } from 'node:net'
import { type AddressRules, isRefusedAddress } from './address.ts'
import { type Failure, failure } from './failure.ts'

const MAXIMUM_LENGTH = 2_048
const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'ldap:', 'ldaps:'])

/** Whether a text is a URL that sources may have at all. */
export function isSourceUrl(text: string): boolean {
  return text.length <= MAXIMUM_LENGTH && URL.canParse(text) && SCHEMES.has(new URL(text).protocol)
}

/** The URL a source may be asked at, or why it may not: scheme, credentials, or an address written into it. */
export function admitUrl(
  text: string,
  rules: AddressRules,
  schemes = SCHEMES,
): URL | { readonly failure: Failure<'URL' | 'ADDRESS'> } {
  if (text.length > MAXIMUM_LENGTH || !URL.canParse(text)) return failure('URL', 'not a URL')
  const url = new URL(text)
  if (!schemes.has(url.protocol)) return failure('URL', `scheme ${url.protocol} is not fetched`)
  if (url.username || url.password) return failure('URL', 'a URL with credentials in it')
  const host = hostOf(url)
  if (!host) return failure('URL', 'a URL without a host')
  if (isIP(host) !== 0 && isRefusedAddress(host, rules)) return failure('ADDRESS', `${host} is not asked`)
  return url
}

/** The host to connect to, without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return decodeURIComponent(hostname).replace(/^\[|\]$/g, '')
}
