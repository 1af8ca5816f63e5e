import { createHash } from 'node:crypto'
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
  readonly #known = new Map<string, EdgeVerdict>()

  constructor(spending: Spending, remembered: VerifiedEdges | null) {
    this.#spending = spending
    this.#remembered = remembered
  }

  /** Whether the key of `issuer` made the signature of `certificate`. @throws PkiError BUDGET */
  verify(certificate: Certificate, issuer: Certificate): EdgeVerdict {
    const edge = edgeKey(certificate, issuer)
    const known = this.#known.get(edge) ?? (this.#remembered?.has(edge) ? 'HOLDS' : undefined)
    if (known !== undefined) return known
    this.#spending.spend('signatures')
    const verdict = check(certificate, issuer)
    this.#known.set(edge, verdict)
    if (verdict === 'HOLDS') this.#remembered?.add(edge)
    return verdict
  }

  /** What is known by now, without checking anything. */
  peek(certificate: Certificate, issuer: Certificate): EdgeVerdict | null {
    return this.#known.size === 0 ? null : (this.#known.get(edgeKey(certificate, issuer)) ?? null)
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

const digests = new WeakMap<Certificate, { readonly whole: string; readonly key: string }>()

/** What a signature is remembered by: all of the certificate and all of the key are in it, so nothing else can be taken for it. */
export function edgeKey(certificate: Certificate, issuer: Certificate): string {
  return `${digestsOf(certificate).whole}:${digestsOf(issuer).key}`
}

function digestsOf(certificate: Certificate): { readonly whole: string; readonly key: string } {
  const known = digests.get(certificate)
  if (known) return known
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64')
  const made = { whole: sha256(certificate.encoded), key: sha256(certificate.spki) }
  digests.set(certificate, made)
  return made
}
