import { decodeAlgorithmIdentifier } from '../algorithm.ts'
import { SIGNED_DATA } from '../cms/content-types.ts'
import { type DerReader, openDer } from '../der/reader.ts'
import { contextConstructed } from '../der/tag.ts'
import { PkiError } from '../error.ts'

/** What a TimeStampToken (RFC 3161 §2.4.2, GB/T 20520) states; whether its signature holds is not asked here. */
export interface TimeStampToken {
  /** UTC milliseconds. */
  readonly genTime: number
  readonly imprint: { readonly algorithm: string; readonly digest: Uint8Array }
}

const SIGNED_DATA_TYPES: ReadonlySet<string> = new Set(Object.values(SIGNED_DATA))
const TST_INFO = '1.2.840.113549.1.9.16.1.4'

/**
 * Reads the TSTInfo of a token that fills the bytes and is DER throughout its outer layers.
 * @throws PkiError DER, STRUCTURE when it is no token.
 */
export function readTimeStampToken(bytes: Uint8Array): TimeStampToken {
  const reader = openDer(bytes)
  const contentInfo = reader.sequence()
  reader.end()
  if (!SIGNED_DATA_TYPES.has(contentInfo.oid())) throw new PkiError('STRUCTURE', 'no SignedData')
  const content = explicit(contentInfo)
  const signedData = content.sequence()
  content.end()
  contentInfo.end()
  signedData.integer() // version
  signedData.set() // digestAlgorithms
  const encapsulated = signedData.sequence()
  if (encapsulated.oid() !== TST_INFO) throw new PkiError('STRUCTURE', 'no TSTInfo')
  const eContent = explicit(encapsulated)
  const tstInfo = eContent.octetString()
  eContent.end()
  encapsulated.end()
  return readTstInfo(openDer(tstInfo).sequence())
}

/** RFC 3161 §2.4.2: the fields after genTime are optional and left to the verification of the token. */
function readTstInfo(fields: DerReader): TimeStampToken {
  if (fields.integer() !== 1) throw new PkiError('STRUCTURE', 'TSTInfo of another version')
  fields.oid() // policy
  const messageImprint = fields.sequence()
  const imprint = { algorithm: decodeAlgorithmIdentifier(messageImprint).oid, digest: messageImprint.octetString() }
  messageImprint.end()
  fields.integerBytes() // serialNumber
  return { genTime: fields.generalizedTime(), imprint }
}

function explicit(reader: DerReader): DerReader {
  return reader.constructed(contextConstructed(0))
}
