import { beforeAll, expect, test } from 'vitest'
import type { PathFacts } from '../../../model/facts.ts'
import { openFacts } from '../../../model/sealed-facts.ts'
import type { Subgraph } from '../../../model/subgraph.ts'
import { SILENT } from '../../../runtime/log.ts'
import { startCertificates } from '../../../subgraphs/certificates/start.ts'
import { testPki } from '../../support/pki.ts'
import { testWithShared } from '../../support/shared.ts'
import { base64, DAY, NOW, nationalCertificates, sampleCertificate } from './support.ts'

const KEY = new Uint8Array(32).fill(7)
const PUBLIC = { caller: { id: 'public', scopes: [] }, requestId: 'test' }
const pki = testPki(NOW)
const clock = { now: NOW }

async function start(): Promise<Subgraph> {
  return startCertificates({ database: ':memory:', factsKey: KEY, now: () => clock.now, log: SILENT })
}

/** Runs an operation and gives its data; errors are in the way. */
async function run<Data>(subgraph: Subgraph, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const result = await subgraph.execute({ query, variables, context: PUBLIC })
  expect(result.errors).toBeUndefined()
  return result.data as Data
}

const IMPORT = `mutation ($certificates: [Base64!]!, $crls: [Base64!]!) {
  importCertificates(certificates: $certificates) { rows { index outcome certificate { fingerprint } refusal { code reason { zh } } } }
  importCrls(crls: $crls) { rows { index outcome issuer number thisUpdate nextUpdate entries refusal { code } } }
}`
const ENTITIES =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on SignatureVerification { pathFacts signerCertificate { subject } makerCertificate { fingerprint } } } }'

const imported = { certificates: [pki.root, pki.ca].map((party) => base64(party.certificate)) }

async function startWithCrls(...crls: readonly Uint8Array[]): Promise<Subgraph> {
  const subgraph = await start()
  await run(subgraph, IMPORT, { ...imported, crls: crls.map(base64) })
  return subgraph
}

function bearer(certificates: unknown, id = 'verification-1') {
  const fingerprints = { signerFingerprint: pki.signer.fingerprint, makerFingerprint: pki.maker.fingerprint }
  return { __typename: 'SignatureVerification', id, certificates, ...fingerprints }
}

interface BearerData {
  readonly _entities: readonly [
    {
      readonly pathFacts: string | null
      readonly signerCertificate: { readonly subject: string } | null
      readonly makerCertificate: { readonly fingerprint: string } | null
    },
  ]
}

async function factsOf(subgraph: Subgraph, ...certificates: readonly Uint8Array[]): Promise<PathFacts> {
  const representations = [bearer(certificates.map(base64))]
  const { _entities } = await run<BearerData>(subgraph, ENTITIES, { representations })
  return openFacts(
    _entities[0].pathFacts ?? '',
    { producer: 'certificates', type: 'PathFacts', entityId: 'verification-1' },
    NOW,
    KEY,
  )
}

test('certificates and CRLs are taken in with a result for each row', async () => {
  const crls = [base64(pki.crl({ number: 255n })), base64(Buffer.of(0x30, 0))]
  const data = await run(await start(), IMPORT, { certificates: [...imported.certificates, 'AAAA'], crls })
  expect(data).toMatchObject({
    importCertificates: {
      rows: [
        { index: 0, outcome: 'IMPORTED', certificate: { fingerprint: pki.root.fingerprint }, refusal: null },
        { index: 1, outcome: 'IMPORTED' },
        { index: 2, outcome: 'REFUSED', certificate: null, refusal: { code: 'STRUCTURE' } },
      ],
    },
    importCrls: {
      rows: [
        { outcome: 'IMPORTED', number: '255', thisUpdate: '2026-05-31T23:00:00.000Z', entries: 0, refusal: null },
        { outcome: 'REFUSED', issuer: null, refusal: { code: 'STRUCTURE' } },
      ],
    },
  })
})

test('a certificate held is found by SHA-256 and by SM3, in either case', async () => {
  const subgraph = await startWithCrls()
  const query =
    'query ($id: ID!) { certificate(fingerprint: $id) { fingerprint sm3 subject issuer serialNumber notAfter algorithm keyUsage } }'
  const bySha = await run<{ certificate: { sm3: string } }>(subgraph, query, { id: pki.ca.fingerprint.toUpperCase() })
  expect(bySha.certificate).toMatchObject({
    fingerprint: pki.ca.fingerprint,
    algorithm: 'SM2-with-SM3',
    keyUsage: ['keyCertSign', 'cRLSign'],
  })
  expect(await run(subgraph, query, { id: bySha.certificate.sm3 })).toEqual(bySha)
  expect(await run(subgraph, query, { id: pki.signer.fingerprint })).toEqual({ certificate: null })
  expect(await run(subgraph, query, { id: "' OR 1=1" })).toEqual({ certificate: null })
})

test('a certificate inspected is told about later, but never becomes an issuer', async () => {
  const subgraph = await start()
  const inspect = 'query ($der: Base64!) { inspectCertificate(der: $der) { fingerprint path { validUntil } } }'
  expect(await run(subgraph, inspect, { der: base64(pki.root.certificate) })).toMatchObject({
    inspectCertificate: { path: null },
  })
  expect(await run(subgraph, inspect, { der: base64(pki.ca.certificate) })).toMatchObject({ inspectCertificate: { path: null } })
  const query = `{ certificate(fingerprint: "${pki.ca.fingerprint}") { subject } }`
  expect(await run(subgraph, query)).toMatchObject({ certificate: { subject: 'C=CN,O=演示,CN=运营CA' } })
})

test('bytes that are no certificate are UNREADABLE to inspect', async () => {
  const query = 'query ($der: Base64!) { inspectCertificate(der: $der) { subject } }'
  const result = await (await start()).execute({ query, variables: { der: 'AAAA' }, context: PUBLIC })
  expect(result.errors?.[0]?.extensions).toMatchObject({ code: 'UNREADABLE' })
})

test('a path is given for a moment at which all of its certificates are valid', async () => {
  const subgraph = await startWithCrls()
  const query = `query ($der: Base64!, $at: DateTime) { inspectCertificate(der: $der) {
    path(at: $at) { certificates { fingerprint } validFrom validUntil checks { check outcome } } } }`
  const at = (moment: number) => run(subgraph, query, { der: base64(pki.signer.certificate), at: new Date(moment).toISOString() })
  expect(await at(NOW)).toMatchObject({
    inspectCertificate: {
      path: {
        certificates: [pki.signer, pki.ca, pki.root].map(({ fingerprint }) => ({ fingerprint })),
        validFrom: '2025-06-01T00:00:00.000Z',
      },
    },
  })
  expect(await at(NOW + 3 * 365 * DAY)).toEqual({ inspectCertificate: { path: null } })
})

test('revocation is told as of a moment, as known at a moment', async () => {
  const revokedAt = NOW - 3 * DAY
  const subgraph = await startWithCrls(
    pki.crl({ number: 1n, thisUpdate: NOW - 5 * DAY }),
    pki.crl({ number: 2n, entries: [{ serialNumber: pki.signer.serialNumber, revokedAt, reason: 1 }] }),
  )
  const query = `query ($der: Base64!, $at: DateTime, $knownAt: DateTime) { inspectCertificate(der: $der) {
    revocation(at: $at, knownAt: $knownAt) { status revokedAt reason source because } } }`
  const ask = (variables: object) => run(subgraph, query, { der: base64(pki.signer.certificate), ...variables })
  expect(await ask({})).toMatchObject({
    inspectCertificate: {
      revocation: { status: 'REVOKED', revokedAt: new Date(revokedAt).toISOString(), reason: 'keyCompromise' },
    },
  })
  expect(await ask({ at: new Date(revokedAt - 1).toISOString() })).toMatchObject({
    inspectCertificate: { revocation: { status: 'GOOD', because: 'REVOKED_LATER', reason: 'keyCompromise' } },
  })
  expect(await ask({ knownAt: new Date(NOW - DAY).toISOString() })).toMatchObject({
    inspectCertificate: { revocation: { status: 'UNKNOWN', because: 'NO_EVIDENCE' } },
  })
})

test('without CRLs, and for a root, revocation is unknown', async () => {
  const subgraph = await startWithCrls()
  const query = 'query ($der: Base64!) { inspectCertificate(der: $der) { revocation { status because } } }'
  for (const party of [pki.signer, pki.root])
    expect(await run(subgraph, query, { der: base64(party.certificate) })).toEqual({
      inspectCertificate: { revocation: { status: 'UNKNOWN', because: 'NO_EVIDENCE' } },
    })
})

test('a time that is none is BAD_INPUT', async () => {
  const query = 'query ($der: Base64!) { inspectCertificate(der: $der) { revocation(at: "yesterday") { status } } }'
  const result = await (await start()).execute({ query, variables: { der: base64(pki.root.certificate) }, context: PUBLIC })
  expect(result.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT' })
})

test('path facts are sealed for the entity that bears the certificates, with spans, checks and evidence', async () => {
  const subgraph = await startWithCrls(pki.crl())
  const facts = await factsOf(subgraph, pki.maker.certificate, pki.signer.certificate)
  expect(facts.certificates.map(({ fingerprint }) => fingerprint)).toEqual([pki.maker.fingerprint, pki.signer.fingerprint])
  const [candidate] = facts.certificates[1]?.paths ?? []
  expect(candidate?.chain).toEqual([pki.signer.fingerprint, pki.ca.fingerprint, pki.root.fingerprint])
  expect(candidate?.validities).toHaveLength(3)
  expect(candidate?.checks.every(({ outcome }) => outcome === 'PASSED')).toBe(true)
  expect(candidate?.revocation.map((evidence) => evidence.length)).toEqual([1, 0])
  expect(facts.certificates[1]).toMatchObject({ keyUsage: ['digitalSignature', 'nonRepudiation'], noPath: null })
})

test('facts carry evidence recorded at any time, for the judge alone knows which moment of knowledge is asked about', async () => {
  const entries = [{ serialNumber: pki.signer.serialNumber, revokedAt: NOW - DAY, reason: 6 }]
  const subgraph = await startWithCrls(pki.crl({ number: 1n, entries }))
  clock.now = NOW + 10 * DAY
  await run(subgraph, IMPORT, {
    certificates: [],
    crls: [base64(pki.crl({ number: 2n, thisUpdate: NOW + 9 * DAY, nextUpdate: NOW + 16 * DAY }))],
  })
  clock.now = NOW
  const [candidate] = (await factsOf(subgraph, pki.signer.certificate)).certificates[0]?.paths ?? []
  expect(candidate?.revocation[0]?.map(({ entry, recordedAt }) => [entry?.reason ?? null, recordedAt])).toEqual([
    ['certificateHold', NOW],
    [null, NOW + 10 * DAY],
  ])
})

test('the certificates a signature bears are told about', async () => {
  const representations = [bearer([pki.maker, pki.signer].map(({ certificate }) => base64(certificate)))]
  const { _entities } = await run<BearerData>(await start(), ENTITIES, { representations })
  expect(_entities[0]).toMatchObject({
    signerCertificate: { subject: 'C=CN,O=演示,CN=41172800000001' },
    makerCertificate: { fingerprint: pki.maker.fingerprint },
  })
})

test('nothing handed in ends the request: null, garbage and strangers give null or facts without a path', async () => {
  const subgraph = await start()
  const oversized = base64(new Uint8Array(80_000))
  for (const certificates of [null, [], ['%%'], ['AAAA', oversized], [base64(pki.signer.certificate.subarray(0, 99))]]) {
    const { _entities } = await run<BearerData>(subgraph, ENTITIES, { representations: [bearer(certificates)] })
    expect(_entities).toEqual([{ pathFacts: null, signerCertificate: null, makerCertificate: null }])
  }
  const facts = await factsOf(subgraph, pki.signer.certificate)
  expect(facts.certificates).toMatchObject([{ paths: [], noPath: { code: 'PATH_ISSUER' } }])
})

test('of many certificates handed in the first 32 are looked at', async () => {
  const many = Array.from({ length: 40 }, (_, i) => pki.issue(`签章人${i}`, { key: '签章人' }).certificate)
  const facts = await factsOf(await startWithCrls(), ...many)
  expect(facts.certificates.length).toBe(32)
})

test('the health of the subgraph tells that its store cannot be read', async () => {
  const subgraph = await start()
  expect(await subgraph.health()).toMatchObject({ healthy: true })
  await subgraph.close()
  expect(await subgraph.health()).toMatchObject({ part: 'certificates', healthy: false })
})

testWithShared('a unified seal certificate names its seal code, credit code and organization', async () => {
  const query = 'query ($der: Base64!) { inspectCertificate(der: $der) { sealCode creditCode organization } }'
  const of = async (file: string) =>
    run(await start(), query, { der: base64(sampleCertificate(`samples/signatures/suzhou-civil-affairs/${file}`)) })
  expect(await of('signer.cer')).toEqual({
    inspectCertificate: { sealCode: '32050000011053', creditCode: '11320500014150050B', organization: '苏州市民政局' },
  })
  expect(await of('maker.cer')).toEqual({ inspectCertificate: { sealCode: null, creditCode: null, organization: null } })
})

let national: Subgraph
beforeAll(async () => {
  national = await start()
})

testWithShared('national certificates without a CRL have revocation UNKNOWN, and a path while they are valid', async () => {
  const certificates = [sampleCertificate('samples/certificates/national/ROOTCA.pem'), ...nationalCertificates()].map(base64)
  await run(national, IMPORT, { certificates, crls: [] })
  const query = `query ($der: Base64!) { inspectCertificate(der: $der) {
    path(at: "2021-03-31T03:00:00Z") { certificates { subject } } revocation(at: "2021-03-31T03:00:00Z") { status because } } }`
  const signer = sampleCertificate('samples/signatures/suzhou-civil-affairs/signer.cer')
  expect(await run(national, query, { der: base64(signer) })).toMatchObject({
    inspectCertificate: {
      path: { certificates: [{}, {}, { subject: 'C=CN,O=NRCAC,CN=ROOTCA' }] },
      revocation: { status: 'UNKNOWN', because: 'NO_EVIDENCE' },
    },
  })
})
