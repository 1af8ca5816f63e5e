import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { RevocationReason } from '../../../model/revocation.ts'

/** Certificates held. Digests and keys are lower-case hex, times UTC milliseconds. */
export const certificates = sqliteTable(
  'certificate',
  {
    /** SHA-256 of the DER. */
    fingerprint: text().primaryKey(),
    /** SM3 of the DER. */
    sm3: text().notNull(),
    der: blob({ mode: 'buffer' }).notNull(),
    /** SHA-256 of the subject in its comparable form (RFC 5280 §7.1). */
    subjectKey: text('subject_key').notNull(),
    notAfter: integer('not_after').notNull(),
    recordedAt: integer('recorded_at').notNull(),
    /** Position among all certificates, from 1. */
    position: integer().notNull(),
    /** SHA-1 of the bits of the public key (what an OCSP responder may name itself by); null only until the store is opened. */
    keyHash: text('key_hash'),
    /** Of a CA certificate the subject key of its issuer; empty for any other, null only until the store is opened. */
    authorityIssuer: text('authority_issuer'),
  },
  (table) => [
    uniqueIndex('certificate_sm3').on(table.sm3),
    index('certificate_subject').on(table.subjectKey, table.notAfter),
    index('certificate_not_after').on(table.notAfter),
    uniqueIndex('certificate_position').on(table.position),
    index('certificate_key_hash').on(table.keyHash),
    index('certificate_authority_issuer').on(table.authorityIssuer),
  ],
)

/** What one issuer key says of one scope. */
export const crlSeries = sqliteTable(
  'crl_series',
  {
    series: text().primaryKey(),
    /** Issuer name and key, under whatever scope. */
    authority: text().notNull(),
    /** The issuing distribution point as received (the DER in extnValue); null for the whole scope. */
    scope: blob({ mode: 'buffer' }),
  },
  (table) => [index('crl_series_authority').on(table.authority)],
)

/** The distribution points of a series; one that names none has the empty point, and so have all of an older version. */
export const crlPoints = sqliteTable(
  'crl_point',
  {
    series: text()
      .notNull()
      .references(() => crlSeries.series),
    /** SHA-256 of a general name in its comparable form. */
    point: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.series, table.point] })],
)

/** Every CRL ever taken in, as received. */
export const crls = sqliteTable(
  'crl',
  {
    /** SM3 of the bytes. */
    digest: text().primaryKey(),
    series: text()
      .notNull()
      .references(() => crlSeries.series),
    /** Position in the series, from 1. */
    position: integer().notNull(),
    kind: text({ enum: ['COMPLETE', 'DELTA'] }).notNull(),
    issuer: text().notNull(),
    /** cRLNumber, hex without leading zeros. */
    number: text().notNull(),
    thisUpdate: integer('this_update').notNull(),
    nextUpdate: integer('next_update'),
    entryCount: integer('entry_count').notNull(),
    recordedAt: integer('recorded_at').notNull(),
    bytes: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [
    uniqueIndex('crl_series_position').on(table.series, table.position),
    index('crl_series_this_update').on(table.series, table.thisUpdate),
    uniqueIndex('crl_series_recorded_at').on(table.series, table.recordedAt),
  ],
)

/** What the CRLs of a series list, each entry once with the first and the last position that carries it unchanged. */
export const listings = sqliteTable(
  'listing',
  {
    series: text().notNull(),
    /** Subject key of who issued the certificate; empty where that is the issuer of the CRL, as in all but indirect ones. */
    certificateIssuer: text('certificate_issuer').notNull().default(''),
    /** Content octets of the serial number, hex. */
    serialNumber: text('serial_number').notNull(),
    firstPosition: integer('first_position').notNull(),
    /** Null while the newest CRL of the series still carries it. */
    lastPosition: integer('last_position'),
    revokedAt: integer('revoked_at').notNull(),
    reason: text().$type<RevocationReason>().notNull(),
    invalidityDate: integer('invalidity_date'),
  },
  (table) => [
    primaryKey({ columns: [table.series, table.certificateIssuer, table.serialNumber, table.firstPosition] }),
    index('listing_open').on(table.series, table.lastPosition, table.certificateIssuer, table.serialNumber),
  ],
)

export type ListingRow = typeof listings.$inferSelect

/** Every OCSP response ever taken in, as received. */
export const ocspResponses = sqliteTable('ocsp_response', {
  /** SM3 of the bytes. */
  digest: text().primaryKey(),
  responder: text().notNull(),
  producedAt: integer('produced_at').notNull(),
  recordedAt: integer('recorded_at').notNull(),
  bytes: blob({ mode: 'buffer' }).notNull(),
})

/** What the responses say of single certificates. */
export const ocspWords = sqliteTable(
  'ocsp_word',
  {
    /** Name and key of the certificate's issuer. */
    authority: text().notNull(),
    /** Content octets of the serial number, hex. */
    serialNumber: text('serial_number').notNull(),
    /** Position among the words on this certificate, from 1. */
    position: integer().notNull(),
    digest: text()
      .notNull()
      .references(() => ocspResponses.digest),
    status: text({ enum: ['GOOD', 'REVOKED', 'UNKNOWN'] }).notNull(),
    thisUpdate: integer('this_update').notNull(),
    nextUpdate: integer('next_update'),
    revokedAt: integer('revoked_at'),
    reason: text().$type<RevocationReason>(),
    /** DER of a delegated responder whose own revocation is to be looked at; null where there is nothing to look at. */
    delegate: blob({ mode: 'buffer' }),
    recordedAt: integer('recorded_at').notNull(),
    /** Whether it says something else than the word before. */
    isTurn: integer('is_turn', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.authority, table.serialNumber, table.position] }),
    index('ocsp_word_turn').on(table.authority, table.serialNumber, table.isTurn),
  ],
)

/** When genuine evidence that is not held was first brought along. Never deleted, so the last id is the number of rows. */
export const sightings = sqliteTable(
  'evidence_sighting',
  {
    id: integer().primaryKey(),
    /** SM3 of the bytes. */
    digest: text().notNull(),
    seenAt: integer('seen_at').notNull(),
  },
  (table) => [uniqueIndex('evidence_sighting_digest').on(table.digest)],
)

/** How the sources of revocation evidence do. */
export const revocationSources = sqliteTable(
  'revocation_source',
  {
    kind: text({ enum: ['CRL', 'OCSP'] }).notNull(),
    url: text().notNull(),
    /** Of an OCSP responder: fingerprint of the certificate asked about; empty for a CRL. */
    certificate: text().notNull(),
    lastAttempt: integer('last_attempt'),
    lastSuccess: integer('last_success'),
    /** Until when what was fetched last is good. */
    freshUntil: integer('fresh_until'),
    /** Since when every attempt failed; null while the last one succeeded. */
    failingSince: integer('failing_since'),
    failures: integer().notNull(),
    errorCode: text('error_code'),
    errorDetail: text('error_detail'),
    nextAttempt: integer('next_attempt').notNull(),
    etag: text(),
    lastModified: text('last_modified'),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.url, table.certificate] }),
    index('revocation_source_due').on(table.nextAttempt),
  ],
)
