import type { Caller } from '../../model/caller.ts'
import { HubError } from '../../model/error.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import type { SealReading, SignatureReading } from './facts.ts'
import { inspectSealBytes } from './facts-seal.ts'
import { inspectSignatureBytes } from './facts-signature.ts'
import { bytesOf, type FileReference } from './file-reference.ts'
import { firstSeenAt } from './first-seen.ts'
import type { Inspected } from './inspection-fields.ts'
import type { SealsRoom } from './room.ts'

/** Reads and checks a seal file. @throws HubError BAD_INPUT, NOT_FOUND, TOO_LARGE, UNREADABLE */
export async function inspectSeal(file: FileReference, caller: Caller, room: SealsRoom): Promise<Inspected<SealReading>> {
  const reading = inspectSealBytes(await bytesOf(file, room.files))
  return { reading, firstSeenAt: await firstSeenAt(reading, caller, room) }
}

/**
 * Reads and checks a signature value with the content it signs, if that is given.
 * @throws HubError BAD_INPUT, NOT_FOUND, TOO_LARGE, UNREADABLE (also for OFD and PDF files, which are not read yet)
 */
export async function verifyDocument(
  file: FileReference,
  content: FileReference | null,
  caller: Caller,
  room: SealsRoom,
): Promise<{ readonly id: string; readonly signatures: readonly Inspected<SignatureReading>[] }> {
  const bytes = await bytesOf(file, room.files)
  refuseContainers(bytes)
  const reading = inspectSignatureBytes(bytes, content === null ? null : await bytesOf(content, room.files))
  return { id: sm3Hex(bytes), signatures: [{ reading, firstSeenAt: await firstSeenAt(reading, caller, room) }] }
}

const CONTAINERS = [
  { name: 'OFD', magic: 'PK\x03\x04' },
  { name: 'PDF', magic: '%PDF-' },
] as const

function refuseContainers(bytes: Uint8Array): void {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  const container = CONTAINERS.find(({ magic }) => start.startsWith(magic))
  if (!container) return
  throw new HubError(
    'UNREADABLE',
    `尚不支持 ${container.name} 文件，请提交其中的签名值（SignedValue.dat）和被签内容（Signature.xml）`,
    `${container.name} files are not read yet: hand in the signature value in it (SignedValue.dat) and the content it signs (Signature.xml)`,
  )
}
