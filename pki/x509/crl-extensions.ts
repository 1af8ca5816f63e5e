import { openDer } from '../der/reader.ts'
import { PkiError } from '../error.ts'
import { EXTENSION, type ExtensionMap } from './extension.ts'
import {
  type DistributionPoint,
  decodeDistributionPoints,
  decodeIssuingDistributionPoint,
  type IssuingDistributionPoint,
} from './extension-distribution.ts'
import { type AuthorityKeyIdentifier, decodeAuthorityKeyIdentifier } from './extension-identifiers.ts'

const UNDERSTOOD: ReadonlySet<string> = new Set([
  EXTENSION.authorityKeyIdentifier,
  EXTENSION.issuerAltName,
  EXTENSION.crlNumber,
  EXTENSION.deltaCrlIndicator,
  EXTENSION.issuingDistributionPoint,
  EXTENSION.freshestCrl,
  EXTENSION.authorityInfoAccess,
])
const MAXIMUM_NUMBER_OCTETS = 20

/** The extensions of a CRL, RFC 5280 §5.2; absent is null. Getters throw PkiError DER or STRUCTURE for a malformed one. */
export class CrlExtensions {
  readonly all: ExtensionMap

  constructor(all: ExtensionMap) {
    this.all = all
  }

  get crlNumber(): bigint | null {
    return this.#read(EXTENSION.crlNumber, decodeNumber)
  }

  /** The number of the complete CRL a delta builds on; null for a complete CRL. */
  get baseCrlNumber(): bigint | null {
    return this.#read(EXTENSION.deltaCrlIndicator, decodeNumber)
  }

  get authorityKeyIdentifier(): AuthorityKeyIdentifier | null {
    return this.#read(EXTENSION.authorityKeyIdentifier, decodeAuthorityKeyIdentifier)
  }

  get issuingDistributionPoint(): IssuingDistributionPoint | null {
    return this.#read(EXTENSION.issuingDistributionPoint, decodeIssuingDistributionPoint)
  }

  get freshestCrl(): readonly DistributionPoint[] | null {
    return this.#read(EXTENSION.freshestCrl, decodeDistributionPoints)
  }

  isCritical(name: keyof typeof EXTENSION): boolean {
    return this.all.get(EXTENSION[name])?.critical ?? false
  }

  /** OIDs of critical extensions nobody here understands: such a CRL must not be used (RFC 5280 §5.2). */
  unknownCritical(): readonly string[] {
    return [...this.all.values()].filter(({ critical, oid }) => critical && !UNDERSTOOD.has(oid)).map(({ oid }) => oid)
  }

  #read<T>(oid: string, decode: (value: Uint8Array) => T): T | null {
    const extension = this.all.get(oid)
    return extension ? decode(extension.value) : null
  }
}

/** CRLNumber, RFC 5280 5.2.3: 0 up to 20 octets. */
function decodeNumber(value: Uint8Array): bigint {
  const reader = openDer(value)
  const octets = reader.integerBytes()
  reader.end()
  if ((octets[0] ?? 0) >= 0x80 || octets.length > MAXIMUM_NUMBER_OCTETS)
    throw new PkiError('STRUCTURE', 'a CRL number is not negative and has at most 20 octets')
  return BigInt(`0x${Buffer.from(octets).toString('hex')}`)
}
