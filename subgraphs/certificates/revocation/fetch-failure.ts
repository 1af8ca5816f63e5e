import type { RefusalCode } from '../refusal.ts'

/** Why nothing could be fetched from a source; what was fetched and refused keeps the code of the refusal. */
export type FetchFailureCode =
  | RefusalCode
  | 'URL' // no address that may be asked: another scheme, user names in it
  | 'ADDRESS' // a loopback, link-local or metadata address
  | 'UNREACHABLE' // no connection, or it broke off
  | 'TIMEOUT'
  | 'HTTP_STATUS'
  | 'REDIRECTS' // too many, or where none is followed
  | 'LDAP' // the directory refused, or has no such entry
  | 'EMPTY' // an answer without content
  | 'FAULT' // of ours: told in full in the log

export interface FetchFailure {
  readonly code: FetchFailureCode
  /** For the operator's log and the list of sources. */
  readonly detail: string
}

/** What one attempt brought: bytes, the word that nothing has changed, or why nothing. */
export type Fetched =
  | { readonly bytes: Uint8Array; readonly etag: string | null; readonly lastModified: string | null }
  | { readonly unchanged: true }
  | { readonly failure: FetchFailure }

const MAXIMUM_DETAIL = 300

/** A failure as a value, its detail bounded: a server writes part of it. */
export function failure(code: FetchFailureCode, detail: string): { readonly failure: FetchFailure } {
  return { failure: { code, detail: detail.slice(0, MAXIMUM_DETAIL) } }
}
