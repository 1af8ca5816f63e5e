import type { ExecutionResult } from 'graphql'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Caller } from '../../../model/caller.ts'
import { type FactsLabel, openFacts, sealFacts } from '../../../model/sealed-facts.ts'
import type { Subgraph } from '../../../model/subgraph.ts'
import { parseInstant } from '../../../model/time.ts'
import { loadPolicies } from '../../../policies/load.ts'
import { startTrust } from '../../../subgraphs/trust/start.ts'
import { testPki } from '../../support/pki.ts'
import { AUTHORITY, MAKER, ROOT, SIGNER, WELL } from './world.ts'
import { pathFactsOf, sealFactsOf } from './world-facts.ts'

const KEY = new Uint8Array(32).fill(1)
const NOW = parseInstant(WELL.now)
const ADMINISTRATOR: Caller = { id: 'operator', scopes: ['administrator'] }
const ADAPTER: Caller = { id: 'adapter', scopes: ['adapter'] }
const PUBLIC: Caller = { id: 'public', scopes: [] }
const ID = '22'.repeat(32)
const warn = vi.fn()

/** The hub's own key, which also signs the list of Henan. */
const HENAN = testPki(NOW, '河南').platform

let trust: Subgraph

beforeEach(async () => {
  warn.mockClear()
  trust = await startTrust({
    database: ':memory:',
    factsKey: KEY,
    now: () => NOW,
    log: { info: () => {}, warn, error: () => {} },
    policies: loadPolicies('policies'),
    division: '410000',
    signer: HENAN.signer,
  })
  onTestFinished(() => trust.close())
})

const service = (role: string, fingerprint: string, change: object = {}) => ({
  role,
  fingerprint,
  name: role.toLowerCase(),
  scope: '',
  from: '2010-01-01',
  ...change,
})
const SERVICES = [service('ANCHOR', ROOT), service('CA', AUTHORITY), service('MAKER', MAKER, { scope: '4117' })]

const IMPORT = `mutation ($services: [TrustServiceInput!]!) {
  importTrustServices(services: $services) { rows { index outcome service { id scope from recordedAt } refusal { code reason { zh en } } } }
}`

function ask(query: string, variables: object = {}, caller: Caller = PUBLIC): Promise<ExecutionResult> {
  return trust.execute({ query, variables: { ...variables }, context: { caller, requestId: 'test' } })
}

function sealed(label: Partial<FactsLabel>, content: object, key = KEY): string {
  return sealFacts({ producer: 'seals', type: 'SealFacts', entityId: ID, producedAt: NOW, ...label }, content, key)
}

const SEAL_FACTS = sealFactsOf(WELL)
const PATHS = { producer: 'certificates', type: 'PathFacts' } as const
const GOOD = () => ({ sealFacts: sealed({}, SEAL_FACTS), pathFacts: sealed(PATHS, pathFactsOf(WELL)) })

const CONCLUSION = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on SignatureVerification { conclusion(reliedOnIn: "350000") {
    indication subIndication summary { zh en } asOf knownAt reliedOnIn freshness { kind age bound } policy { id version digest revocation }
    because { check object outcome rule { source { zh } clause } explanation { zh en } next { zh } } } } } }`

async function conclude(representation: object) {
  const given = { __typename: 'SignatureVerification', id: ID, ...representation }
  const { data, errors } = await ask(CONCLUSION, { representations: [given] })
  expect(errors).toBeUndefined()
  const { _entities } = data as {
    _entities: { conclusion: { indication: string; because: { check: string; outcome: string }[] } }[]
  }
  return _entities[0]?.conclusion
}

describe('the conclusion over the graph', () => {
  beforeEach(async () => {
    await ask(IMPORT, { services: SERVICES }, ADMINISTRATOR)
  })

  test('genuine facts and complete lists give TOTAL_PASSED with every check in words', async () => {
    const conclusion = await conclude(GOOD())
    expect(conclusion).toMatchObject({
      indication: 'TOTAL_PASSED',
      subIndication: null,
      reliedOnIn: '350000',
      asOf: '2025-06-01T00:00:00.000Z',
      freshness: { kind: 'FRESH' },
      policy: { revocation: 'REQUIRED' },
    })
    expect(conclusion?.because.length).toBeGreaterThan(30)
    expect(warn).not.toHaveBeenCalled()
  })

  test.each([
    ['missing facts on the seal', () => ({ ...GOOD(), sealFacts: null }), 'SEAL_EVIDENCE', 'UNKNOWN'],
    ['missing facts on the certificates', () => ({ ...GOOD(), pathFacts: null }), 'CERTIFICATE_EVIDENCE', 'UNKNOWN'],
    ['facts left out', () => ({}), 'SEAL_EVIDENCE', 'UNKNOWN'],
    [
      'facts under another key',
      () => ({ ...GOOD(), sealFacts: sealed({}, SEAL_FACTS, new Uint8Array(32)) }),
      'SEAL_EVIDENCE',
      'FAILED',
    ],
    ['text that is no sealed facts', () => ({ ...GOOD(), sealFacts: '{"subject":"SIGNATURE"}' }), 'SEAL_EVIDENCE', 'FAILED'],
    ['facts changed on the way', () => ({ ...GOOD(), sealFacts: altered(GOOD().sealFacts) }), 'SEAL_EVIDENCE', 'FAILED'],
    [
      'facts on another entity',
      () => ({ ...GOOD(), sealFacts: sealed({ entityId: '33' }, SEAL_FACTS) }),
      'SEAL_EVIDENCE',
      'FAILED',
    ],
    [
      'facts on the certificates of another entity',
      () => ({ ...GOOD(), pathFacts: sealed({ ...PATHS, entityId: '33' }, pathFactsOf(WELL)) }),
      'CERTIFICATE_EVIDENCE',
      'FAILED',
    ],
    ['facts of the other room in its place', () => ({ ...GOOD(), sealFacts: GOOD().pathFacts }), 'SEAL_EVIDENCE', 'FAILED'],
    [
      'facts of the other kind by the right room',
      () => ({ ...GOOD(), sealFacts: sealed({ type: 'PathFacts' }, SEAL_FACTS) }),
      'SEAL_EVIDENCE',
      'FAILED',
    ],
    [
      'facts swapped with each other',
      () => ({ sealFacts: GOOD().pathFacts, pathFacts: GOOD().sealFacts }),
      'CERTIFICATE_EVIDENCE',
      'FAILED',
    ],
    [
      'stale facts',
      () => ({ ...GOOD(), sealFacts: sealed({ producedAt: NOW - 61_000 }, SEAL_FACTS) }),
      'SEAL_EVIDENCE',
      'FAILED',
    ],
    [
      'facts from the future',
      () => ({ ...GOOD(), pathFacts: sealed({ ...PATHS, producedAt: NOW + 60_000 }, pathFactsOf(WELL)) }),
      'CERTIFICATE_EVIDENCE',
      'FAILED',
    ],
    [
      'facts on a seal where a signature is asked about',
      () => ({ ...GOOD(), sealFacts: sealed({}, sealFactsOf({ ...WELL, subject: 'SEAL' })) }),
      'SEAL_EVIDENCE',
      'UNKNOWN',
    ],
  ] as const)('%s never pass, and the answer names them', async (_, representation, check, outcome) => {
    const conclusion = await conclude(representation())
    expect(conclusion?.indication).toBe('INDETERMINATE')
    expect(conclusion?.because).toContainEqual(expect.objectContaining({ check, outcome }))
    expect(warn.mock.calls.length > 0).toBe(outcome === 'FAILED')
  })

  test('facts about other certificates help nobody', async () => {
    const others = { certificates: pathFactsOf(WELL).certificates.map((one, i) => ({ ...one, fingerprint: `${i}`.repeat(64) })) }
    const conclusion = await conclude({ ...GOOD(), pathFacts: sealed(PATHS, others) })
    expect(conclusion).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE' })
  })

  test('left out, the relying division is the hub and the requirement is that of its policy', async () => {
    const query = CONCLUSION.replace('(reliedOnIn: "350000")', '')
    const { data } = await ask(query, { representations: [{ __typename: 'SignatureVerification', id: ID, ...GOOD() }] })
    expect(data).toMatchObject({ _entities: [{ conclusion: { reliedOnIn: '410000', policy: { revocation: 'REQUIRED' } } }] })
  })

  test('an argument that is no time or division is BAD_INPUT, and so is a moment of knowledge in the future', async () => {
    for (const bad of ['at: "yesterday"', 'reliedOnIn: "4117"', 'knownAt: "2030-01-01"']) {
      const query = CONCLUSION.replace('reliedOnIn: "350000"', bad)
      const { errors } = await ask(query, { representations: [{ __typename: 'SignatureVerification', id: ID, ...GOOD() }] })
      expect(JSON.stringify(errors)).toContain('BAD_INPUT')
    }
  })

  test('a registered seal, a seal file and a certificate are judged the same way', async () => {
    const sealFacts = (entityId: string) => sealed({ entityId }, sealFactsOf({ ...WELL, subject: 'SEAL' }))
    const pathFacts = (entityId: string) => sealed({ ...PATHS, entityId }, pathFactsOf(WELL))
    const { data, errors } = await ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Seal { decision { indication } } ... on SealInspection { conclusion { indication } }
        ... on Certificate { trust(purpose: SEAL_MAKING) { indication } services { role scope until } } } }`,
      {
        representations: [
          { __typename: 'Seal', code: '41', sealFacts: sealFacts('41'), pathFacts: pathFacts('41') },
          { __typename: 'SealInspection', id: ID, sealFacts: sealFacts(ID), pathFacts: pathFacts(ID) },
          { __typename: 'Certificate', fingerprint: MAKER, pathFacts: pathFacts(MAKER) },
        ],
      },
    )
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      _entities: [
        { decision: { indication: 'TOTAL_PASSED' } },
        { conclusion: { indication: 'TOTAL_PASSED' } },
        { trust: { indication: 'TOTAL_PASSED' }, services: [{ role: 'MAKER', scope: '4117', until: null }] },
      ],
    })
  })
})

describe('the lists over the graph', () => {
  test('an import is row by row and takes effect at once', async () => {
    const rows = [...SERVICES, service('MAKER', 'no fingerprint')]
    const { data } = await ask(IMPORT, { services: rows }, ADMINISTRATOR)
    expect(data).toMatchObject({
      importTrustServices: {
        rows: [
          { outcome: 'IMPORTED', service: { from: '2010-01-01T00:00:00.000Z' } },
          { outcome: 'IMPORTED' },
          { outcome: 'IMPORTED' },
          { outcome: 'REFUSED', service: null, refusal: { code: 'BAD_FINGERPRINT' } },
        ],
      },
    })
    const listed = await ask(
      '{ trustServices(role: MAKER, division: "411728") { nodes { fingerprint } pageInfo { hasNextPage } } }',
    )
    expect(listed.data).toEqual({ trustServices: { nodes: [{ fingerprint: MAKER }], pageInfo: { hasNextPage: false } } })
  })

  test('pages follow each other and end', async () => {
    await ask(IMPORT, { services: SERVICES }, ADMINISTRATOR)
    const query =
      'query ($after: String) { trustServices(first: 2, after: $after) { nodes { role } pageInfo { endCursor hasNextPage } } }'
    const first = (await ask(query)).data as { trustServices: { pageInfo: { endCursor: string } } }
    expect(first).toMatchObject({
      trustServices: { nodes: [{ role: 'ANCHOR' }, { role: 'CA' }], pageInfo: { hasNextPage: true } },
    })
    const second = await ask(query, { after: first.trustServices.pageInfo.endCursor })
    expect(second.data).toMatchObject({ trustServices: { nodes: [{ role: 'MAKER' }], pageInfo: { hasNextPage: false } } })
    expect(JSON.stringify((await ask(query, { after: 'nobody' })).errors)).toContain('BAD_INPUT')
  })

  test('nobody without the scope changes the lists or asks for standing', async () => {
    for (const caller of [PUBLIC, ADAPTER]) {
      expect(JSON.stringify((await ask(IMPORT, { services: SERVICES }, caller)).errors)).toContain('FORBIDDEN')
    }
    const standing = await ask(`{ memberFacts(platform: "411728", fingerprint: "${SIGNER}") }`)
    expect(JSON.stringify(standing.errors)).toContain('FORBIDDEN')
    expect((await ask('{ trustServices { nodes { id } } }')).data).toEqual({ trustServices: { nodes: [] } })
  })

  test('an adapter gets the standing of a platform as sealed facts, and null where there is none', async () => {
    const platform = service('PLATFORM', SIGNER, { name: '411728', scope: '411728' })
    await ask(IMPORT, { services: [platform] }, ADMINISTRATOR)
    const query = `{ memberFacts(platform: "411728", fingerprint: "${SIGNER}") other: memberFacts(platform: "411700", fingerprint: "${SIGNER}") }`
    const { data } = await ask(query, {}, ADAPTER)
    const { memberFacts, other } = data as { memberFacts: string; other: null }
    const label = { producer: 'trust', type: 'MemberFacts', entityId: '411728' } as const
    expect(openFacts(memberFacts, label, NOW, KEY)).toMatchObject({ platform: '411728', scope: '411728' })
    expect(other).toBeNull()
  })

  test('the hub publishes its list, anyone reads it, and a hub that lists its operator takes it in', async () => {
    const operator = service('LIST_OPERATOR', HENAN.fingerprint, { name: '410000' })
    await ask(IMPORT, { services: [...SERVICES, operator] }, ADMINISTRATOR)
    const publish = 'mutation { publishTrustList { outcome list { territory sequence own state bytes } } }'
    const { data } = await ask(publish, {}, ADMINISTRATOR)
    const { publishTrustList } = data as { publishTrustList: { list: { bytes: string } } }
    expect(publishTrustList).toMatchObject({
      outcome: 'IMPORTED',
      list: { territory: '410000', sequence: 1, own: true, state: 'CURRENT' },
    })
    const { bytes } = publishTrustList.list
    const taken = await ask(
      'mutation ($list: Base64!) { importTrustList(list: $list) { outcome list { sequence own } } }',
      { list: bytes },
      ADMINISTRATOR,
    )
    expect(taken.data).toEqual({ importTrustList: { outcome: 'IMPORTED', list: { sequence: 1, own: false } } })
    const read = await ask(
      '{ trustLists { own sequence } trustList(territory: "410000", own: true) { bytes } none: trustList(territory: "350000") { digest } }',
    )
    expect(read.data).toEqual({
      trustLists: [
        { own: false, sequence: 1 },
        { own: true, sequence: 1 },
      ],
      trustList: { bytes },
      none: null,
    })
  })

  test('a list that is refused says so by its code, and nobody without the scope brings or publishes one', async () => {
    const bring = 'mutation ($list: Base64!) { importTrustList(list: $list) { outcome } }'
    const list = Buffer.from('no list').toString('base64')
    expect(JSON.stringify((await ask(bring, { list }, ADMINISTRATOR)).errors)).toContain('UNREADABLE')
    expect(JSON.stringify((await ask(bring, { list })).errors)).toContain('FORBIDDEN')
    expect(JSON.stringify((await ask('mutation { publishTrustList { outcome } }')).errors)).toContain('FORBIDDEN')
  })

  test('recognition is told class by class with the article of the policy', async () => {
    const query =
      '{ recognition(reliedOnIn: "350000", issuedIn: "540000") { classes { class recognised rule { clause } explanation { zh } } } }'
    const { data } = await ask(query)
    expect(data).toMatchObject({
      recognition: {
        classes: [
          { class: 'PUBLIC', recognised: true },
          { class: 'POSITION', recognised: true },
          { class: 'PRIVATE', recognised: false },
          { class: 'UNKNOWN', recognised: false },
        ],
      },
    })
  })
})

test('a hub whose division is no division does not start', async () => {
  const options = {
    database: ':memory:',
    factsKey: KEY,
    now: () => NOW,
    log: { info: warn, warn, error: warn },
    policies: loadPolicies('policies'),
  }
  await expect(startTrust({ ...options, division: '41' })).rejects.toMatchObject({ code: 'BAD_INPUT' })
})

/** One character of the payload changed. */
function altered(text: string): string {
  const at = text.length >> 1
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
}
