import { HubError } from '../../../model/error.ts'
import type { DocumentKind, FactCheck } from '../../../model/facts.ts'
import { PkiError } from '../../../pki/error.ts'
import { kindOfBytes } from '../../../pki/ses/kind.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import type { DocumentReading } from '../facts.ts'
import { withBoundedEvidence } from './brought-evidence.ts'
import { unreadable } from './bytes.ts'
import { inspectOfd } from './ofd.ts'
import { inspectPdf } from './pdf.ts'
import { inspectSignatureBytes } from './signature.ts'

/** How a document is read, by how its bytes begin. */
const CONTAINERS: readonly {
  readonly kind: DocumentKind
  readonly magic: Uint8Array
  readonly inspect: (bytes: Uint8Array, digest: string) => DocumentReading
  /** The check that says the container itself is broken. */
  readonly format: string
}[] = [
  { kind: 'OFD', magic: Buffer.from('PK\u0003\u0004', 'latin1'), inspect: inspectOfd, format: 'DOCUMENT_FORMAT' },
  { kind: 'PDF', magic: Buffer.from('%PDF-', 'latin1'), inspect: inspectPdf, format: 'PDF_FORMAT' },
]

/**
 * Reads and checks every signature of a document: OFD (GB/T 33190-2016), PDF (ISO 32000-2), or a signature value on its own with the
 * content it signs. A broken or dangerous file gives no signatures and a FAILED DOCUMENT_FORMAT or PDF_FORMAT.
 * @param content the signed content of a value on its own; null when it is not at hand.
 * @param known SM3 over the bytes, lower-case hex, where whoever keeps them computed it already.
 * @throws HubError UNREADABLE for bytes of no known type, BAD_INPUT for content beside a document that holds its own, TOO_LARGE
 *   over 50 MiB or another limit, UNSUPPORTED for an encrypted one.
 */
export function inspectDocumentBytes(
  bytes: Uint8Array,
  content: Uint8Array | null = null,
  known: string | null = null,
): DocumentReading {
  const container = CONTAINERS.find(({ magic }) => Buffer.compare(bytes.subarray(0, magic.length), magic) === 0)
  if (!container) return readingOfValue(bytes, content)
  if (content !== null)
    throw new HubError('BAD_INPUT', '该文件自带所签内容，不另收原文', 'this file holds what is signed: no content goes with it')
  const digest = known ?? sm3Hex(bytes)
  try {
    return withBoundedEvidence(withFewCertificates(container.inspect(bytes, digest)))
  } catch (cause) {
    const checks = [brokenDocument(cause, container.format)]
    return { kind: container.kind, digest, checks, originality: 'UNDECIDED', uncoveredFiles: [], signatures: [] }
  }
}

/** Paths are searched for every certificate a document brings along: over all its signatures no more than this. */
const MAXIMUM_CERTIFICATES = 512

/** Signer, maker and time-stamp authorities stand first; what is left out is not known to the judge, which passes nothing. */
function withFewCertificates(reading: DocumentReading): DocumentReading {
  const each = Math.floor(MAXIMUM_CERTIFICATES / Math.max(1, reading.signatures.length))
  const signatures = reading.signatures.map((one) => ({ ...one, certificates: one.certificates.slice(0, each) }))
  return { ...reading, signatures }
}

function readingOfValue(value: Uint8Array, content: Uint8Array | null): DocumentReading {
  if (kindOfBytes(value) === 'SEAL')
    throw unreadable('这是印章，不是文件或签章', 'this is a seal, not a document or signature: inspect it as a seal')
  const signature = inspectSignatureBytes(value, content)
  const checks = [{ check: 'DOCUMENT_SIGNED', object: 'document', outcome: 'PASSED' } as const]
  return withBoundedEvidence({
    kind: 'SIGNATURE_VALUE',
    digest: signature.digest,
    checks,
    originality: null,
    uncoveredFiles: [],
    signatures: [signature],
  })
}

/** A broken file is a verdict; a limit passed is a refusal; all else is a fault of ours. */
function brokenDocument(cause: unknown, check: string): FactCheck {
  if (!(cause instanceof PkiError)) throw cause
  if (cause.code === 'TOO_LARGE' || cause.code === 'TOO_DEEP')
    throw new HubError('TOO_LARGE', '超出允许的大小、数量或层数', `over a limit: ${cause.message}`, { cause })
  if (cause.code === 'UNSUPPORTED')
    throw new HubError('UNSUPPORTED', '文件已加密或使用了不支持的编码', `not read here: ${cause.message}`, { cause })
  const detail = { zh: '不符合标准', en: cause.message }
  return { check, object: 'document', outcome: 'FAILED', detail }
}
