import { bareAlgorithm } from '../algorithm.ts'
import { PkiError } from '../error.ts'
import { isAcceptedAlgorithm, signatureAlgorithmName, verifySignature } from '../signature.ts'
import { isCurveAlgorithm } from '../signature-algorithms.ts'
import { derFromRawSignature } from '../sm2-signature.ts'
import type { Certificate } from '../x509/certificate.ts'
import { algorithmMeant } from './algorithm-meant.ts'
import { type Finding, finding, NOT_APPLICABLE, PASSED } from './check-row.ts'

/** A signature with all that is needed to check it. */
export interface SignatureToProve {
  /** Null: the certificate could not be read. */
  readonly certificate: Certificate | null
  /** Bare OID, as the structures carry it. */
  readonly algorithm: string
  readonly message: Uint8Array
  readonly value: Uint8Array
}

/** What checking one signature found: its algorithm, its value and how the value was written. */
export interface SignatureProof {
  readonly algorithm: Finding
  readonly value: Finding
  readonly encoding: Finding
}

const NOT_DONE = finding('UNKNOWN', '未能验证', 'could not be verified')
const NO_CERTIFICATE = finding('UNKNOWN', '证书不可读，未能验证', 'the certificate cannot be read, so it could not be verified')

/**
 * Checks a signature with the key of its certificate. An algorithm not accepted here leaves the value UNKNOWN, one that
 * disagrees with the key, or a key that is none, is a failure. Raw `r‖s` is taken for SM2 and ECDSA P-256 and noted.
 */
export function proveSignature({ certificate, algorithm: named, message, value }: SignatureToProve): SignatureProof {
  if (certificate === null) return { algorithm: NO_CERTIFICATE, value: NO_CERTIFICATE, encoding: NO_CERTIFICATE }
  const algorithm = algorithmMeant(named)
  const identifier = bareAlgorithm(algorithm)
  if (!isAcceptedAlgorithm(identifier)) {
    const name = signatureAlgorithmName(identifier)
    return { algorithm: finding('UNKNOWN', `不接受 ${name}`, `${name} is not accepted`), value: NOT_DONE, encoding: NOT_DONE }
  }
  const fromRaw = isCurveAlgorithm(algorithm) ? derFromRawSignature(value) : null
  try {
    const holds = verifySignature(identifier, certificate.spki, message, fromRaw ?? value)
    const naming = algorithm === named ? PASSED : namedOtherwise(named, signatureAlgorithmName(identifier))
    return { algorithm: naming, value: holds ? PASSED : { outcome: 'FAILED' }, encoding: encodingOf(algorithm, fromRaw !== null) }
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    return { algorithm: refusal(cause), value: NOT_DONE, encoding: NOT_DONE }
  }
}

function namedOtherwise(oid: string, name: string): Finding {
  return finding('NOTE', `标识为 ${oid}，按 ${name} 验证`, `named ${oid}, verified as ${name}`)
}

/** GB/T 35276 §7.3: DER; where DER is broken the value fails by itself. RSA values have no inner structure. */
function encodingOf(algorithm: string, isRaw: boolean): Finding {
  if (isRaw) return { outcome: 'NOTE' }
  return isCurveAlgorithm(algorithm) ? PASSED : NOT_APPLICABLE
}

function refusal({ code, message }: PkiError): Finding {
  if (code === 'ALGORITHM') return finding('FAILED', '与证书公钥不一致', message)
  return finding('FAILED', '证书公钥无效', `the certificate holds no valid key: ${message}`)
}
