import type { DerReader } from '../der/reader.ts'
import { PkiError } from '../error.ts'

/** What an outsider may feed: bytes of a whole structure, items of a list, characters of a text. */
export const LIMITS = {
  seal: 5 * 1024 * 1024,
  /** A signature holds a seal, so it may be larger by its own part. */
  signature: 6 * 1024 * 1024,
  certificates: 64,
  extensions: 64,
  identifier: 256,
  name: 1024,
  protectedRange: 4096,
} as const

const LARGEST_NUMBER = 0x7fffffff

/** Demands that there are no more than a limit. @throws PkiError TOO_LARGE */
export function within(limit: number, size: number, what: string): void {
  if (size > limit) throw new PkiError('TOO_LARGE', `${what}: ${size}, ${limit} at most`)
}

/** A text of bounded length. @throws PkiError TOO_LARGE */
export function boundedText(text: string, limit: number, what: string): string {
  within(limit, text.length, what)
  return text
}

/** An INTEGER from 0 to 2³¹−1: versions, types and millimetres are no larger. @throws PkiError STRUCTURE */
export function smallNumber(reader: DerReader): number {
  const value = reader.integer()
  if (value < 0 || value > LARGEST_NUMBER) throw new PkiError('STRUCTURE', `number out of range: ${value}`)
  return value
}
