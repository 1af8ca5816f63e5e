import type { Failure, Transfer, TransferFailureCode } from '../../../runtime/fetch/failure.ts'
import type { RefusalCode } from '../refusal.ts'

/** Why nothing could be fetched from a source; what was fetched and refused keeps the code of the refusal. */
export type FetchFailureCode =
  | RefusalCode
  | TransferFailureCode
  | 'LDAP' // the directory refused, or has no such entry
  | 'FAULT' // of ours: told in full in the log

export type FetchFailure = Failure<FetchFailureCode>

/** What one attempt brought: bytes, the word that nothing has changed, or why nothing. */
export type Fetched = Transfer | { readonly failure: FetchFailure }
