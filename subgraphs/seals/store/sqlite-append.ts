import { and, eq, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Instant } from '../../../model/time.ts'
import type { AppendResult, Commit, SealStore } from '../ports.ts'
import { asInserted, wholeRow } from './insertion.ts'
import { isOneOf } from './one-of.ts'
import { eventRow, sealRow } from './rows.ts'
import { certificateWriter } from './sqlite-seal-certificates.ts'
import { envelopes, events, lastCommit, originals, sealRevisions, seals } from './tables.ts'

/** `append` of the store's promise: inside one immediate transaction look whether anything moved, then write everything. */
export function appending(db: BetterSQLite3Database): SealStore['append'] {
  const hasMoved = moving(db)
  const write = writing(db)
  const last = db.select({ at: lastCommit.recordedAt }).from(lastCommit).prepare()
  const advance = db
    .insert(lastCommit)
    .values({ id: 1, recordedAt: sql.placeholder('recordedAt') })
    .onConflictDoUpdate({ target: lastCommit.id, set: { recordedAt: sql`excluded.recorded_at` } })
    .prepare()
  return async (commit, now) =>
    db.transaction(
      (): AppendResult => {
        if (hasMoved(commit)) return { outcome: 'MOVED' }
        const recordedAt = Math.max(now, (last.get()?.at ?? 0) + 1)
        advance.run({ recordedAt })
        write(commit, recordedAt)
        return { outcome: 'APPENDED', recordedAt }
      },
      { behavior: 'immediate' },
    )
}

/** Whether the position, the message id, a seal or an event is no longer what the commit was computed from. */
function moving(db: BetterSQLite3Database): (commit: Commit) => boolean {
  const ofPlatform = eq(envelopes.platform, sql.placeholder('platform'))
  const inStream = and(ofPlatform, eq(envelopes.stream, sql.placeholder('stream')))
  const position = db
    .select({ last: sql<number | null>`max(${envelopes.sequence})` })
    .from(envelopes)
    .where(inStream)
    .prepare()
  const message = db
    .select({ sequence: envelopes.sequence })
    .from(envelopes)
    .where(and(ofPlatform, eq(envelopes.messageId, sql.placeholder('messageId'))))
    .prepare()
  const seal = db
    .select({ revision: seals.revision, platform: seals.platform })
    .from(seals)
    .where(eq(seals.code, sql.placeholder('code')))
    .prepare()
  const present = db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.platform, sql.placeholder('platform')), isOneOf(events.id, 'ids')))
    .limit(1)
    .prepare()
  return ({ header: { platform, stream, sequence, messageId }, seals: writes, events: added }) => {
    if ((position.get({ platform, stream })?.last ?? 0) !== sequence - 1) return true
    if (message.get({ platform, messageId })) return true
    if (present.get({ platform, ids: JSON.stringify(added.map(({ change }) => change.id)) })) return true
    const revisions = new Map<string, number>()
    return writes.some(({ record: { code, platform: owner, revision }, replaces }) => {
      const held = seal.get({ code })
      const stands = revisions.get(code) ?? held?.revision ?? null
      revisions.set(code, revision)
      return stands !== replaces || (held !== undefined && held.platform !== owner)
    })
  }
}

function writing(db: BetterSQLite3Database): (commit: Commit, recordedAt: Instant) => void {
  const registered = db
    .select({ at: seals.registeredAt })
    .from(seals)
    .where(eq(seals.code, sql.placeholder('code')))
    .prepare()
  const addEnvelope = db.insert(envelopes).values(wholeRow(envelopes)).prepare()
  const addOriginal = db.insert(originals).values(wholeRow(originals)).onConflictDoNothing().prepare()
  const putSeal = db
    .insert(seals)
    .values(wholeRow(seals))
    .onConflictDoUpdate({ target: seals.code, set: asInserted(seals) })
    .prepare()
  const addRevision = db.insert(sealRevisions).values(wholeRow(sealRevisions)).prepare()
  const replaceCertificates = certificateWriter(db)
  const addEvent = db.insert(events).values(wholeRow(events)).prepare()
  return ({ header, digest, bytes, rows, seals: sealWrites, events: added, originals: received }, recordedAt) => {
    addEnvelope.run({ ...header, digest, recordedAt, bytes: Buffer.from(bytes), rows: JSON.stringify(rows), receipt: null })
    for (const [sealDigest, data] of received) addOriginal.run({ digest: sealDigest, bytes: Buffer.from(data) })
    for (const { record, certificates } of sealWrites) {
      const row = sealRow({ ...record, registeredAt: registered.get({ code: record.code })?.at ?? recordedAt })
      putSeal.run(row)
      addRevision.run({ ...row, recordedAt })
      replaceCertificates(record.code, certificates)
    }
    for (const event of added) addEvent.run(eventRow(event, recordedAt))
  }
}
