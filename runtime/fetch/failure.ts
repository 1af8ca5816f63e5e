/** Why nothing could be fetched from an address. */
export type TransferFailureCode =
  | 'URL' // no address that may be asked: another scheme, user names in it
  | 'ADDRESS' // a loopback, link-local or metadata address
  | 'UNREACHABLE' // no connection, or it broke off
  | 'TIMEOUT'
  | 'HTTP_STATUS'
  | 'REDIRECTS' // too many, or where none is followed
  | 'EMPTY' // an answer without content
  | 'TOO_LARGE'

export interface Failure<Code extends string> {
  readonly code: Code
  /** For the operator's log and the list of sources. */
  readonly detail: string
}

/** What one attempt brought: bytes, the word that nothing has changed, or why nothing. */
export type Transfer =
  | { readonly bytes: Uint8Array; readonly etag: string | null; readonly lastModified: string | null }
  | { readonly unchanged: true }
  | { readonly failure: Failure<TransferFailureCode> }

const MAXIMUM_DETAIL = 300

/** A failure as a value, its detail bounded: a server writes part of it. */
export function failure<Code extends string>(code: Code, detail: string): { readonly failure: Failure<Code> } {
  return { failure: { code, detail: detail.slice(0, MAXIMUM_DETAIL) } }
}
