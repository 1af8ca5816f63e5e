import { sql } from 'drizzle-orm'
import { blob, check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

// Times are UTC milliseconds, digests lower-case hex SM3. Rows of `events`, `envelopes`, `seal_revisions`, `originals` and
// `first_seen` are never changed or deleted, but for the receipt an envelope gets once.

/** Newest descriptive data of each seal. */
export const seals = sqliteTable(
  'seals',
  {
    code: text().primaryKey(),
    platform: text().notNull(),
    division: text().notNull(),
    name: text().notNull(),
    class: text({ enum: ['PUBLIC', 'POSITION', 'PRIVATE', 'UNKNOWN'] }).notNull(),
    kind: text({
      enum: ['PERSONAL', 'LEGAL_NAME', 'FINANCE', 'INVOICE', 'CONTRACT', 'LEGAL_REPRESENTATIVE', 'BUSINESS', 'OTHER'],
    }).notNull(),
    typeCode: integer('type_code').notNull(),
    format: text({ enum: ['SES_V1', 'SES_V4', 'SES_V5', 'GBT_35275'] }).notNull(),
    ownerName: text('owner_name'),
    ownerCreditCode: text('owner_credit_code'),
    ownerDivision: text('owner_division'),
    revision: integer().notNull(),
    contentDigest: text('content_digest').notNull(),
    sealDigest: text('seal_digest').notNull(),
    createdAt: integer('created_at').notNull(),
    notBefore: integer('not_before').notNull(),
    notAfter: integer('not_after'),
    registeredAt: integer('registered_at').notNull(),
    makerFingerprint: text('maker_fingerprint').notNull(),
    signerFingerprint: text('signer_fingerprint'),
  },
  (table) => [
    index('seals_by_division').on(table.division, table.code),
    index('seals_by_platform').on(table.platform, table.division, table.code),
  ],
)

/** Whom certificates of seals name as their issuer, each once. */
export const issuers = sqliteTable(
  'issuers',
  {
    id: integer().primaryKey(),
    /** SHA-256 over the comparable form of the name. */
    name: text().notNull(),
    /** Authority key identifier, hex; empty where the certificate gives none. */
    keyIdentifier: text('key_identifier').notNull(),
  },
  (table) => [uniqueIndex('issuers_by_name').on(table.name, table.keyIdentifier)],
)

/** The certificates of each seal's newest data: its maker's and those that may sign with it. */
export const sealCertificates = sqliteTable(
  'seal_certificates',
  {
    id: integer().primaryKey(),
    code: text().notNull(),
    role: text({ enum: ['MAKER', 'SIGNER'] }).notNull(),
    /** SHA-256 of the certificate, or the digest a list of digests gives of it. */
    digest: text().notNull(),
    /** Null where nothing but the digest is known. */
    issuer: integer().references(() => issuers.id),
  },
  (table) => [
    uniqueIndex('seal_certificates_by_code').on(table.code, table.role, table.digest),
    index('seal_certificates_by_digest').on(table.digest),
    index('seal_certificates_by_issuer').on(table.issuer),
  ],
)

/** Seals an older version took in, whose certificates are not in `seal_certificates` yet. */
export const unreadSeals = sqliteTable('unread_seals', { code: text().primaryKey() })

/** Which seal data stood under a code since when. */
export const sealRevisions = sqliteTable(
  'seal_revisions',
  {
    code: text().notNull(),
    revision: integer().notNull(),
    contentDigest: text('content_digest').notNull(),
    sealDigest: text('seal_digest').notNull(),
    recordedAt: integer('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.code, table.revision] })],
)

/** Everything that ever happened to a seal. */
export const events = sqliteTable(
  'events',
  {
    platform: text().notNull(),
    id: text().notNull(),
    code: text().notNull(),
    kind: text({
      enum: ['REGISTERED', 'SUSPENDED', 'RESUMED', 'LOST', 'CANCELLED', 'REVOKED', 'INVALIDATED', 'CORRECTED'],
    }).notNull(),
    effectiveAt: integer('effective_at').notNull(),
    recordedAt: integer('recorded_at').notNull(),
    originAt: integer('origin_at'),
    sequence: integer().notNull(),
    reason: text({
      enum: [
        'KEY_COMPROMISE',
        'LOSS',
        'MISUSE',
        'ILLEGALLY_MADE',
        'UNSPECIFIED',
        'RENAME',
        'HOLDER_CHANGED',
        'PHYSICAL_SEAL_CHANGED',
        'DAMAGE',
        'REPLACEMENT',
        'RENEWAL',
        'MERGER',
        'DISSOLUTION',
        'END_OF_USE',
      ],
    }),
    validFrom: integer('valid_from'),
    validUntil: integer('valid_until'),
    voids: text(),
    digest: text().notNull(),
    published: integer({ mode: 'boolean' }).notNull(),
    /** When a later sender has handed the notice on; null while it waits in the outbox. */
    deliveredAt: integer('delivered_at'),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.id] }),
    index('events_by_code').on(table.code),
    index('events_by_time').on(table.recordedAt, table.sequence),
    check(
      'events_kind',
      sql`${table.kind} in ('REGISTERED', 'SUSPENDED', 'RESUMED', 'LOST', 'CANCELLED', 'REVOKED', 'INVALIDATED', 'CORRECTED')`,
    ),
    check('events_validity', sql`(${table.kind} = 'REGISTERED') = (${table.validFrom} is not null)`),
    check('events_voids', sql`(${table.kind} = 'CORRECTED') = (${table.voids} is not null)`),
  ],
)

/** Every envelope taken in, as received. The last of a stream is its position. */
export const envelopes = sqliteTable(
  'envelopes',
  {
    platform: text().notNull(),
    stream: text().notNull(),
    sequence: integer().notNull(),
    messageId: text('message_id').notNull(),
    createdAt: integer('created_at').notNull(),
    previous: text(),
    digest: text().notNull(),
    recordedAt: integer('recorded_at').notNull(),
    bytes: blob({ mode: 'buffer' }).notNull(),
    rows: text().notNull(),
    receipt: blob({ mode: 'buffer' }),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.stream, table.sequence] }),
    uniqueIndex('envelopes_by_message').on(table.platform, table.messageId),
    index('envelopes_by_time').on(table.platform, table.recordedAt),
  ],
)

/** Seal data as received, by its digest. */
export const originals = sqliteTable('originals', { digest: text().primaryKey(), bytes: blob({ mode: 'buffer' }).notNull() })

/** The hub's own proof of existence: when a digest was first seen. */
export const firstSeen = sqliteTable('first_seen', {
  id: integer().primaryKey(),
  digest: text().notNull().unique(),
  seenAt: integer('seen_at').notNull(),
})

/** One row: the moment of the last commit, which the next one must pass. */
export const lastCommit = sqliteTable(
  'last_commit',
  { id: integer().primaryKey(), recordedAt: integer('recorded_at').notNull() },
  (table) => [check('last_commit_is_one', sql`${table.id} = 1`)],
)
