import type { FactCheck } from '../../../model/facts.ts'
import type { ValidationMaterial } from '../../../pki/cms/validation-material.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import type { DocumentReading, SignatureReading } from '../facts.ts'

/** Of one document: different pieces, and bytes as they are handed on, a piece once for each signature it goes with. */
const MAXIMUM_PIECES = 32
const MAXIMUM_BYTES = 4 * 1024 * 1024

/**
 * The reading with as much revocation evidence as is handed on: each signature in its turn, and all of them by the same share of
 * bytes. What is left out is told, and proves nothing.
 */
export function withBoundedEvidence(reading: DocumentReading): DocumentReading {
  const share = Math.floor(MAXIMUM_BYTES / Math.max(1, reading.signatures.length))
  const taken = new Set<string>()
  return { ...reading, signatures: reading.signatures.map((signature) => bounded(signature, share, taken)) }
}

/** The row that tells of material that could not be read; none where all could. */
export function unreadMaterial({ fault }: ValidationMaterial): readonly FactCheck[] {
  return fault === null ? [] : [leftOut({ zh: `部分无法读取：${fault}`, en: `some cannot be read: ${fault}` })]
}

/** @param taken digests of the document's pieces so far. */
function bounded(reading: SignatureReading, share: number, taken: Set<string>): SignatureReading {
  const kept = new Map<string, Uint8Array>()
  let left = share
  let dropped = 0
  for (const piece of reading.revocationEvidence) {
    const digest = piece.length > left ? null : sm3Hex(piece)
    if (digest !== null && kept.has(digest)) continue
    if (digest === null || (taken.size === MAXIMUM_PIECES && !taken.has(digest))) dropped++
    else {
      kept.set(digest, piece)
      taken.add(digest)
      left -= piece.length
    }
  }
  const checks = dropped === 0 ? reading.checks : [...reading.checks, leftOut(tooMuch(dropped))]
  return { ...reading, checks, revocationEvidence: [...kept.values()] }
}

function leftOut(detail: NonNullable<FactCheck['detail']>): FactCheck {
  return { check: 'EVIDENCE_LEFT_OUT', object: 'signature', outcome: 'NOTE', detail }
}

function tooMuch(count: number) {
  return {
    zh: `${count} 份；一份文件至多采用 ${MAXIMUM_PIECES} 份、${MAXIMUM_BYTES} 字节，由各签名均分`,
    en: `${count}; of one document at most ${MAXIMUM_PIECES} and ${MAXIMUM_BYTES} bytes are looked at, shared by its signatures`,
  }
}
