import { HubError } from '../../model/error.ts'
import type { FactCheck } from '../../model/facts.ts'
import type { Bilingual } from '../../model/text.ts'
import { PkiError } from '../../pki/error.ts'
import { FileDigests } from '../../pki/ofd/file-digests.ts'
import { type OfdPackage, openPackage } from '../../pki/ofd/package.ts'
import { type OfdSignature, readSignatures } from '../../pki/ofd/read-signatures.ts'
import { verifyOfdSignature } from '../../pki/ofd/verify-signature.ts'
import { kindOfBytes } from '../../pki/ses/kind.ts'
import { decodeSignature, type SealSignature } from '../../pki/ses/signature.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import type { SignatureReading } from './facts.ts'
import { withBaseChecked } from './facts-base-signature.ts'
import { decodeBytes, unreadable } from './facts-bytes.ts'
import { inspectSignatureBytes } from './facts-signature.ts'
import { brokenSignature } from './facts-signature-shape.ts'

/** Everything the bytes of a document tell, whatever the time. */
export interface DocumentReading {
  /** SM3 over the received bytes, lower-case hex. */
  readonly digest: string
  /** On the package: DOCUMENT_FORMAT. */
  readonly checks: readonly FactCheck[]
  /** In the order of the document; none for an unsigned one or a broken package. Their ids name document and place. */
  readonly signatures: readonly SignatureReading[]
}

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')

/**
 * Reads and checks every signature of an OFD document (GB/T 33190-2016). A broken or dangerous package gives no signatures and a
 * FAILED DOCUMENT_FORMAT.
 * @throws HubError UNREADABLE for bytes that begin no archive, TOO_LARGE over 50 MiB or another limit of the package.
 */
export async function inspectDocumentBytes(bytes: Uint8Array): Promise<DocumentReading> {
  if (Buffer.compare(bytes.subarray(0, ZIP.length), ZIP) !== 0)
    throw unreadable('不是 OFD 文件', 'these bytes are no OFD document')
  const digest = sm3Hex(bytes)
  try {
    const files = await openPackage(bytes)
    const signatures = readSignatures(files)
    const digests = new FileDigests(files)
    const checks = [{ check: 'DOCUMENT_FORMAT', object: 'document', outcome: 'PASSED' } as const]
    const read = signatures.map((signature, i) => {
      return { signature, reading: readOne({ files, all: signatures, digests }, signature, `${digest}-${i + 1}`) }
    })
    return { digest, checks, signatures: read.map((one) => ({ ...one.reading, checks: withBaseChecked(one, read) })) }
  } catch (cause) {
    return { digest, checks: [brokenPackage(cause)], signatures: [] }
  }
}

/** A broken package is a verdict; a limit passed is a refusal; all else is a fault of ours. */
function brokenPackage(cause: unknown): FactCheck {
  if (!(cause instanceof PkiError)) throw cause
  if (cause.code === 'TOO_LARGE' || cause.code === 'TOO_DEEP')
    throw new HubError('TOO_LARGE', '超出允许的大小、数量或层数', `over a limit: ${cause.message}`, { cause })
  const detail: Bilingual = { zh: '不符合标准', en: cause.message }
  return { check: 'DOCUMENT_FORMAT', object: 'document', outcome: 'FAILED', detail }
}

interface Surroundings {
  readonly files: OfdPackage
  readonly all: readonly OfdSignature[]
  readonly digests: FileDigests
}

function readOne({ files, all, digests }: Surroundings, signature: OfdSignature, id: string): SignatureReading {
  const { file } = signature
  const reading = file === null ? unreadValue() : readValue(file.value, file.bytes)
  const rows = verifyOfdSignature(files, signature, all, file === null ? null : sealSignatureIn(file.value), digests)
  return { ...reading, id, checks: [...rows, ...reading.checks] }
}

/** A value of no known type is a broken signature of a document that is otherwise read. */
function readValue(value: Uint8Array, content: Uint8Array): SignatureReading {
  if (kindOfBytes(value) !== null && kindOfBytes(value) !== 'SEAL') return inspectSignatureBytes(value, content)
  return brokenSignature(value, content, { zh: '不是电子签章数据', en: 'no signature value' })
}

function unreadValue(): SignatureReading {
  return brokenSignature(new Uint8Array(), null, { zh: '没有签名值', en: 'no signature value' })
}

function sealSignatureIn(value: Uint8Array): SealSignature | null {
  return kindOfBytes(value) === 'SIGNATURE' ? decodeBytes(() => decodeSignature(value)).value : null
}
