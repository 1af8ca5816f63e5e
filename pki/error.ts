/** Why bytes were refused. Verdicts on well-formed evidence are values, never errors. */
export type PkiErrorCode =
  | 'DER' // not strict DER: truncated, padded, indefinite, trailing bytes
  | 'STRUCTURE' // strict DER, but not the structure the standard prescribes
  | 'TOO_DEEP'
  | 'TOO_LARGE'
  | 'ALGORITHM' // an algorithm or parameter that is not accepted
  | 'KEY' // a key that is no valid key of its algorithm
  | 'PEM'
  | 'PASSPHRASE' // an encrypted key, and the passphrase is wrong or missing
  | 'BUDGET' // a bounded search ran out of its budget
  | 'UNSUPPORTED' // well formed, but of a kind that is not read here: an encrypted document for instance

/** Thrown by everything in `pki/` for bytes it cannot read; `code` comes from a closed union. */
export class PkiError extends Error {
  readonly code: PkiErrorCode

  constructor(code: PkiErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PkiError'
    this.code = code
  }
}
