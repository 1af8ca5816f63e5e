import { PkiError } from '../error.ts'
import { verifySignature } from '../signature.ts'
import { isCurveAlgorithm } from '../signature-algorithms.ts'
import { derFromRawSignature } from '../sm2-signature.ts'
import type { Certificate } from '../x509/certificate.ts'
import { signatureAlgorithmOf } from './cms-algorithms.ts'
import { type BoundContent, boundContent, type SignedMessage, signedMessage } from './signed-content.ts'
import type { SignedData, SignerInfo } from './signed-data.ts'
import { candidateCertificates, isNamed } from './signer-certificate.ts'
import type { SignerFailure, SignerQuirk, SignerVerification } from './signer-verification.ts'

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
    const covered = coveredMessage(signed, signer, bound)
    if (typeof covered === 'string') return refused(signer, covered)
    const checked = checkUnderCertificates(signer, covered.message, candidateCertificates(signer.identifier, certificates))
    const { certificate, failure } = checked
    const quirks = [...bound.quirks, ...covered.quirks, ...checked.quirks]
    return { signer, certificate, quirks, signingTime: covered.signingTime, failure, holds: failure === null }
  })
}

function refused(signer: SignerInfo, failure: SignerFailure): SignerVerification {
  return { signer, certificate: null, holds: false, failure, quirks: [], signingTime: null }
}

function coveredMessage(signed: SignedData, signer: SignerInfo, bound: BoundContent): SignedMessage | SignerFailure {
  try {
    return signedMessage(signed, signer, bound)
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    return error.code === 'ALGORITHM' ? 'ALGORITHM' : 'ATTRIBUTES'
  }
}

interface CheckedSignature {
  readonly certificate: Uint8Array | null
  readonly failure: SignerFailure | null
  readonly quirks: readonly SignerQuirk[]
}

const NO_CERTIFICATE: CheckedSignature = { certificate: null, failure: 'CERTIFICATE_MISSING', quirks: [] }

/** The first certificate under which it holds; if there is none, the first one tried and why it fails there. */
function checkUnderCertificates(signer: SignerInfo, message: Uint8Array, candidates: readonly Certificate[]): CheckedSignature {
  const checked = candidates.map((candidate) => checkUnder(signer, message, candidate))
  return checked.find(({ failure }) => failure === null) ?? checked[0] ?? NO_CERTIFICATE
}

function checkUnder(signer: SignerInfo, message: Uint8Array, candidate: Certificate): CheckedSignature {
  const certificate = candidate.encoded
  const naming: readonly SignerQuirk[] = isNamed(signer.identifier, candidate) ? [] : ['SIGNER_NAMED_OTHERWISE']
  try {
    const algorithm = signatureAlgorithmOf(signer.digestAlgorithm, signer.signatureAlgorithm)
    const fromRaw = isCurveAlgorithm(algorithm.oid) ? derFromRawSignature(signer.signature) : null
    const holds = verifySignature(algorithm, candidate.spki, message, fromRaw ?? signer.signature)
    const quirks: readonly SignerQuirk[] = fromRaw ? [...naming, 'SIGNATURE_IS_RAW'] : naming
    return { certificate, failure: holds ? null : 'SIGNATURE', quirks }
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    return { certificate, failure: error.code === 'ALGORITHM' ? 'ALGORITHM' : 'KEY', quirks: naming }
  }
}
