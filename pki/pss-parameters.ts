import { type AlgorithmIdentifier, decodeAlgorithmIdentifier } from './algorithm.ts'
import { openDer } from './der/reader.ts'
import { contextConstructed, TAG } from './der/tag.ts'
import { PkiError } from './error.ts'

/** What RSASSA-PSS is used with here; MGF1 uses the same hash. */
export interface PssParameters {
  readonly hash: 'sha256' | 'sha384' | 'sha512'
  /** In bytes. */
  readonly saltLength: number
}

const MGF1 = '1.2.840.113549.1.1.8'
const HASHES: Readonly<Record<string, PssParameters>> = {
  '2.16.840.1.101.3.4.2.1': { hash: 'sha256', saltLength: 32 },
  '2.16.840.1.101.3.4.2.2': { hash: 'sha384', saltLength: 48 },
  '2.16.840.1.101.3.4.2.3': { hash: 'sha512', saltLength: 64 },
}

/**
 * Reads RSASSA-PSS-params (RFC 4055 §3.1), and accepts only what CAs use: SHA-256, SHA-384 or SHA-512, MGF1 with the same hash,
 * salt as long as the hash, trailer field absent. The defaults (SHA-1) are refused.
 * @throws PkiError ALGORITHM, DER, STRUCTURE
 */
export function decodePssParameters(parameters: Uint8Array | null): PssParameters {
  if (parameters === null) throw new PkiError('ALGORITHM', 'RSASSA-PSS without parameters')
  const fields = openDer(parameters).sequence()
  const hash = tagged(fields.optional(contextConstructed(0)), decodeAlgorithmIdentifier)
  const mask = tagged(fields.optional(contextConstructed(1)), decodeAlgorithmIdentifier)
  const saltLength = tagged(fields.optional(contextConstructed(2)), (reader) => reader.integer())
  if (!fields.isEmpty()) throw new PkiError('ALGORITHM', 'RSASSA-PSS with a trailer field')
  const accepted = hash && noParameters(hash) ? HASHES[hash.oid] : undefined
  if (!accepted || maskHash(mask) !== hash?.oid || saltLength !== accepted.saltLength)
    throw new PkiError('ALGORITHM', 'RSASSA-PSS parameters that are not accepted')
  return accepted
}

type Reader = ReturnType<typeof openDer>

function tagged<Value>(reader: Reader | null, read: (reader: Reader) => Value): Value | null {
  if (reader === null) return null
  const value = read(reader)
  reader.end()
  return value
}

function maskHash(mask: AlgorithmIdentifier | null): string | null {
  if (mask?.oid !== MGF1 || mask.parameters === null) return null
  const hash = decodeAlgorithmIdentifier(openDer(mask.parameters))
  return noParameters(hash) ? hash.oid : null
}

/** RFC 4055 §2.1: hash parameters are NULL or absent. */
function noParameters({ parameters }: AlgorithmIdentifier): boolean {
  return parameters === null || (parameters.length === 2 && parameters[0] === TAG.NULL)
}
