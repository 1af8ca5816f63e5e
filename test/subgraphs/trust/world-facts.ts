import type { CertificateFacts, Contact, FactCheck, PathCandidate, PathFacts, SealFacts } from '../../../model/facts.ts'
import type { RevocationEvidence } from '../../../model/revocation.ts'
import { parseInstant } from '../../../model/time.ts'
import type { SealChange } from '../../../model/timeline.ts'
import {
  AUTHORITY,
  type BroughtCrl,
  type CertificateWorld,
  type Change,
  type Crl,
  DAY,
  MAKER,
  ROOT,
  SEAL_DIGEST,
  SIGNER,
  STAMPER,
  STRANGER,
  spanOf,
  type World,
} from './world.ts'

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
