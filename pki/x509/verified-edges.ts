import { hash } from 'node:crypto'
import { PkiError } from '../error.ts'
import { verifySignature } from '../signature.ts'
import type { Certificate } from './certificate.ts'
import type { Spending } from './path-budget.ts'
import { type Finding, failed } from './verdict.ts'

/** Remembers which signatures of certificates were seen to hold under which key, so that a path met again costs none. */
export interface VerifiedEdges {
  has(edge: string): boolean
  add(edge: string): void
}

/** A bounded memory; what was added longest ago is forgotten first. */
export class EdgeMemory implements VerifiedEdges {
  readonly #edges = new Set<string>()
  readonly #maximum: number

  constructor(maximum = 10_000) {
    this.#maximum = maximum
  }

  has(edge: string): boolean {
    return this.#edges.has(edge)
  }

  add(edge: string): void {
    this.#edges.add(edge)
    const oldest = this.#edges.size > this.#maximum ? this.#edges.values().next().value : undefined
    if (oldest !== undefined) this.#edges.delete(oldest)
  }
}

/** HOLDS, or why not: the signature is wrong, or algorithm or key cannot be used. */
export type EdgeVerdict = 'HOLDS' | 'SIGNATURE' | { readonly algorithm: string }

/** Checks signatures of certificates within a budget, each at most once a search; only those that hold outlive the search. */
export class EdgeChecks {
  readonly #spending: Spending
  readonly #remembered: VerifiedEdges | null
  /** By certificate, then by issuer. */
  readonly #known = new Map<Certificate, Map<Certificate, EdgeVerdict>>()

  constructor(spending: Spending, remembered: VerifiedEdges | null) {
    this.#spending = spending
    this.#remembered = remembered
  }

  /** Whether the key of `issuer` made the signature of `certificate`. @throws PkiError BUDGET */
  verify(certificate: Certificate, issuer: Certificate): EdgeVerdict {
    const known = this.peek(certificate, issuer)
    if (known !== null) return known
    const verdict = this.#remembered?.has(edgeKey(certificate, issuer)) ? 'HOLDS' : this.#check(certificate, issuer)
    const byIssuer = this.#known.get(certificate)
    if (byIssuer) byIssuer.set(issuer, verdict)
    else this.#known.set(certificate, new Map([[issuer, verdict]]))
    return verdict
  }

  /** What is known by now, without checking anything. */
  peek(certificate: Certificate, issuer: Certificate): EdgeVerdict | null {
    return this.#known.get(certificate)?.get(issuer) ?? null
  }

  #check(certificate: Certificate, issuer: Certificate): EdgeVerdict {
    this.#spending.spend('signatures')
    const verdict = check(certificate, issuer)
    if (verdict === 'HOLDS') this.#remembered?.add(edgeKey(certificate, issuer))
    return verdict
  }
}

function check(certificate: Certificate, issuer: Certificate): EdgeVerdict {
  try {
    const { signatureAlgorithm, tbs, signature } = certificate
    return verifySignature(signatureAlgorithm, issuer.spki, tbs, signature) ? 'HOLDS' : 'SIGNATURE'
  } catch (error) {
    if (error instanceof PkiError) return { algorithm: error.message }
    throw error
  }
}

/** What a verdict on the signature of a certificate means; nothing while there is none, or when it holds. */
export function edgeFindings(certificate: Certificate, verdict: EdgeVerdict | null): readonly Finding[] {
  if (verdict === null || verdict === 'HOLDS') return []
  if (verdict === 'SIGNATURE')
    return [failed('PATH_SIGNATURE', certificate, '颁发者签名不正确', "the issuer's signature does not hold")]
  return [failed('PATH_ALGORITHM', certificate, `签名算法不被接受：${verdict.algorithm}`, verdict.algorithm)]
}

/** What a signature is remembered by: all of the certificate and all of the key are in it, so nothing else can be taken for it. */
export function edgeKey(certificate: Certificate, issuer: Certificate): string {
  return `${digestOf(certificate, certificate.encoded, wholes)}:${digestOf(issuer, issuer.spki, keys)}`
}

const wholes = new WeakMap<Certificate, string>()
const keys = new WeakMap<Certificate, string>()

function digestOf(certificate: Certificate, bytes: Uint8Array, known: WeakMap<Certificate, string>): string {
  const made = known.get(certificate) ?? hash('sha256', bytes, 'base64')
  known.set(certificate, made)
  return made
}
