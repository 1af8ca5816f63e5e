import { type BitString, type DerReader, decodeBitString, openDer } from '../der/reader.ts'
import { contextConstructed, contextPrimitive } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { decodeGeneralNames, type GeneralName } from './general-name.ts'
import { decodeRelativeName, type NameAttribute } from './name.ts'

/** ReasonFlags, RFC 5280 4.2.1.13, by bit number; bit 0 is unused. */
const REASON_FLAGS = [
  null, 'keyCompromise', 'cACompromise', 'affiliationChanged', 'superseded', 'cessationOfOperation',
  'certificateHold', 'privilegeWithdrawn', 'aACompromise',
] as const // biome-ignore format: a table

export type ReasonFlag = NonNullable<(typeof REASON_FLAGS)[number]>

/** Every reason a CRL can be limited to: a certificate is cleared only when all of them are covered (RFC 5280 §6.3.3). */
export const ALL_REASONS: readonly ReasonFlag[] = REASON_FLAGS.filter((reason) => reason !== null)

/** DistributionPointName; a name may be relative to that of the CRL issuer. */
export type DistributionPointName =
  | { readonly fullName: readonly GeneralName[] }
  | { readonly nameRelativeToCrlIssuer: readonly NameAttribute[] }

/** DistributionPoint, RFC 5280 4.2.1.13. */
export interface DistributionPoint {
  readonly name: DistributionPointName | null
  /** Null: all reasons. */
  readonly reasons: readonly ReasonFlag[] | null
  readonly crlIssuer: readonly GeneralName[] | null
}

/** IssuingDistributionPoint, RFC 5280 5.2.5: what a CRL covers. */
export interface IssuingDistributionPoint {
  readonly name: DistributionPointName | null
  readonly onlyContainsUserCerts: boolean
  readonly onlyContainsCaCerts: boolean
  readonly onlySomeReasons: readonly ReasonFlag[] | null
  readonly indirectCrl: boolean
  readonly onlyContainsAttributeCerts: boolean
}

const MAXIMUM_POINTS = 256

/** CRLDistributionPoints or FreshestCRL, RFC 5280 4.2.1.13: at least one point. */
export function decodeDistributionPoints(value: Uint8Array): readonly DistributionPoint[] {
  const reader = openDer(value)
  const list = reader.sequence()
  reader.end()
  const points: DistributionPoint[] = []
  do {
    if (points.length === MAXIMUM_POINTS) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_POINTS} distribution points`)
    points.push(decodeDistributionPoint(list.sequence()))
  } while (!list.isEmpty())
  return points
}

function decodeDistributionPoint(fields: DerReader): DistributionPoint {
  const name = decodePointName(fields.optional(contextConstructed(0)))
  const reasons = fields.peek() === contextPrimitive(1) ? decodeReasons(fields.primitive(contextPrimitive(1))) : null
  const issuers = fields.optional(contextConstructed(2))
  const crlIssuer = issuers ? decodeGeneralNames(issuers) : null
  fields.end()
  if (name === null && crlIssuer === null) throw new PkiError('STRUCTURE', 'a distribution point that points nowhere')
  return { name, reasons, crlIssuer }
}

/** Reads an IssuingDistributionPoint; at most one of its three "only contains" may be true, and it says something. */
export function decodeIssuingDistributionPoint(value: Uint8Array): IssuingDistributionPoint {
  const reader = openDer(value)
  const fields = reader.sequence()
  reader.end()
  if (fields.isEmpty()) throw new PkiError('STRUCTURE', 'an issuing distribution point that says nothing')
  const name = decodePointName(fields.optional(contextConstructed(0)))
  const onlyContainsUserCerts = decodeFlag(fields, 1)
  const onlyContainsCaCerts = decodeFlag(fields, 2)
  const onlySomeReasons = fields.peek() === contextPrimitive(3) ? decodeReasons(fields.primitive(contextPrimitive(3))) : null
  const indirectCrl = decodeFlag(fields, 4)
  const onlyContainsAttributeCerts = decodeFlag(fields, 5)
  fields.end()
  const limits = [onlyContainsUserCerts, onlyContainsCaCerts, onlyContainsAttributeCerts].filter(Boolean)
  if (limits.length > 1) throw new PkiError('STRUCTURE', 'a CRL cannot contain only two kinds of certificate')
  return { name, onlyContainsUserCerts, onlyContainsCaCerts, onlySomeReasons, indirectCrl, onlyContainsAttributeCerts }
}

/** BOOLEAN DEFAULT FALSE under an IMPLICIT tag: written only when true. */
function decodeFlag(fields: DerReader, number: number): boolean {
  if (fields.peek() !== contextPrimitive(number)) return false
  const content = fields.primitive(contextPrimitive(number))
  if (content.length !== 1 || content[0] !== 0xff) throw new PkiError('DER', 'not TRUE, or DEFAULT FALSE written out')
  return true
}

function decodePointName(wrapper: DerReader | null): DistributionPointName | null {
  if (wrapper === null) return null
  const fullName = wrapper.optional(contextConstructed(0))
  if (fullName) {
    wrapper.end()
    return { fullName: decodeGeneralNames(fullName) }
  }
  const relative = decodeRelativeName(wrapper.constructed(contextConstructed(1)))
  wrapper.end()
  return { nameRelativeToCrlIssuer: relative }
}

function decodeReasons(content: Uint8Array): readonly ReasonFlag[] {
  const { bytes }: BitString = decodeBitString(content)
  return ALL_REASONS.filter((reason) => {
    const bit = REASON_FLAGS.indexOf(reason)
    return ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1
  })
}
