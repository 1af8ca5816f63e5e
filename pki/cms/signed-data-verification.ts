import { PkiError } from '../error.ts'
import { verifySignature } from '../signature.ts'
import type { Certificate } from '../x509/certificate.ts'
import { signatureAlgorithmOf } from './cms-algorithms.ts'
import { boundContent, type SignedMessage, signedMessage } from './signed-content.ts'
import type { SignedData, SignerInfo } from './signed-data.ts'
import { candidateCertificates } from './signer-certificate.ts'
import type { SignerFailure, SignerVerification } from './signer-verification.ts'

/** What may be given beside the signed data. */
export interface SignedDataVerificationOptions {
  /** Certificates, DER, beside the embedded ones among which signers are looked for. */
  readonly certificates?: readonly Uint8Array[]
  /** Signatures of GB/T 33190 may carry the SM3 digest of the file as their content, raw or in base64. Off unless asked for. */
  readonly contentMayBeDigest?: boolean
}

/**
 * Verifies every signer over the bytes received: one result for each, in their order, at least one. Never throws for bad evidence.
 * @param content the content where it is detached; where one is embedded as well, the two must be the same.
 */
export function verifySignedData(
  signed: SignedData,
  content?: Uint8Array,
  options: SignedDataVerificationOptions = {},
): SignerVerification[] {
  const bound = boundContent(signed.content, content, options.contentMayBeDigest ?? false)
  const certificates = [...signed.certificates, ...(options.certificates ?? [])]
  return signed.signers.map((signer) => {
    if (typeof bound === 'string') return refused(signer, bound)
    const covered = coveredMessage(signed, signer, bound.content)
    if (typeof covered === 'string') return refused(signer, covered)
    const quirks = [...bound.quirks, ...covered.quirks]
    const checked = checkUnderCertificates(signer, covered.message, candidateCertificates(signer.identifier, certificates))
    return { signer, quirks, signingTime: covered.signingTime, ...checked, holds: checked.failure === null }
  })
}

function refused(signer: SignerInfo, failure: SignerFailure): SignerVerification {
  return { signer, certificate: null, holds: false, failure, quirks: [], signingTime: null }
}

function coveredMessage(signed: SignedData, signer: SignerInfo, content: Uint8Array): SignedMessage | SignerFailure {
  try {
    return signedMessage(signed, signer, content)
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    return error.code === 'ALGORITHM' ? 'ALGORITHM' : 'ATTRIBUTES'
  }
}

/** The first certificate under which it holds; if there is none, the first one tried and why it fails there. */
function checkUnderCertificates(
  signer: SignerInfo,
  message: Uint8Array,
  candidates: readonly Certificate[],
): { readonly certificate: Uint8Array | null; readonly failure: SignerFailure | null } {
  const checked = candidates.map(({ encoded, spki }) => ({
    certificate: encoded,
    failure: signatureFailure(signer, message, spki),
  }))
  return checked.find(({ failure }) => failure === null) ?? checked[0] ?? { certificate: null, failure: 'CERTIFICATE_MISSING' }
}

function signatureFailure(signer: SignerInfo, message: Uint8Array, spki: Uint8Array): SignerFailure | null {
  try {
    const algorithm = signatureAlgorithmOf(signer.digestAlgorithm, signer.signatureAlgorithm)
    return verifySignature(algorithm, spki, message, signer.signature) ? null : 'SIGNATURE'
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    return error.code === 'ALGORITHM' ? 'ALGORITHM' : 'KEY'
  }
}
