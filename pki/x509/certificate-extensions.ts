import { EXTENSION, type Extension, type ExtensionMap } from './extension.ts'
import {
  type BasicConstraints,
  decodeBasicConstraints,
  decodeExtKeyUsage,
  decodeKeyUsage,
  decodeNameConstraints,
  type KeyUsage,
  type NameConstraints,
} from './extension-constraints.ts'
import { type DistributionPoint, decodeDistributionPoints } from './extension-distribution.ts'
import {
  type AccessDescription,
  type AuthorityKeyIdentifier,
  decodeAltName,
  decodeAuthorityKeyIdentifier,
  decodeInfoAccess,
  decodeSubjectKeyIdentifier,
} from './extension-identifiers.ts'
import {
  decodeCertificatePolicies,
  decodeInhibitAnyPolicy,
  decodePolicyConstraints,
  decodePolicyMappings,
  type PolicyConstraints,
  type PolicyMapping,
} from './extension-policies.ts'
import type { GeneralName } from './general-name.ts'

const DECODERS = {
  authorityKeyIdentifier: decodeAuthorityKeyIdentifier,
  subjectKeyIdentifier: decodeSubjectKeyIdentifier,
  keyUsage: decodeKeyUsage,
  certificatePolicies: decodeCertificatePolicies,
  policyMappings: decodePolicyMappings,
  subjectAltName: decodeAltName,
  issuerAltName: decodeAltName,
  basicConstraints: decodeBasicConstraints,
  nameConstraints: decodeNameConstraints,
  policyConstraints: decodePolicyConstraints,
  extKeyUsage: decodeExtKeyUsage,
  crlDistributionPoints: decodeDistributionPoints,
  inhibitAnyPolicy: decodeInhibitAnyPolicy,
  freshestCrl: decodeDistributionPoints,
  authorityInfoAccess: decodeInfoAccess,
} as const

/** The extensions this room can read, by name. */
export type KnownExtension = keyof typeof DECODERS

const KNOWN = Object.keys(DECODERS) as readonly KnownExtension[]
const NAMES: ReadonlyMap<string, KnownExtension> = new Map(KNOWN.map((name) => [EXTENSION[name], name]))

/**
 * The extensions of a certificate. Each is read when first asked for and kept; absent is null.
 * Every getter throws PkiError DER or STRUCTURE for an extension that is not what its clause prescribes.
 */
export class CertificateExtensions {
  readonly all: ExtensionMap
  #read: Map<KnownExtension, unknown> | null = null

  constructor(all: ExtensionMap) {
    this.all = all
  }

  get authorityKeyIdentifier(): AuthorityKeyIdentifier | null {
    return this.#get('authorityKeyIdentifier')
  }

  get subjectKeyIdentifier(): Uint8Array | null {
    return this.#get('subjectKeyIdentifier')
  }

  get keyUsage(): ReadonlySet<KeyUsage> | null {
    return this.#get('keyUsage')
  }

  get certificatePolicies(): readonly string[] | null {
    return this.#get('certificatePolicies')
  }

  get policyMappings(): readonly PolicyMapping[] | null {
    return this.#get('policyMappings')
  }

  get subjectAltName(): readonly GeneralName[] | null {
    return this.#get('subjectAltName')
  }

  get basicConstraints(): BasicConstraints | null {
    return this.#get('basicConstraints')
  }

  get nameConstraints(): NameConstraints | null {
    return this.#get('nameConstraints')
  }

  get policyConstraints(): PolicyConstraints | null {
    return this.#get('policyConstraints')
  }

  get extKeyUsage(): ReadonlySet<string> | null {
    return this.#get('extKeyUsage')
  }

  get crlDistributionPoints(): readonly DistributionPoint[] | null {
    return this.#get('crlDistributionPoints')
  }

  get inhibitAnyPolicy(): number | null {
    return this.#get('inhibitAnyPolicy')
  }

  get freshestCrl(): readonly DistributionPoint[] | null {
    return this.#get('freshestCrl')
  }

  get authorityInfoAccess(): readonly AccessDescription[] | null {
    return this.#get('authorityInfoAccess')
  }

  /** The extension as it stands, read or not; null when absent. */
  raw(name: keyof typeof EXTENSION): Extension | null {
    return this.all.get(EXTENSION[name]) ?? null
  }

  isCritical(name: keyof typeof EXTENSION): boolean {
    return this.raw(name)?.critical ?? false
  }

  /** Reads every extension this room knows, so that a malformed one is found. @throws PkiError DER, STRUCTURE */
  readAll(): void {
    for (const oid of this.all.keys()) {
      const name = NAMES.get(oid)
      if (name) this.#get(name)
    }
  }

  #get<K extends KnownExtension>(name: K): ReturnType<(typeof DECODERS)[K]> | null {
    this.#read ??= new Map()
    if (this.#read.has(name)) return this.#read.get(name) as ReturnType<(typeof DECODERS)[K]> | null
    const extension = this.raw(name)
    const value = extension === null ? null : (DECODERS[name](extension.value) as ReturnType<(typeof DECODERS)[K]>)
    this.#read.set(name, value)
    return value
  }
}
