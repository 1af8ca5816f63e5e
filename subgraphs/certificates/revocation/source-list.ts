import { noSuchCursor, type Page, type PageQuestion, pageOf, pageSize } from '../../../model/page.ts'
import { formatInstant, type Instant } from '../../../model/time.ts'
import type { CertificatesRoom } from '../room.ts'
import type { SourceKey, SourceState } from '../store/source-store.ts'

/** NEVER: not asked yet. FAILING: the last attempt failed; what was fetched before may still be good, see `freshUntil`. */
export type SourceCondition = 'NEVER' | 'FRESH' | 'STALE' | 'FAILING'

/** `RevocationSource` of the graph. */
export interface RevocationSource {
  readonly kind: SourceKey['kind']
  readonly url: string
  readonly certificate: string | null
  readonly state: SourceCondition
  readonly lastSuccess: string | null
  readonly freshUntil: string | null
  readonly failingSince: string | null
  readonly lastError: string | null
  readonly lastErrorDetail: string | null
  readonly nextAttempt: string
}

/** The sources evidence is fetched from, and how they do. @throws HubError BAD_INPUT for a page size out of 1 to 500 or an unknown cursor */
export async function revocationSources(
  { first, after }: PageQuestion,
  { store, now }: Pick<CertificatesRoom, 'store' | 'now'>,
): Promise<Page<RevocationSource>> {
  const size = pageSize(first)
  const page = pageOf(await store.sources(size + 1, after ? parseCursor(after) : null), size, formatCursor)
  return { ...page, nodes: page.nodes.map((source) => present(source, now())) }
}

/** How a source does at a moment. */
export function conditionOf({ failures, lastSuccess, freshUntil }: SourceState, now: Instant): SourceCondition {
  if (failures > 0) return 'FAILING'
  if (lastSuccess === null) return 'NEVER'
  return freshUntil !== null && now <= freshUntil ? 'FRESH' : 'STALE'
}

function present(source: SourceState, now: Instant): RevocationSource {
  return {
    kind: source.kind,
    url: source.url,
    certificate: source.certificate || null,
    state: conditionOf(source, now),
    lastSuccess: textOf(source.lastSuccess),
    freshUntil: textOf(source.freshUntil),
    failingSince: textOf(source.failingSince),
    lastError: source.errorCode,
    lastErrorDetail: source.errorDetail,
    nextAttempt: formatInstant(source.nextAttempt),
  }
}

function formatCursor({ kind, url, certificate }: SourceKey): string {
  return Buffer.from(JSON.stringify([kind, url, certificate])).toString('base64url')
}

function parseCursor(cursor: string): SourceKey {
  try {
    const [kind, url, certificate]: readonly unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if ((kind === 'CRL' || kind === 'OCSP') && typeof url === 'string' && typeof certificate === 'string')
      return { kind, url, certificate }
    throw new SyntaxError('not three texts')
  } catch (cause) {
    throw noSuchCursor(cause)
  }
}

function textOf(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}
