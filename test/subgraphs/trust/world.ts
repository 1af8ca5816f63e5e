import type { CaKind } from '../../../model/ca-kind.ts'
import type { CheckOutcome } from '../../../model/check.ts'
import type { Policies, Policy } from '../../../model/policy.ts'
import type { RevocationReason } from '../../../model/revocation.ts'
import type { SealClass, SealFormat } from '../../../model/seal.ts'
import { type Instant, parseInstant, type Span } from '../../../model/time.ts'
import type { SealChangeKind, SealChangeReason } from '../../../model/timeline.ts'
import { GENERAL_PURPOSES, type Use } from '../../../model/use.ts'
import type { CertificatePurpose } from '../../../subgraphs/trust/judge/certificate.ts'
import type { RevocationRequirement } from '../../../subgraphs/trust/judge/question.ts'
import type { AgreementTerms } from '../../../subgraphs/trust/recognition/agreement.ts'

/** A day as the case table writes it: `2025-06-01`, or any ISO 8601 time. */
export type Day = string

/** What a CRL says of a certificate: not listed, not listed by the CRL of any week, no CRL held, the last CRL too old, or revoked. */
export type Crl =
  | 'GOOD'
  | 'WEEKLY'
  | 'NONE'
  | 'OLD'
  | { readonly revoked: Day; readonly reason?: RevocationReason; readonly recorded?: Day; readonly invalid?: Day }
  | BroughtCrl

/** A CRL from one day to the next update that came with the document; beside it what is held. */
export interface BroughtCrl {
  readonly brought: readonly [Day, Day]
  readonly revoked?: Day
  readonly held?: Crl
}

export interface CertificateWorld {
  readonly valid: readonly [Day, Day]
  readonly usage: readonly string[] | null
  readonly crl: Crl
}

export interface Listing {
  readonly from?: Day
  readonly until?: Day
  readonly scope?: string
  readonly recorded?: Day
  readonly caKind?: CaKind
  readonly classes?: readonly SealClass[]
  /** Why it ended, in words; and by its code. */
  readonly ended?: string
  readonly code?: string
  /** A grant after one that is over begins then. */
  readonly again?: Day
  /** The signed list that says so; left out, the hub says it itself. */
  readonly list?: ListWorld
}

/** A list in force, one past its next update, and one whose signer is no operator of its territory. */
export type ListWorld = 'IN_FORCE' | 'OVERDUE' | 'DISOWNED'

export interface Change {
  readonly kind: SealChangeKind
  readonly at: Day
  readonly reason?: SealChangeReason
  readonly recorded?: Day
  readonly valid?: readonly [Day, Day]
}

/** Everything a case can differ in. Names are those of the facts; days stand for instants. */
export interface World {
  readonly subject: 'SEAL' | 'SIGNATURE' | 'CERTIFICATE'
  readonly sealFacts: 'THERE' | 'ABSENT' | 'REFUSED'
  readonly pathFacts: 'THERE' | 'ABSENT' | 'REFUSED'
  readonly format: SealFormat
  readonly sealClass: SealClass
  readonly division: string | null
  readonly created: Day
  readonly valid: readonly [Day, Day]
  readonly signed: Day | null
  readonly contentGiven: boolean
  readonly firstSeen: Day | null
  /** Time of a time-stamp over the signature. */
  readonly stamped: Day | null
  /** Time of a time-stamp over the seal in it. */
  readonly sealStamped: Day | null
  readonly stampers: readonly Listing[]
  /** Outcomes of the checks on the bytes; null for one that is not there. */
  readonly checks: Readonly<Record<string, CheckOutcome | null>>
  readonly maker: CertificateWorld
  readonly signer: CertificateWorld
  readonly signerGiven: boolean
  readonly authority: CertificateWorld
  readonly root: CertificateWorld
  readonly paths: 'ONE' | 'NONE' | 'ALSO_TO_A_STRANGER' | 'ONLY_TO_A_STRANGER'
  readonly anchors: readonly Listing[]
  readonly authorities: readonly Listing[]
  readonly makers: readonly Listing[]
  readonly mustBeRegistered: boolean
  readonly registered: readonly Change[] | null
  readonly registeredData: 'THIS' | 'OTHER'
  readonly heard: Day | null
  /** Who is listed to publish the status: the platform that registered it, or another. */
  readonly publishers: readonly (Listing & { readonly who: 'PLATFORM' | 'OTHER' })[]
  /** Times without a word from the platform, newest first. */
  readonly silences: readonly (readonly [Day, Day])[]
  readonly purpose: CertificatePurpose
  readonly reliedOnIn: string
  readonly at: Day | null
  readonly knownAt: Day | null
  readonly now: Day
  readonly revocation: RevocationRequirement | null
  readonly use: Partial<Use>
  readonly agreements: readonly AgreementWorld[]
}

/** An agreement of Fujian on private seals of Henan, unless the row says otherwise. */
export interface AgreementWorld extends Partial<AgreementTerms> {
  readonly from?: Day
  readonly until?: Day
  readonly recorded?: Day
}

/** A public seal of Suiping's city, made and signed in 2025, asked about from Fujian at the end of the year: all is well. */
export const WELL: World = {
  subject: 'SIGNATURE',
  sealFacts: 'THERE',
  pathFacts: 'THERE',
  format: 'SES_V4',
  sealClass: 'PUBLIC',
  division: '411700',
  created: '2025-01-10',
  valid: ['2025-01-01', '2027-01-01'],
  signed: '2025-06-01',
  contentGiven: true,
  firstSeen: '2025-12-31',
  stamped: null,
  sealStamped: null,
  stampers: [],
  checks: {},
  maker: { valid: ['2024-01-01', '2028-01-01'], usage: ['digitalSignature', 'nonRepudiation'], crl: 'GOOD' },
  signer: { valid: ['2025-01-01', '2027-01-01'], usage: ['digitalSignature', 'nonRepudiation'], crl: 'GOOD' },
  signerGiven: true,
  authority: { valid: ['2020-01-01', '2035-01-01'], usage: ['keyCertSign', 'cRLSign'], crl: 'GOOD' },
  root: { valid: ['2012-01-01', '2042-01-01'], usage: ['keyCertSign', 'cRLSign'], crl: 'NONE' },
  paths: 'ONE',
  anchors: [{}],
  authorities: [{}],
  makers: [{ scope: '4117' }],
  mustBeRegistered: false,
  registered: [{ kind: 'REGISTERED', at: '2025-01-10', valid: ['2025-01-01', '2027-01-01'] }],
  registeredData: 'THIS',
  heard: '2025-12-31',
  silences: [],
  publishers: [],
  purpose: 'SEALING',
  reliedOnIn: '350000',
  at: null,
  knownAt: null,
  now: '2025-12-31T12:00Z',
  revocation: null,
  use: {},
  agreements: [],
}

export const ROOT = 'a0'.repeat(32)
export const AUTHORITY = 'b0'.repeat(32)
export const MAKER = 'c0'.repeat(32)
export const SIGNER = 'd0'.repeat(32)
export const STRANGER = 'e0'.repeat(32)
export const STAMPER = 'f0'.repeat(32)
export const OPERATOR = '80'.repeat(32)
export const PLATFORM = '90'.repeat(32)
export const OTHER_PLATFORM = '91'.repeat(32)
export const SEAL_DIGEST = '11'.repeat(32)
export const DAY = 24 * 60 * 60_000
/** Everything was recorded in time unless a case says otherwise. */
export const RECORDED = '2020-01-01'

export function spanOf([from, until]: readonly [Day, Day]): Span {
  return { from: parseInstant(from), until: parseInstant(until) }
}

const ARTICLE = { source: { zh: '国办发〔2025〕33号', en: 'national measure' }, clause: '27' }

/** The national default of the design: public and position seals from everywhere, revocation required. */
export const NATIONAL: Policy = {
  id: 'national-2025',
  version: '1',
  digest: '33'.repeat(32),
  division: '000000',
  source: ARTICLE.source,
  inherits: null,
  effective: { from: null, until: null },
  rules: {
    classes: { allowed: ['PUBLIC', 'POSITION', 'PRIVATE'], rule: ARTICLE },
    issuer: null,
    cancellation: null,
    renewal: null,
    network: null,
    disclosure: { status: 'PUBLIC', rule: ARTICLE },
    recognition: { fromElsewhere: ['PUBLIC', 'POSITION'], purposes: GENERAL_PURPOSES, rule: ARTICLE },
    authority: { forGovernment: ['E_GOVERNMENT'], rule: { ...ARTICLE, clause: '12' } },
    revocation: { requirement: 'REQUIRED', rule: ARTICLE },
  },
  stated: {},
  duties: [],
}

export const NATIONAL_ONLY: Policies = { all: [NATIONAL], governing: () => NATIONAL }

export function instant(day: Day): Instant {
  return parseInstant(day)
}
