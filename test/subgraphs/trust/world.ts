import type { CaKind } from '../../../model/ca-kind.ts'
import type { CheckOutcome } from '../../../model/check.ts'
import type { CertificateFacts, Contact, FactCheck, PathCandidate, PathFacts, SealFacts } from '../../../model/facts.ts'
import type { Policies, Policy } from '../../../model/policy.ts'
import type { RevocationEvidence, RevocationReason } from '../../../model/revocation.ts'
import type { SealClass, SealFormat } from '../../../model/seal.ts'
import { type Instant, parseInstant, type Span } from '../../../model/time.ts'
import type { SealChange, SealChangeKind, SealChangeReason } from '../../../model/timeline.ts'
import { GENERAL_PURPOSES, type Use } from '../../../model/use.ts'
import type { CertificatePurpose } from '../../../subgraphs/trust/judge/certificate.ts'
import type { RevocationRequirement } from '../../../subgraphs/trust/judge/question.ts'
import { type Agreement, type AgreementTerms, agreementId } from '../../../subgraphs/trust/recognition/agreement.ts'
import { serviceId, type TrustRole, type TrustService } from '../../../subgraphs/trust/service.ts'
import type { HeldList } from '../../../subgraphs/trust/store/trust-store.ts'

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
const OPERATOR = '80'.repeat(32)
const PLATFORM = '90'.repeat(32)
const OTHER_PLATFORM = '91'.repeat(32)
const SEAL_DIGEST = '11'.repeat(32)
/** Everything was recorded in time unless a case says otherwise. */
const RECORDED = '2020-01-01'

export function sealFactsOf(world: World): SealFacts {
  const isSignature = world.subject === 'SIGNATURE'
  return {
    subject: isSignature ? 'SIGNATURE' : 'SEAL',
    format: world.format,
    digest: '22'.repeat(32),
    firstSeenAt: world.firstSeen === null ? null : parseInstant(world.firstSeen),
    checks: byteChecks(world),
    seal:
      world.format === 'GBT_35275'
        ? null
        : {
            code: '41170000000001',
            name: '驻马店市某局',
            format: world.format,
            typeCode: 1,
            kind: 'LEGAL_NAME',
            class: world.sealClass,
            division: world.division,
            createdAt: parseInstant(world.created),
            validity: spanOf(world.valid),
            makerCertificate: MAKER,
            signerCertificates: [SIGNER],
            digest: SEAL_DIGEST,
            ...(world.sealStamped !== null && { timeStamp: { time: parseInstant(world.sealStamped), authority: STAMPER } }),
          },
    signature: isSignature
      ? {
          claimedAt: world.signed === null ? null : parseInstant(world.signed),
          signerCertificate: world.signerGiven ? SIGNER : null,
          contentGiven: world.contentGiven,
          ...(world.stamped !== null && { timeStamp: { time: parseInstant(world.stamped), authority: STAMPER } }),
        }
      : null,
    registration:
      world.registered === null
        ? null
        : {
            platform: '411700',
            division: '411700',
            sealDigests: [world.registeredData === 'THIS' ? SEAL_DIGEST : '99'.repeat(32)],
            timeline: world.registered.map(changeOf),
            heardAt: world.heard === null ? null : parseInstant(world.heard),
            contact: contactOf(world),
          },
  }
}

/** Heard all the time since the first registration, but for the silences of the row. */
function contactOf({ heard, silences }: World): Contact {
  const since = Math.min(parseInstant('2025-01-10'), parseInstant(heard ?? '2025-01-10'))
  return {
    since,
    silences: silences.map(([from, until]) => ({ from: parseInstant(from), until: parseInstant(until) })),
    bound: DAY,
  }
}

const ON_SEALS = ['SEAL_FORMAT', 'SEAL_SIGNATURE', 'SEAL_ALGORITHM', 'SEAL_EXTENSIONS']
const ON_SIGNATURES = ['SIGNATURE_FORMAT', 'SIGNATURE_VALUE', 'SIGNATURE_ALGORITHM', 'DATA_HASH']

function byteChecks(world: World): readonly FactCheck[] {
  const onSeals = world.format === 'GBT_35275' ? [] : ON_SEALS
  const bound = world.format === 'GBT_35275' ? [] : ['SIGNER_IN_SEAL']
  const names = world.subject === 'SIGNATURE' ? [...ON_SIGNATURES, ...bound, ...onSeals] : onSeals
  const done = [...new Set([...names, ...Object.keys(world.checks)])]
  return done.flatMap((check): readonly FactCheck[] => {
    const outcome = world.checks[check] === undefined ? 'PASSED' : world.checks[check]
    return outcome === null ? [] : [{ check, object: check.startsWith('SEAL') ? 'seal' : 'signature', outcome }]
  })
}

function changeOf(change: Change, i: number): SealChange {
  return {
    id: `event ${i}`,
    kind: change.kind,
    effectiveAt: parseInstant(change.at),
    recordedAt: parseInstant(change.recorded ?? change.at),
    originAt: null,
    sequence: i,
    reason: change.reason ?? null,
    validity: change.valid ? spanOf(change.valid) : null,
    voids: null,
  }
}

export function pathFactsOf(world: World): PathFacts {
  return {
    certificates: [
      certificateFacts(world, MAKER, 'CN=maker', world.maker),
      certificateFacts(world, SIGNER, 'CN=signer', world.signer),
      ...(world.stamped === null && world.sealStamped === null
        ? []
        : [certificateFacts(world, STAMPER, 'CN=stamper', STAMPER_CERTIFICATE)]),
    ],
  }
}

const STAMPER_CERTIFICATE: CertificateWorld = { valid: ['2024-01-01', '2028-01-01'], usage: ['digitalSignature'], crl: 'GOOD' }

function certificateFacts(world: World, fingerprint: string, subject: string, own: CertificateWorld): CertificateFacts {
  const trusted = candidate(world, fingerprint, subject, own)
  const strange = strangersPath(world, fingerprint, subject, own)
  const paths = { ONE: [trusted], NONE: [], ALSO_TO_A_STRANGER: [strange, trusted], ONLY_TO_A_STRANGER: [strange] }[world.paths]
  return {
    fingerprint,
    subject,
    issuer: 'CN=authority',
    serialNumber: '01',
    validity: spanOf(own.valid),
    keyUsage: own.usage,
    paths,
    noPath: paths.length > 0 ? null : { code: 'NO_ISSUER', detail: { zh: '签发者未知', en: 'unknown issuer' } },
  }
}

function candidate(world: World, fingerprint: string, subject: string, own: CertificateWorld): PathCandidate {
  return {
    chain: [fingerprint, AUTHORITY, ROOT],
    subjects: [subject, 'CN=authority', 'CN=root'],
    validities: [own, world.authority, world.root].map(({ valid }) => spanOf(valid)),
    checks: PATH_CHECKS,
    revocation: [evidenceOf(own.crl, 'CN=authority', world), evidenceOf(world.authority.crl, 'CN=root', world)],
  }
}

function strangersPath(world: World, fingerprint: string, subject: string, own: CertificateWorld): PathCandidate {
  return {
    chain: [fingerprint, STRANGER],
    subjects: [subject, 'CN=stranger'],
    validities: [own, world.root].map(({ valid }) => spanOf(valid)),
    checks: PATH_CHECKS,
    revocation: [evidenceOf(own.crl, 'CN=authority', world)],
  }
}

const PATH_CHECKS: readonly FactCheck[] = [{ check: 'PATH_SIGNATURE', object: 'path', outcome: 'PASSED' }]

const DAY = 24 * 60 * 60_000

function evidenceOf(crl: Crl, source: string, world: World): readonly RevocationEvidence[] {
  if (crl === 'NONE') return []
  if (crl === 'WEEKLY') return everyWeek(source)
  if (typeof crl === 'object' && 'brought' in crl) return broughtEvidence(crl, source, world)
  const now = parseInstant(world.now)
  const thisUpdate = crl === 'OLD' ? parseInstant('2024-06-01') : now - DAY
  const recordedAt = typeof crl === 'object' && crl.recorded ? parseInstant(crl.recorded) : thisUpdate
  const entry =
    typeof crl === 'string'
      ? null
      : {
          revokedAt: parseInstant(crl.revoked),
          reason: crl.reason ?? 'unspecified',
          invalidityDate: crl.invalid ? parseInstant(crl.invalid) : null,
        }
  const digest = `${source} ${thisUpdate}`
  return [
    {
      kind: 'CRL',
      source,
      digest,
      thisUpdate: Math.min(thisUpdate, recordedAt),
      nextUpdate: thisUpdate + 7 * DAY,
      recordedAt,
      entry,
    },
  ]
}

/** First seen when the signature was. */
function broughtEvidence({ brought, revoked, held }: BroughtCrl, source: string, world: World): readonly RevocationEvidence[] {
  const { from, until } = spanOf(brought)
  const entry = revoked ? ({ revokedAt: parseInstant(revoked), reason: 'unspecified', invalidityDate: null } as const) : null
  const recordedAt = parseInstant(world.firstSeen ?? world.now)
  const digest = `${source} ${from} brought`
  const item = { kind: 'CRL', source, digest, thisUpdate: from, nextUpdate: until, recordedAt, entry, brought: true } as const
  return [item, ...evidenceOf(held ?? 'NONE', source, world)]
}

function everyWeek(source: string): readonly RevocationEvidence[] {
  return Array.from({ length: 52 }, (_, week) => {
    const thisUpdate = parseInstant('2025-01-01') + week * 7 * DAY
    const digest = `${source} ${thisUpdate}`
    return { kind: 'CRL', source, digest, thisUpdate, nextUpdate: thisUpdate + 8 * DAY, recordedAt: thisUpdate, entry: null }
  })
}

const TERRITORIES = { IN_FORCE: '410000', OVERDUE: '420000', DISOWNED: '430000' } as const
const LISTS = ['IN_FORCE', 'OVERDUE', 'DISOWNED'] as const
const OPERATED = ['IN_FORCE', 'OVERDUE'] as const

/** The signed lists held, whether any listing names them or not. */
export function listsOf(world: World): readonly HeldList[] {
  const now = parseInstant(world.now)
  return LISTS.map((list, i) => ({
    territory: TERRITORIES[list],
    sequence: 1,
    issuedAt: now - 30 * DAY,
    nextUpdate: list === 'OVERDUE' ? now - DAY : now + 30 * DAY,
    digest: `${i}c`.repeat(32),
    signer: OPERATOR,
    own: false,
    recordedAt: parseInstant(RECORDED),
  }))
}

export function servicesOf(world: World): readonly TrustService[] {
  return [
    ...world.anchors.map((listing) => serviceOf('ANCHOR', ROOT, listing)),
    ...world.authorities.map((listing) => serviceOf('CA', AUTHORITY, listing)),
    ...world.makers.map((listing) => serviceOf('MAKER', MAKER, listing)),
    ...(world.publishers.length === 0 ? [] : [serviceOf('PLATFORM', PLATFORM, {}, '411700')]),
    ...world.publishers.map(({ who, ...listing }) =>
      serviceOf('STATUS_PUBLISHER', who === 'PLATFORM' ? PLATFORM : OTHER_PLATFORM, listing),
    ),
    ...world.stampers.map((listing) => serviceOf('TIME_STAMP_AUTHORITY', STAMPER, listing)),
    ...OPERATED.map((list) => serviceOf('LIST_OPERATOR', OPERATOR, {}, TERRITORIES[list])),
  ]
}

export function agreementsOf(world: World): readonly Agreement[] {
  return world.agreements.map(agreementOf)
}

export function agreementOf({ from = '2020-01-01', until, recorded = RECORDED, ...terms }: AgreementWorld): Agreement {
  const statement = {
    reliedOnIn: '350000',
    issuedIn: '410000',
    classes: ['PRIVATE'] as const,
    purposes: [],
    networks: [],
    assurance: null,
    governmentCa: false,
    span: { from: parseInstant(from), until: until === undefined ? null : parseInstant(until) },
    article: '3',
    reason: null,
    by: 'administrator',
    ...terms,
  }
  return { ...statement, id: agreementId(statement), recordedAt: parseInstant(recorded) }
}

export function serviceOf(role: TrustRole, fingerprint: string, listing: Listing, name = role.toLowerCase()): TrustService {
  const statement = {
    role,
    fingerprint,
    name,
    scope: listing.scope ?? '',
    span: {
      from: parseInstant(listing.from ?? '2010-01-01'),
      until: listing.until === undefined ? null : parseInstant(listing.until),
    },
    evidence: null,
    list: listing.list === undefined ? null : TERRITORIES[listing.list],
    ...(listing.caKind && { caKind: listing.caKind }),
    ...(listing.classes && { classes: listing.classes }),
    ...endedOf(listing),
    ...(listing.again && { again: parseInstant(listing.again) }),
  }
  return { ...statement, id: serviceId(statement), recordedAt: parseInstant(listing.recorded ?? RECORDED) }
}

function endedOf({ ended, code }: Listing): Pick<TrustService, 'ended'> {
  if (ended === undefined && code === undefined) return {}
  return { ended: { reason: ended ?? '', ...(code && { code }) } }
}

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
