import type { SealClass } from '../../../model/seal.ts'
import type { TrustService } from '../service.ts'
import type { statements } from './tables.ts'

type Row = typeof statements.$inferSelect

/** A statement as a row. */
export function toRow({ id, span, classes, ended, ...service }: TrustService): Row {
  return {
    ...service,
    serviceId: id,
    from: span.from,
    until: span.until,
    classes: classes?.join(' ') ?? null,
    caKind: service.caKind ?? null,
    location: service.location ?? null,
    evidenceDigest: service.evidenceDigest ?? null,
    endReason: ended?.reason ?? null,
    endEvidenceDigest: ended?.evidenceDigest ?? null,
  }
}

/** A row as a statement; what nobody said is left out. */
export function toService(row: Row): TrustService {
  const { serviceId: id, from, until, classes, caKind, location, evidenceDigest, endReason, endEvidenceDigest, ...said } = row
  return {
    ...said,
    id,
    span: { from, until },
    ...(classes === null ? {} : { classes: classes.split(' ') as SealClass[] }),
    ...(caKind === null ? {} : { caKind }),
    ...(location === null ? {} : { location }),
    ...(evidenceDigest === null ? {} : { evidenceDigest }),
    ...(endReason === null
      ? {}
      : { ended: { reason: endReason, ...(endEvidenceDigest === null ? {} : { evidenceDigest: endEvidenceDigest }) } }),
  }
}
