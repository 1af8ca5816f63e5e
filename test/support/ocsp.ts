import { createHash } from 'node:crypto'
import { openDer } from '../../pki/der/reader.ts'
import { contextConstructed } from '../../pki/der/tag.ts'
import {
  encodeBitString,
  encodeElement,
  encodeEnumerated,
  encodeExplicit,
  encodeGeneralizedTime,
  encodeImplicit,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
} from '../../pki/der/writer.ts'
import { encodeCertId } from '../../pki/ocsp/cert-id.ts'
import { nonceExtension } from '../../pki/ocsp/request.ts'
import { signingAlgorithmOf, signMessage } from '../../pki/sign.ts'
import { decodeSpki } from '../../pki/spki.ts'
import { decodeCertificate } from '../../pki/x509/certificate.ts'
import type { TestParty } from './pki.ts'

/** What a response says, and who says it; times are UTC milliseconds. */
export interface TestOcspOptions {
  readonly certificate: Uint8Array
  readonly issuer: TestParty
  /** The issuer by default. */
  readonly responder?: TestParty
  readonly status?: 'good' | 'unknown' | { readonly revokedAt: number; readonly reason?: number }
  readonly producedAt: number
  readonly thisUpdate?: number
  readonly nextUpdate?: number | null
  readonly nonce?: Uint8Array
  readonly byKey?: boolean
  readonly hash?: string
  readonly certificates?: readonly Uint8Array[]
  /** Encoded extensions after the nonce. */
  readonly extensions?: readonly Uint8Array[]
}

const DAY = 86_400_000

/** An OCSP response, proper or odd, as DER. */
export function testOcspResponse(options: TestOcspOptions): Uint8Array {
  const { responder = options.issuer, producedAt } = options
  const algorithm = signingAlgorithmOf(responder.privateKey)
  const extensions = [...(options.nonce ? [nonceExtension(options.nonce)] : []), ...(options.extensions ?? [])]
  const data = encodeSequence(
    responderId(responder, options.byKey ?? false),
    encodeGeneralizedTime(producedAt),
    encodeSequence(singleResponse(options)),
    ...(extensions.length === 0 ? [] : [encodeExplicit(1, encodeSequence(...extensions))]),
  )
  const certificates = options.certificates ?? (responder === options.issuer ? [] : [responder.certificate])
  const basic = encodeSequence(
    data,
    algorithm.encoded,
    encodeBitString(signMessage(responder.privateKey, data)),
    ...(certificates.length === 0 ? [] : [encodeExplicit(0, encodeSequence(...certificates))]),
  )
  const bytes = encodeSequence(encodeObjectIdentifier('1.3.6.1.5.5.7.48.1.1'), encodeOctetString(basic))
  return encodeSequence(encodeEnumerated(0), encodeExplicit(0, bytes))
}

/** The BasicOCSPResponse inside a response. */
export function basicOf(response: Uint8Array): Uint8Array {
  const fields = openDer(response).sequence()
  fields.enumerated()
  const bytes = fields.constructed(contextConstructed(0)).sequence()
  bytes.oid()
  return bytes.octetString()
}

/** A response that refuses to answer, unsigned as they all are. */
export function testOcspRefusal(status: number): Uint8Array {
  return encodeSequence(encodeEnumerated(status))
}

function responderId(responder: TestParty, byKey: boolean): Uint8Array {
  if (!byKey) return encodeExplicit(1, decodeCertificate(responder.certificate).subject.encoded)
  return encodeExplicit(2, encodeOctetString(createHash('sha1').update(decodeSpki(responder.spki).publicKey).digest()))
}

function singleResponse(options: TestOcspOptions): Uint8Array {
  const { status = 'good', thisUpdate = options.producedAt, nextUpdate = thisUpdate + DAY } = options
  const certId = encodeCertId(decodeCertificate(options.certificate), decodeCertificate(options.issuer.certificate), options.hash)
  const next = nextUpdate === null ? [] : [encodeExplicit(0, encodeGeneralizedTime(nextUpdate))]
  return encodeSequence(certId, certStatus(status), encodeGeneralizedTime(thisUpdate), ...next)
}

function certStatus(status: NonNullable<TestOcspOptions['status']>): Uint8Array {
  if (status === 'good') return encodeImplicit(0, new Uint8Array())
  if (status === 'unknown') return encodeImplicit(2, new Uint8Array())
  const reason = status.reason === undefined ? [] : [encodeExplicit(0, encodeEnumerated(status.reason))]
  return encodeElement(0xa1, encodeGeneralizedTime(status.revokedAt), ...reason)
}
