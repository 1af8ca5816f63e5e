import { failure } from '../../../runtime/fetch/failure.ts'
import { readCrl, takeInCrl } from '../import-crls.ts'
import type { SourceState } from '../store/source-store.ts'
import type { FetchFailure } from './fetch-failure.ts'
import { fetchLdap } from './fetch-ldap.ts'
import type { FetchPorts } from './fetch-ports.ts'
import type { Success } from './fetch-schedule.ts'

/** Fetches a CRL and takes it in by the rules every CRL comes in by; what is refused there is a failure of its source. */
export async function fetchCrl(
  source: SourceState,
  ports: FetchPorts,
  signal: AbortSignal,
): Promise<Success | { readonly failure: FetchFailure }> {
  const { url, etag, lastModified, freshUntil } = source
  const fetched = /^ldaps?:/i.test(url)
    ? await fetchLdap(url, ports.rules, signal)
    : await ports.http.fetch({ url, accept: 'application/pkix-crl, */*;q=0.1', etag, lastModified }, signal)
  if ('failure' in fetched) return fetched
  if ('unchanged' in fetched) return { freshUntil, etag, lastModified }
  const read = readCrl(fetched.bytes, 0)
  const row = 'outcome' in read ? read : await takeInCrl(read, ports)
  if (row.refusal) return failure(row.refusal.code, row.refusal.reason.en)
  return { freshUntil: row.crl?.nextUpdate ?? null, etag: fetched.etag, lastModified: fetched.lastModified }
}
