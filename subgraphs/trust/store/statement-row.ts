import type { SealClass } from '../../../model/seal.ts'
import type { Ending, TrustService } from '../service.ts'
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
    endCode: ended?.code ?? null,
    endReason: ended?.reason ?? null,
    endEvidenceDigest: ended?.evidenceDigest ?? null,
    notAfter: service.notAfter ?? null,
    again: service.again ?? null,
  }
}

/** A row as a statement; what nobody said is left out. */
export function toService(row: Row): TrustService {
  const { serviceId: id, from, until, classes, caKind, location, evidenceDigest, notAfter, again, ...rest } = row
  const { endCode, endReason, endEvidenceDigest, ...said } = rest
  const ended = endingOf(endCode, endReason, endEvidenceDigest)
  return {
    ...said,
    id,
    span: { from, until },
    ...(classes === null ? {} : { classes: classes.split(' ') as SealClass[] }),
    ...(caKind === null ? {} : { caKind }),
    ...(location === null ? {} : { location }),
    ...(evidenceDigest === null ? {} : { evidenceDigest }),
    ...(ended && { ended }),
    ...(notAfter === null ? {} : { notAfter }),
    ...(again === null ? {} : { again }),
  }
}

function endingOf(code: string | null, reason: string | null, evidenceDigest: string | null): Ending | null {
  if (reason === null) return null
  return { ...(code === null ? {} : { code }), reason, ...(evidenceDigest === null ? {} : { evidenceDigest }) }
}
