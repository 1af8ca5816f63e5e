import { parseInstant } from '../../../model/time.ts'
import { type Agreement, agreementId } from '../../../subgraphs/trust/recognition/agreement.ts'
import { serviceId, type TrustRole, type TrustService } from '../../../subgraphs/trust/service.ts'
import type { HeldList } from '../../../subgraphs/trust/store/trust-store.ts'
import {
  type AgreementWorld,
  AUTHORITY,
  DAY,
  type Listing,
  MAKER,
  OPERATOR,
  OTHER_PLATFORM,
  PLATFORM,
  RECORDED,
  ROOT,
  STAMPER,
  type World,
} from './world.ts'

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
