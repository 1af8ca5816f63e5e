import { randomBytes } from 'node:crypto'
import { encodeOcspRequest } from '../../../pki/ocsp/request.ts'
import { failure } from '../../../runtime/fetch/failure.ts'
import { decodedCertificate } from '../decoded-certificate.ts'
import { takeInOcsp } from '../import-ocsp.ts'
import type { SourceState } from '../store/source-store.ts'
import type { FetchFailure } from './fetch-failure.ts'
import type { FetchPorts } from './fetch-ports.ts'
import type { Success } from './fetch-schedule.ts'

const NONCE_OCTETS = 16
const MAXIMUM_BYTES = 256 * 1024

/**
 * Asks an OCSP responder about one certificate (RFC 6960 Appendix A.1: POST) and takes its answer in by the rules every response
 * comes in by. With a nonce: an answer with another one is refused, one without is borne with.
 */
export async function fetchOcsp(
  source: SourceState,
  ports: FetchPorts,
  signal: AbortSignal,
): Promise<Success | { readonly failure: FetchFailure }> {
  const held = await ports.store.certificate(source.certificate)
  if (held === null) return failure('NOT_FOUND', 'the certificate is not held')
  const asked = decodedCertificate(held.der)
  const [issuer] = await ports.paths.issuersOf(asked)
  if (issuer === undefined) return failure('ISSUER_NOT_HELD', 'the issuer of the certificate is not held')
  const nonce = randomBytes(NONCE_OCTETS)
  const bytes = encodeOcspRequest({ certificate: asked.certificate, issuer: issuer.certificate, nonce })
  const body = { type: 'application/ocsp-request', bytes }
  const fetched = await ports.http.fetch({ url: source.url, accept: 'application/ocsp-response', body }, signal)
  if ('failure' in fetched) return fetched
  if ('unchanged' in fetched) return failure('HTTP_STATUS', 'not modified, though nothing was said to be held')
  if (fetched.bytes.length > MAXIMUM_BYTES) return failure('TOO_LARGE', `over ${MAXIMUM_BYTES} bytes`)
  const { refusal, response } = await takeInOcsp(fetched.bytes, ports, nonce)
  if (refusal) return failure(refusal.code, refusal.reason.en)
  if (response === null) return { freshUntil: source.freshUntil, etag: null, lastModified: null } // prepared in advance, and held already
  const saying = response.sayings.find(({ serialNumber }) => serialNumber === asked.certificate.serialNumber)
  if (!saying) return failure('OTHER_CERTIFICATE', 'the response speaks of other certificates')
  return { freshUntil: saying.nextUpdate, etag: null, lastModified: null }
}
