import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, PUBLIC } from '../../../model/caller.ts'
import type { SealFacts } from '../../../model/facts.ts'
import { openFacts } from '../../../model/sealed-facts.ts'
import type { Subgraph } from '../../../model/subgraph.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import { SILENT } from '../../../runtime/log.ts'
import { startSeals } from '../../../subgraphs/seals/start.ts'
import { CONTENT, MADE_AT, pki, sealOf, signatureWith } from '../../support/seals.ts'
import { CODE, changed, FACTS_KEY, Member, NOW, POLICIES, property, registered } from './member.ts'

const MEMBER: Caller = { id: 'platform:350000', scopes: ['member'] }
const ADAPTER: Caller = { id: 'county', scopes: ['adapter'] }
const POSITION = '41172800000005'
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const day = 86_400_000

let subgraph: Subgraph
let now = NOW
const files = new Map<string, Uint8Array>()
const member = new Member()

type Answer = object

async function ask(query: string, variables: object = {}, caller = PUBLIC) {
  const context = { caller, requestId: 'test' }
  const { data, errors } = await subgraph.execute({ query, variables: { ...variables }, context })
  return { data: (data ?? {}) as Answer, codes: (errors ?? []).map(({ extensions }) => extensions.code) }
}

async function push(...events: Parameters<Member['envelope']>[0]) {
  const { lines, header } = member.envelope(events)
  const variables = {
    envelope: base64(await member.signed(lines)),
    memberFacts: member.facts({ standingUntil: now + 1000 }, now),
  }
  const mutation =
    'mutation ($envelope: Base64!, $memberFacts: SealedFacts!) { admitEnvelope(envelope: $envelope, memberFacts: $memberFacts) { platform sequence messageId recordedAt repeated receipt rows { row code outcome refusal { code reason { zh en } } } } }'
  const answer = await ask(mutation, variables, ADAPTER)
  member.sequence = header.sequence
  member.previous = sm3Hex(lines)
  return answer
}

beforeAll(async () => {
  const file = (digest: string) => Promise.resolve(files.get(digest) ?? null)
  const signer = pki.issue('枢纽').signer
  const options = {
    database: ':memory:',
    factsKey: FACTS_KEY,
    now: () => now,
    log: SILENT,
    files: { read: file },
    signer,
    policies: POLICIES,
  }
  subgraph = await startSeals(options)
  const second = await registered({ code: POSITION }, property({ type: 5, name: '张三' }))
  const { data, codes } = await push(await registered(), second, changed('SUSPENDED', { code: POSITION, reason: 'LOSS' }))
  expect(codes).toEqual([])
  expect(data).toMatchObject({
    admitEnvelope: {
      sequence: 1,
      repeated: false,
      rows: [{ outcome: 'ADMITTED' }, { outcome: 'ADMITTED' }, { outcome: 'ADMITTED' }],
    },
  })
})
afterAll(() => subgraph.close())

describe('a seal', () => {
  const query = `query ($code: SealCode!, $at: DateTime, $knownAt: DateTime) { seal(code: $code) {
    code name class kind typeCode jurisdiction issuer format revision notBefore notAfter registeredAt owner { name creditCode }
    status(at: $at, knownAt: $knownAt) { state since until reason knownSince valid freshness { kind age bound } } timeline { kind effectiveAt recordedAt reason }
  } }`

  test('is shown to the public with its status, validity and freshness', async () => {
    const { data } = await ask(query, { code: CODE })
    expect(data).toMatchObject({
      seal: {
        code: CODE,
        name: '遂平县民政局',
        class: 'PUBLIC',
        kind: 'LEGAL_NAME',
        jurisdiction: '411728',
        issuer: '411728',
        format: 'SES_V4',
        registeredAt: new Date(NOW).toISOString(),
        timeline: [{ kind: 'REGISTERED' }],
        status: {
          state: 'ACTIVE',
          since: new Date(MADE_AT).toISOString(),
          valid: true,
          freshness: { kind: 'FRESH', age: 0, bound: 259_200 },
        },
      },
    })
  })

  test('of a person is masked for the public and shown to a member', async () => {
    expect((await ask(query, { code: POSITION })).data).toMatchObject({ seal: { name: '张＊＊', owner: null } })
    expect((await ask(query, { code: POSITION }, MEMBER)).data).toMatchObject({ seal: { name: '张三' } })
  })

  test('that nobody registered is null, and a code that is none is refused', async () => {
    expect((await ask(query, { code: '99999999999999' })).data).toEqual({ seal: null })
    for (const code of ['', 'a b', 'x'.repeat(65), '印章']) expect((await ask(query, { code })).codes).toEqual(['BAD_INPUT'])
  })

  test('has the status of any moment, as known at any moment', async () => {
    const at = (instant: number) => new Date(instant).toISOString()
    const state = async (variables: object) => (await ask(query, { code: POSITION, ...variables })).data
    expect(await state({})).toMatchObject({ seal: { status: { state: 'SUSPENDED', reason: 'LOSS', valid: false } } })
    expect(await state({ at: at(NOW - 2000) })).toMatchObject({ seal: { status: { state: 'ACTIVE', until: at(NOW - 1001) } } })
    expect(await state({ at: at(MADE_AT - day) })).toMatchObject({ seal: { status: { state: 'UNREGISTERED', since: null } } })
    expect(await state({ knownAt: at(NOW - 1) })).toMatchObject({ seal: { status: { state: 'UNREGISTERED' } } })
  })

  test('refuses a time that is none', async () => {
    expect((await ask(query, { code: CODE, at: 'yesterday' })).codes).toEqual(['BAD_INPUT'])
  })

  test('goes stale when its platform is silent for more than 72 hours', async () => {
    now = NOW + 3 * day + 1000
    const { data } = await ask(query, { code: CODE })
    expect(data).toMatchObject({ seal: { status: { state: 'ACTIVE', freshness: { kind: 'STALE', bound: 259_200 } } } })
    now = NOW
  })

  test('gives the judge facts about itself and nothing else', async () => {
    const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Seal { code certificates makerFingerprint signerFingerprint sealFacts } } }`
    const representations = [CODE, '99999999999999', POSITION].map((code) => ({ __typename: 'Seal', code }))
    const { data } = await ask(entities, { representations })
    const [seal, unknown] = (data as { _entities: ({ sealFacts: string; certificates: string[] } | null)[] })._entities
    expect(unknown).toBeNull()
    expect(seal).toMatchObject({ makerFingerprint: pki.maker.fingerprint, signerFingerprint: pki.signer.fingerprint })
    expect(seal?.certificates).toEqual([pki.maker.certificate, pki.signer.certificate].map(base64))
    const facts = openFacts<SealFacts>(
      seal?.sealFacts ?? '',
      { producer: 'seals', type: 'SealFacts', entityId: CODE },
      now,
      FACTS_KEY,
    )
    expect(facts).toMatchObject({
      subject: 'SEAL',
      seal: { code: CODE },
      registration: { platform: '411728', division: '411728', heardAt: NOW },
    })
    expect(facts.registration?.timeline).toHaveLength(1)
    expect(facts.registration?.sealDigests).toEqual([facts.digest])
  })
})

describe('lists', () => {
  const connection = 'nodes { code } pageInfo { endCursor hasNextPage }'

  test('are for members only', async () => {
    for (const query of [`{ seals { ${connection} } }`, `{ sealStatuses(codes: ["1"]) { code } }`])
      expect((await ask(query)).codes).toEqual(['FORBIDDEN'])
  })

  test('of seals are paged by cursor and filtered by division, platform and state', async () => {
    const seals = (words: string) => ask(`{ seals(${words}) { ${connection} } }`, {}, MEMBER)
    const first = (await seals('first: 1')).data as { seals?: { pageInfo: { endCursor: string } } }
    expect(first).toMatchObject({ seals: { nodes: [{ code: CODE }], pageInfo: { hasNextPage: true } } })
    const after = first.seals?.pageInfo.endCursor
    expect((await seals(`first: 1, after: "${after}"`)).data).toMatchObject({
      seals: { nodes: [{ code: POSITION }], pageInfo: { hasNextPage: false } },
    })
    expect((await seals('filter: { division: "350000" }')).data).toMatchObject({
      seals: { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } },
    })
    expect((await seals('filter: { division: "410000", state: SUSPENDED, platform: "411728" }')).data).toMatchObject({
      seals: { nodes: [{ code: POSITION }] },
    })
    expect((await seals('filter: { platform: "other" }')).data).toMatchObject({ seals: { nodes: [] } })
    for (const words of ['first: 0', 'first: 101', 'after: "!"', 'filter: { division: "41" }'])
      expect((await seals(words)).codes).toEqual(['BAD_INPUT'])
  })

  test('of statuses answer every code in the order asked, at most 500', async () => {
    const query =
      'query ($codes: [SealCode!]!) { sealStatuses(codes: $codes) { code status { state freshness { kind reason { zh } } } } }'
    const { data } = await ask(query, { codes: [POSITION, 'nobody', CODE, POSITION] }, MEMBER)
    const states = (data as { sealStatuses: { code: string; status: { state: string } }[] }).sealStatuses.map(
      ({ code, status }) => [code, status.state],
    )
    expect(states).toEqual([
      [POSITION, 'SUSPENDED'],
      ['nobody', 'UNREGISTERED'],
      [CODE, 'ACTIVE'],
      [POSITION, 'SUSPENDED'],
    ])
    expect((await ask(query, { codes: Array.from({ length: 501 }, () => CODE) }, MEMBER)).codes).toEqual(['TOO_LARGE'])
  })

  test('of notices are public, newest first, names masked', async () => {
    const { data } = await ask(`{ notices(first: 2) { nodes { code name kind reason } pageInfo { endCursor hasNextPage } } }`)
    expect(data).toMatchObject({
      notices: {
        nodes: [
          { code: POSITION, name: '张＊＊', kind: 'SUSPENDED', reason: 'LOSS' },
          { code: POSITION, kind: 'REGISTERED' },
        ],
        pageInfo: { hasNextPage: true },
      },
    })
    const after = (data as { notices?: { pageInfo: { endCursor: string } } }).notices?.pageInfo.endCursor
    expect(
      (await ask(`{ notices(first: 2, after: "${after}") { nodes { code } pageInfo { hasNextPage } } }`)).data,
    ).toMatchObject({ notices: { nodes: [{ code: CODE }], pageInfo: { hasNextPage: false } } })
    expect((await ask('{ notices(after: "eCB5") { nodes { code } } }')).codes).toEqual(['BAD_INPUT'])
  })
})

describe('an inspection', () => {
  const query = `query ($file: FileReference!) { inspectSeal(file: $file) {
    id format code name class vendor createdAt notBefore notAfter picture { type width height data } integrity { holds checks { check outcome rule { clause } } }
    registered { code revision } certificates makerFingerprint sealFacts } }`

  test('of a registered seal tells what is in it, that it is whole, and its registration', async () => {
    const { data, codes } = await ask(query, { file: { base64: base64(await sealOf('SES_V5')) } })
    expect(codes).toEqual([])
    expect(data).toMatchObject({
      inspectSeal: {
        format: 'SES_V5',
        code: CODE,
        vendor: 'sealhub-test',
        integrity: { holds: true },
        registered: { code: CODE, revision: 1 },
      },
    })
  })

  test('of changed bytes tells which check fails', async () => {
    const bytes = Uint8Array.from(await sealOf('SES_V4'))
    const at = Buffer.from(bytes).indexOf('遂平县民政局')
    bytes[at + 2] = (bytes[at + 2] ?? 0) ^ 1
    const { data } = await ask(query, { file: { base64: base64(bytes) } })
    const inspected = (data as { inspectSeal: { integrity: { holds: boolean; checks: object[] } } }).inspectSeal
    expect(inspected.integrity.holds).toBe(false)
    expect(inspected.integrity.checks).toContainEqual(expect.objectContaining({ check: 'SEAL_SIGNATURE', outcome: 'FAILED' }))
  })

  test('takes a file by the digest it was uploaded under', async () => {
    const seal = await sealOf('SES_V1')
    files.set(sm3Hex(seal), seal)
    expect((await ask(query, { file: { digest: sm3Hex(seal) } })).data).toMatchObject({
      inspectSeal: { id: sm3Hex(seal), format: 'SES_V1' },
    })
  })

  test.each([
    ['neither digest nor bytes', {}, 'BAD_INPUT'],
    ['both digest and bytes', { digest: 'a'.repeat(64), base64: 'AAAA' }, 'BAD_INPUT'],
    ['a digest of no file', { digest: 'a'.repeat(64) }, 'NOT_FOUND'],
    ['what is no digest', { digest: '../../etc/passwd' }, 'BAD_INPUT'],
    ['what is no base64', { base64: '***' }, 'BAD_INPUT'],
    ['nothing in it', { base64: '' }, 'UNREADABLE'],
    ['bytes of no known type', { base64: base64(Buffer.from('hello')) }, 'UNREADABLE'],
    ['over a mebibyte inline', { base64: base64(new Uint8Array(1024 * 1024 + 1)) }, 'TOO_LARGE'],
  ])('of %s is refused', async (_, file, code) => expect((await ask(query, { file })).codes).toEqual([code]))

  test('is known by nobody afterwards: its id alone gives nothing', async () => {
    const entities =
      '{ _entities(representations: [{ __typename: "SealInspection", id: "x" }]) { ... on SealInspection { sealFacts } } }'
    expect((await ask(entities)).data).toEqual({ _entities: [null] })
  })
})

describe('a verification', () => {
  const query = `query ($file: FileReference!, $content: FileReference) { verifyDocument(file: $file, content: $content) { id signatures {
    id format signedAt protects integrity { holds checks { check outcome } } seal { code registered { code } } certificates signerFingerprint sealFacts } } }`
  const content = { base64: base64(CONTENT) }
  type Verified = { verifyDocument: { signatures: { id: string; sealFacts: string; integrity: { holds: boolean } }[] } }
  const signatureOf = async (variables: object) => ((await ask(query, variables)).data as Verified).verifyDocument.signatures[0]
  const factsOf = (signature: { id: string; sealFacts: string } | undefined) =>
    openFacts<SealFacts>(
      signature?.sealFacts ?? '',
      { producer: 'seals', type: 'SealFacts', entityId: signature?.id ?? '' },
      now,
      FACTS_KEY,
    )

  test('of a signature value with its content holds, with the facts for the judge', async () => {
    const value = await signatureWith(await sealOf('SES_V4'))
    const signature = await signatureOf({ file: { base64: base64(value) }, content })
    expect(signature).toMatchObject({
      id: `${sm3Hex(value)}-${sm3Hex(CONTENT)}`,
      format: 'SES_V4',
      integrity: { holds: true },
      seal: { code: CODE, registered: { code: CODE } },
    })
    expect(factsOf(signature)).toMatchObject({
      subject: 'SIGNATURE',
      signature: { contentGiven: true },
      registration: { platform: '411728' },
    })
  })

  test('without the content does not hold', async () => {
    const value = await signatureWith(await sealOf('SES_V4'))
    expect((await signatureOf({ file: { base64: base64(value) } }))?.integrity.holds).toBe(false)
  })

  test('remembers when the hub first saw a signature that holds', async () => {
    const file = { base64: base64(await signatureWith(await sealOf('SES_V5'))) }
    expect(factsOf(await signatureOf({ file, content })).firstSeenAt).toBe(NOW)
    now = NOW + 5000
    expect(factsOf(await signatureOf({ file, content })).firstSeenAt).toBe(NOW)
    now = NOW
  })

  test('never remembers one that does not hold', async () => {
    const value = Uint8Array.from(await signatureWith(await sealOf('SES_V4')))
    value[value.length - 1] = (value.at(-1) ?? 0) ^ 1
    expect(factsOf(await signatureOf({ file: { base64: base64(value) }, content })).firstSeenAt).toBeNull()
  })

  test.each([
    ['a seal alone', null],
    ['anything else', Buffer.from('hello')],
  ])('of %s is refused as UNREADABLE', async (_, bytes) => {
    const file = { base64: base64(bytes ?? (await sealOf('SES_V4'))) }
    expect((await ask(query, { file })).codes).toEqual(['UNREADABLE'])
  })

  test('of a broken package is a verdict on the document, not a refusal', async () => {
    const file = { base64: base64(Buffer.from('PK\x03\x04rest', 'latin1')) }
    const whole =
      'query($file: FileReference!) { verifyDocument(file: $file) { kind integrity { holds checks { check outcome } } signatures { id } } }'
    expect((await ask(whole, { file })).data).toEqual({
      verifyDocument: {
        kind: 'OFD',
        integrity: { holds: false, checks: [{ check: 'DOCUMENT_FORMAT', outcome: 'FAILED' }] },
        signatures: [],
      },
    })
  })

  test('of a document that holds what is signed takes no content beside it', async () => {
    const file = { base64: base64(Buffer.from('PK\x03\x04rest', 'latin1')) }
    expect((await ask(query, { file, content })).codes).toEqual(['BAD_INPUT'])
  })
})

describe('the way in', () => {
  test('is for adapters only', async () => {
    const mutation = 'mutation { admitEnvelope(envelope: "AAAA", memberFacts: "x") { sequence } }'
    for (const caller of [PUBLIC, MEMBER]) expect((await ask(mutation, {}, caller)).codes).toEqual(['FORBIDDEN'])
    expect((await ask(mutation, {}, ADAPTER)).codes).toEqual(['UNREADABLE'])
  })

  test('tells adapters where a stream stands', async () => {
    const query = '{ streamPosition(platform: "411728", stream: "main") { sequence digest recordedAt } }'
    expect((await ask(query)).codes).toEqual(['FORBIDDEN'])
    expect((await ask(query, {}, ADAPTER)).data).toMatchObject({
      streamPosition: { sequence: member.sequence, digest: member.previous },
    })
    expect((await ask('{ streamPosition(platform: "x", stream: "main") { sequence } }', {}, ADAPTER)).data).toEqual({
      streamPosition: null,
    })
  })
})
