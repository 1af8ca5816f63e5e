import { openDer } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { sm3 } from '../sm3.ts'
import { type CmsAttributes, CONTENT_TYPE, decodeAttributes, MESSAGE_DIGEST, SIGNING_TIME, singleValue } from './attributes.ts'
import { messageDigest } from './cms-algorithms.ts'
import { isPlainData } from './content-types.ts'
import type { SignedData, SignerInfo } from './signed-data.ts'
import type { SignerFailure, SignerQuirk } from './signer-verification.ts'

/** What a signer's signature must cover, and what it says about itself. */
export interface SignedMessage {
  readonly message: Uint8Array
  readonly quirks: readonly SignerQuirk[]
  readonly signingTime: number | null
}

/** The content that was signed, and the one whose digest it is where it is a digest. */
export interface BoundContent {
  readonly content: Uint8Array
  readonly original: Uint8Array | null
  readonly quirks: readonly SignerQuirk[]
}

/**
 * Binds the content that was given to the content that is embedded.
 * @param mayBeDigest whether the embedded content may be the SM3 digest of the one given
 */
export function boundContent(
  embedded: Uint8Array | null,
  given: Uint8Array | undefined,
  mayBeDigest: boolean,
): BoundContent | SignerFailure {
  if (embedded === null) return given ? { content: given, original: null, quirks: [] } : 'CONTENT_MISSING'
  if (given === undefined || same(embedded, given)) return { content: embedded, original: null, quirks: [] }
  if (!mayBeDigest) return 'CONTENT_DIFFERS'
  const digest = sm3(given)
  const bound = { content: embedded, original: given }
  if (same(embedded, digest)) return { ...bound, quirks: ['CONTENT_IS_DIGEST'] }
  if (same(embedded, Buffer.from(Buffer.from(digest).toString('base64'), 'latin1')))
    return { ...bound, quirks: ['CONTENT_IS_DIGEST_IN_BASE64'] }
  return 'CONTENT_DIFFERS'
}

/**
 * What the signature covers: the content, or the SET OF attributes where there are any (RFC 5652 §5.4). These then must name the
 * content's type and digest (§5.3), and may not be missing unless the content is plain data. Where the content is itself a digest, the
 * attribute may hold that one: it binds the original all the same.
 * @throws PkiError STRUCTURE, DER for malformed attributes, ALGORITHM for a digest that is not accepted
 */
export function signedMessage(
  signed: SignedData,
  signer: SignerInfo,
  { content, original }: BoundContent,
): SignedMessage | SignerFailure {
  const attributes = signer.signedAttributes
  if (!attributes) {
    const bare = isPlainData(signed.contentType) && !isSignedAttributes(content)
    return bare ? { message: content, quirks: [], signingTime: null } : 'ATTRIBUTES'
  }
  const contentType = attributeValue(attributes, CONTENT_TYPE, (value) => value.oid())
  const digest = attributeValue(attributes, MESSAGE_DIGEST, (value) => value.octetString())
  const signingTime = attributeValue(attributes, SIGNING_TIME, (value) => value.time())
  const typeQuirks = contentTypeQuirks(signed.contentType, contentType)
  if (typeQuirks === null || digest === null) return 'ATTRIBUTES'
  const isDigestOf = (bytes: Uint8Array) => same(digest, messageDigest(signer.digestAlgorithm, bytes))
  const isOfContent = isDigestOf(content)
  if (!isOfContent && !(original && isDigestOf(original))) return 'DIGEST_MISMATCH'
  const quirks: readonly SignerQuirk[] = [
    ...typeQuirks,
    ...(attributes.inDerOrder ? [] : (['ATTRIBUTES_NOT_IN_DER_ORDER'] as const)),
    ...(isOfContent ? [] : (['ATTRIBUTE_IS_DIGEST_OF_ORIGINAL'] as const)),
  ]
  return { message: attributes.signedBytes, quirks, signingTime }
}

type Value = NonNullable<ReturnType<typeof singleValue>>

function attributeValue<Result>(attributes: CmsAttributes, type: string, read: (value: Value) => Result): Result | null {
  const value = singleValue(attributes, type)
  if (value === null) return null
  const result = read(value)
  value.end()
  return result
}

/**
 * Whether content without attributes would read as attributes: then a signature made over attributes could be passed off as one
 * over this content, since both are signed without a sign of which they are.
 */
function isSignedAttributes(content: Uint8Array): boolean {
  if (content[0] !== TAG.SET) return false
  try {
    const { attributes } = decodeAttributes(openDer(content).set())
    return attributes.some(({ type }) => type === MESSAGE_DIGEST)
  } catch (error) {
    if (error instanceof PkiError) return false
    throw error
  }
}

/** Null: the types disagree. Both names of plain data are taken for the same: a vendor of OFD signatures mixes them. */
function contentTypeQuirks(inContent: string, inAttribute: string | null): readonly SignerQuirk[] | null {
  if (inAttribute === inContent) return []
  if (inAttribute !== null && isPlainData(inAttribute) && isPlainData(inContent)) return ['CONTENT_TYPE_OF_OTHER_STANDARD']
  return null
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
