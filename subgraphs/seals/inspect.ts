import type { Caller } from '../../model/caller.ts'
import { inspectSealBytes } from './facts/seal.ts'
import type { DocumentReading, SealReading, SignatureReading } from './facts.ts'
import { bytesOf, type FileReference } from './file-reference.ts'
import { firstSeenAt } from './first-seen.ts'
import type { Inspected } from './inspection-fields.ts'
import type { SealsRoom } from './room.ts'

/** Reads and checks a seal file. @throws HubError BAD_INPUT, NOT_FOUND, TOO_LARGE, UNREADABLE */
export async function inspectSeal(file: FileReference, caller: Caller, room: SealsRoom): Promise<Inspected<SealReading>> {
  const reading = inspectSealBytes(await bytesOf(file, room.files))
  return { reading, firstSeenAt: await firstSeenAt(reading, caller, room) }
}

/** A document with the hub's proof of existence of every signature in it. */
export interface InspectedDocument {
  readonly reading: DocumentReading
  readonly signatures: readonly Inspected<SignatureReading>[]
}

/**
 * Reads and checks a document with its signatures, or a signature value with the content it signs, if that is given.
 * @throws HubError BAD_INPUT, NOT_FOUND, TOO_LARGE, UNREADABLE, UNAVAILABLE when too many documents wait to be read
 */
export async function verifyDocument(
  file: FileReference,
  content: FileReference | null,
  caller: Caller,
  room: SealsRoom,
): Promise<InspectedDocument> {
  const bytes = await bytesOf(file, room.files)
  const signed = content === null ? null : await bytesOf(content, room.files)
  const reading = await room.readDocument(bytes, signed, file.digest ?? null)
  const signatures: Inspected<SignatureReading>[] = []
  for (const signature of reading.signatures)
    signatures.push({ reading: signature, firstSeenAt: await firstSeenAt(signature, caller, room) })
  return { reading, signatures }
}
