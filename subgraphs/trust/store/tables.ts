import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { CA_KINDS } from '../../../model/ca-kind.ts'
import { ADMINISTRATION_EVENTS } from '../administration/event.ts'
import { REPORT_KINDS, REPORT_OUTCOMES, REPORT_SUBJECTS } from '../reports/report.ts'
import { TRUST_ROLES } from '../service.ts'

/** Columns of a statement. */
export const STATEMENT_COLUMNS = {
  recordedAt: integer('recorded_at').notNull(),
  serviceId: text('service_id').notNull(),
  role: text({ enum: TRUST_ROLES }).notNull(),
  fingerprint: text().notNull(),
  name: text().notNull(),
  scope: text().notNull(),
  from: integer().notNull(),
  until: integer(),
  evidence: text(),
  /** Territory of the signed list that says so. */
  list: text(),
  /** Classes of seal it is for, in their order, separated by blanks; null for every class. */
  classes: text(),
  caKind: text('ca_kind', { enum: CA_KINDS }),
  /** Where the list of an operator is published. */
  location: text(),
  /** SM3 of the evidence for the grant, lower-case hex. */
  evidenceDigest: text('evidence_digest'),
  /** Why it ended: a code and words for people; and SM3 of the evidence. */
  endCode: text('end_code'),
  endReason: text('end_reason'),
  endEvidenceDigest: text('end_evidence_digest'),
  /** When the certificate itself runs out. */
  notAfter: integer('not_after'),
  /** Beginning of a grant after one that is over, of what this hub says itself. */
  again: integer(),
}

/** Every statement ever made of a service. Times are UTC milliseconds, fingerprints lower-case hex SHA-256. */
export const statements = sqliteTable('trust_statement', STATEMENT_COLUMNS, (table) => [
  primaryKey({ columns: [table.serviceId, table.recordedAt] }),
  index('trust_statement_recorded_at').on(table.recordedAt),
])

/** Every signed list taken in or published, as received or sent. */
export const lists = sqliteTable(
  'trust_list',
  {
    territory: text().notNull(),
    sequence: integer().notNull(),
    /** Published by this hub itself. */
    own: integer({ mode: 'boolean' }).notNull(),
    issuedAt: integer('issued_at').notNull(),
    nextUpdate: integer('next_update').notNull(),
    recordedAt: integer('recorded_at').notNull(),
    /** SM3 of the bytes, lower-case hex. */
    digest: text().notNull(),
    /** Certificate it was signed with; null for lists kept before this was written down. */
    signer: text(),
    bytes: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.own, table.territory, table.sequence] })],
)

/** Every statement ever made of an agreement on recognition; the newest of an id counts. Lists of words are JSON. */
export const agreements = sqliteTable(
  'trust_agreement',
  {
    recordedAt: integer('recorded_at').notNull(),
    agreementId: text('agreement_id').notNull(),
    reliedOnIn: text('relied_on_in').notNull(),
    issuedIn: text('issued_in').notNull(),
    classes: text().notNull(),
    purposes: text().notNull(),
    networks: text().notNull(),
    /** Least level of 等级保护 of the system that relies on it, 1 to 5. */
    assurance: integer(),
    governmentCa: integer('government_ca', { mode: 'boolean' }).notNull(),
    from: integer().notNull(),
    until: integer(),
    article: text().notNull(),
    reason: text(),
    by: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agreementId, table.recordedAt] }),
    index('trust_agreement_recorded_at').on(table.recordedAt),
  ],
)

/** What was reported to the administrator. Never changed. */
export const reports = sqliteTable(
  'trust_report',
  {
    id: text().primaryKey(),
    kind: text({ enum: REPORT_KINDS }).notNull(),
    reportedAt: integer('reported_at').notNull(),
    reportedBy: text('reported_by').notNull(),
    subject: text({ enum: REPORT_SUBJECTS }).notNull(),
    /** Code of the seal, digest of the document or signature, fingerprint of the certificate. */
    subjectId: text('subject_id').notNull(),
    /** SM3 of the signed decision it was reported on. */
    decision: text(),
    division: text().notNull(),
    agency: text(),
    text: text().notNull(),
  },
  (table) => [
    index('trust_report_reported_at').on(table.reportedAt, table.id),
    index('trust_report_by').on(table.reportedBy, table.reportedAt),
  ],
)

/** What the administrator answered. Never changed; the newest counts. */
export const reportAnswers = sqliteTable(
  'trust_report_answer',
  {
    reportId: text('report_id').notNull(),
    answeredAt: integer('answered_at').notNull(),
    answeredBy: text('answered_by').notNull(),
    outcome: text({ enum: REPORT_OUTCOMES }).notNull(),
    text: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.answeredAt] })],
)

/** Decisions kept for asking what another policy would have said: questions and evidence without names. The oldest make room. */
export const decisions = sqliteTable('trust_decision', {
  id: integer().primaryKey({ autoIncrement: true }),
  judgedAt: integer('judged_at').notNull(),
  /** Subject, question and evidence as deflated JSON. */
  asked: blob({ mode: 'buffer' }).notNull(),
  indication: text().notNull(),
  subIndication: text('sub_indication'),
})

/** Where lists are fetched from: what the last good answer was. Not a record, only a memory that spares work after a start. */
export const listSources = sqliteTable('trust_list_source', {
  url: text().primaryKey(),
  territory: text().notNull(),
  etag: text(),
  /** SM3 of the list fetched, lower-case hex. */
  digest: text().notNull(),
  /** When the source last said that this is its list. */
  confirmedAt: integer('confirmed_at').notNull(),
})

/** Who proposed, approved, refused or did what to trust, and why. Only ever added to. */
export const administrationEvents = sqliteTable(
  'administration_event',
  {
    sequence: integer().primaryKey({ autoIncrement: true }),
    recordedAt: integer('recorded_at').notNull(),
    kind: text({ enum: ADMINISTRATION_EVENTS }).notNull(),
    /** The proposal, or the act done directly. */
    subject: text().notNull(),
    by: text().notNull(),
    why: text().notNull(),
    /** SM3 of the evidence, lower-case hex. */
    evidenceDigest: text('evidence_digest'),
    /** What is to change, as canonical JSON; on the first event of a subject. */
    change: text(),
  },
  (table) => [index('administration_event_subject').on(table.subject, table.sequence)],
)
