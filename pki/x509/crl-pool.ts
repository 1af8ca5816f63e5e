import { PkiError } from '../error.ts'
import type { Certificate } from './certificate.ts'
import { type CertificateRevocationList, decodeCrl } from './crl.ts'
import { type CrlFault, signatureHolds, verifyCrl } from './crl-verification.ts'
import type { Spending } from './path-budget.ts'

/** The CRLs of one search, each read once and verified once under each issuer. */
export class CrlPool {
  readonly all: readonly CertificateRevocationList[]
  /** Whether something was handed in as a CRL that is none. */
  readonly hasUnreadable: boolean
  readonly #verified = new Map<CertificateRevocationList, Map<Certificate, CrlFault | null>>()

  constructor(inputs: readonly (Uint8Array | CertificateRevocationList)[]) {
    const read = inputs.map(readCrl)
    this.all = read.filter((crl) => crl !== null)
    this.hasUnreadable = this.all.length < read.length
  }

  /** Whether an issuer made the CRL and it may be used; null when so. @throws PkiError BUDGET */
  faultUnder(crl: CertificateRevocationList, issuer: Certificate, spending: Spending): CrlFault | null {
    const byIssuer = this.#verified.get(crl) ?? new Map<Certificate, CrlFault | null>()
    this.#verified.set(crl, byIssuer)
    const known = byIssuer.get(issuer)
    if (known !== undefined) return known
    const fault = verifyCrl(crl, issuer, (list, signer) => {
      spending.spend('signatures')
      return signatureHolds(list, signer)
    })
    byIssuer.set(issuer, fault)
    return fault
  }
}

function readCrl(input: Uint8Array | CertificateRevocationList): CertificateRevocationList | null {
  if (!(input instanceof Uint8Array)) return input
  try {
    return decodeCrl(input)
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}
