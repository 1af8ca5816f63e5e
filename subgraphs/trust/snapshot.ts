import type { Fingerprint } from '../../model/facts.ts'
import type { Instant } from '../../model/time.ts'
import type { TrustRole, TrustService } from './service.ts'

/** Everything ever said of services, immutable and indexed: what one judgement sees from beginning to end. */
export interface TrustSnapshot {
  /** When the newest statement was recorded; 0 when there is none. Names the generation of the lists. */
  readonly recordedAt: Instant
  /** What counted at `knownAt` for a certificate in a role; the cost does not depend on how many services there are. */
  readonly services: (role: TrustRole, fingerprint: Fingerprint, knownAt: Instant) => readonly TrustService[]
  /** What counted at `knownAt` for a certificate in every role. */
  readonly ofCertificate: (fingerprint: Fingerprint, knownAt: Instant) => readonly TrustService[]
  /** Everything that counted at `knownAt`, by role, scope, name and id. */
  readonly all: (knownAt: Instant) => readonly TrustService[]
}

/** Indexes statements. Their order plays no part. */
export function trustSnapshot(statements: readonly TrustService[]): TrustSnapshot {
  const byCertificate = new Map<Fingerprint, TrustService[]>()
  for (const statement of statements) {
    const held = byCertificate.get(statement.fingerprint)
    if (held) held.push(statement)
    else byCertificate.set(statement.fingerprint, [statement])
  }
  const ofCertificate = (fingerprint: Fingerprint, knownAt: Instant) => newestKnown(byCertificate.get(fingerprint) ?? [], knownAt)
  return {
    recordedAt: statements.reduce((newest, statement) => Math.max(newest, statement.recordedAt), 0),
    ofCertificate,
    services: (role, fingerprint, knownAt) => ofCertificate(fingerprint, knownAt).filter((service) => service.role === role),
    all: (knownAt) => newestKnown(statements, knownAt),
  }
}

function newestKnown(statements: readonly TrustService[], knownAt: Instant): readonly TrustService[] {
  const newest = new Map<string, TrustService>()
  for (const statement of statements) {
    if (statement.recordedAt > knownAt) continue
    const other = newest.get(statement.id)
    if (!other || other.recordedAt < statement.recordedAt) newest.set(statement.id, statement)
  }
  return [...newest.values()].sort(inListOrder)
}

function inListOrder(a: TrustService, b: TrustService): number {
  return compare(a.role, b.role) || compare(a.scope, b.scope) || compare(a.name, b.name) || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
