import type { DocumentReading, SealReading, SignatureReading } from '../facts.ts'

/** A Uint8Array over memory of its own. */
type OwnBytes = Uint8Array<ArrayBuffer>

/**
 * The same reading over memory of its own: views of the document would take all of it along to another thread. What
 * stands in several places is copied once for each.
 */
export function withOwnBytes(reading: DocumentReading): DocumentReading {
  return { ...reading, signatures: reading.signatures.map(ownSignature) }
}

/** All bytes in a reading made by `withOwnBytes`, to be handed over. */
export function bytesOfReading({ signatures }: DocumentReading): readonly OwnBytes[] {
  const bytes = signatures.flatMap(({ certificates, revocationEvidence, seal }) => [
    ...certificates,
    ...revocationEvidence,
    ...(seal?.certificates ?? []),
    ...(seal?.picture ? [seal.picture.data] : []),
  ])
  return bytes.filter((one): one is OwnBytes => one.buffer instanceof ArrayBuffer)
}

function ownSignature(reading: SignatureReading): SignatureReading {
  const { certificates, revocationEvidence, seal } = reading
  return {
    ...reading,
    certificates: certificates.map(own),
    revocationEvidence: revocationEvidence.map(own),
    seal: seal && ownSeal(seal),
  }
}

function ownSeal(reading: SealReading): SealReading {
  const { picture } = reading
  return {
    ...reading,
    certificates: reading.certificates.map(own),
    picture: picture && { ...picture, data: own(picture.data) },
  }
}

function own(bytes: Uint8Array): OwnBytes {
  return Uint8Array.from(bytes)
}
