/** Where files sent to `POST /files` can be read by those who judge them. */
export interface FileReader {
  /** The bytes whose SM3 is `digest` (lower-case hex), the caller's own to hand on; null when they are not held (any more). */
  readonly read: (digest: string) => Promise<Uint8Array | null>
}
