import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Where the fetcher may connect to. */
export interface AddressRules {
  /** Also to this machine itself and its link, for tests and for a mirror run beside the hub. */
  readonly allowLocal: boolean
}

/** The error a guarded connection fails with. */
export const REFUSED_ADDRESS = 'ERR_REFUSED_ADDRESS'

/**
 * Addresses nobody is sent to by a URL in a certificate: this machine, its link, and where clouds answer questions about secrets.
 * Private networks are not among them: government networks are private.
 */
const LOCAL = new BlockList()
for (const [network, prefix] of [['0.0.0.0', 8], ['127.0.0.0', 8], ['169.254.0.0', 16], ['224.0.0.0', 4], ['240.0.0.0', 4]] as const) LOCAL.addSubnet(network, prefix) // biome-ignore format: a table
for (const address of ['100.100.100.200', '192.0.0.192', '168.63.129.16']) LOCAL.addAddress(address) // metadata of Alibaba, Oracle, Azure
for (const [network, prefix] of [['::', 127], ['fe80::', 10], ['ff00::', 8], ['fd00:ec2::', 32]] as const) LOCAL.addSubnet(network, prefix, 'ipv6') // biome-ignore format: a table

/** Whether a connection to this IP address is refused, IPv4 addresses inside IPv6 ones included. */
export function isRefusedAddress(address: string, { allowLocal }: AddressRules): boolean {
  if (allowLocal) return false
  const family = isIP(address)
  if (family === 0) return true
  if (family === 4) return LOCAL.check(address)
  const embedded = embeddedIpv4(address)
  return LOCAL.check(address, 'ipv6') || (embedded !== null && LOCAL.check(embedded))
}

/** IPv4-mapped addresses, and those of NAT64 (RFC 6052) and 6to4 (RFC 3056). */
function embeddedIpv4(address: string): string | null {
  const { hostname } = new URL(`http://[${address.split('%')[0]}]`) // the one canonical form
  const parts = hostname.slice(1, -1)
  const [, high, low] = /^(?:::ffff:|64:ff9b::|::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(parts) ?? /^2002:([0-9a-f]{1,4}):([0-9a-f]{1,4}):/.exec(parts) ?? [] // biome-ignore format: two forms
  if (high === undefined || low === undefined) return null
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [a >> 8, a & 255, b >> 8, b & 255].join('.')
}

/** A look-up that fails for a name with any refused address; the connection is made to what was looked at, never looked up again. */
export function guardedLookup(rules: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const refused = addresses.find(({ address }) => isRefusedAddress(address, rules))
      const [first] = addresses
      if (refused || !first) return callback(Object.assign(new TypeError(`${hostname} is at a refused address`), { code: REFUSED_ADDRESS }), []) // biome-ignore format: a sentence
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}
