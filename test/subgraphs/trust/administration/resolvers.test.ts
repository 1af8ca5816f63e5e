import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Caller } from '../../../../model/caller.ts'
import type { Subgraph } from '../../../../model/subgraph.ts'
import { loadPolicies } from '../../../../policies/load.ts'
import { startTrust } from '../../../../subgraphs/trust/start.ts'
import { MAKER } from '../world.ts'

const OPERATOR: Caller = { id: 'operator', scopes: ['member', 'adapter', 'administrator'] }
const LI: Caller = { id: 'administrator:li', scopes: ['member', 'administrator'] }
const WANG: Caller = { id: 'administrator:wang', scopes: ['member', 'administrator'] }
const GUEST: Caller = { id: 'guest:door', scopes: ['adapter'] }
const PUBLIC: Caller = { id: 'public', scopes: [] }
const ROW = { role: 'MAKER', fingerprint: MAKER, name: '制章者', scope: '41', from: '2025-01-01', evidence: '批复' }
const AGREEMENT = {
  reliedOnIn: '410000',
  issuedIn: '540000',
  classes: ['PRIVATE'],
  enactedFrom: '2026-01-01',
  article: '备忘录 3',
}

let trust: Subgraph

beforeEach(async () => {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const place = { database: ':memory:', factsKey: new Uint8Array(32), division: '410000', policies: loadPolicies('policies') }
  trust = await startTrust({ ...place, log, now: () => Date.UTC(2026, 0, 2) })
  onTestFinished(() => trust.close())
})

async function ask(caller: Caller, query: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await trust.execute({ query, variables, context: { caller, requestId: 'test' } })
  return errors ? errors[0]?.extensions?.code : data
}

const IMPORT = `mutation ($services: [TrustServiceInput!]!) {
  importTrustServices(services: $services) { rows { outcome refusal { code } } proposal { id state why summary { zh } } } }`
const ENACT = `mutation ($agreement: AgreementInput!) { enactAgreement(agreement: $agreement) { id } }`
const PROPOSE = `mutation ($agreement: AgreementInput!) { proposeAgreement(agreement: $agreement, why: "备忘录") { id } }`
const APPROVE = `mutation ($id: ID!) { approveTrustProposal(id: $id) { state proposedBy decidedBy } }`
const ADD = `mutation ($name: ID!, $digest: ID!) { addAdministrator(name: $name, tokenDigest: $digest, why: "任命") { outcome } }`

async function founded(): Promise<void> {
  for (const [name, digest] of [
    ['li', 'a'.repeat(64)],
    ['wang', 'b'.repeat(64)],
  ])
    expect(await ask(OPERATOR, ADD, { name, digest })).toMatchObject({ addAdministrator: { outcome: 'DONE' } })
}

test('the operator alone imports at once, and with administrators only what two of them want is done', async () => {
  expect(await ask(OPERATOR, IMPORT, { services: [ROW] })).toMatchObject({
    importTrustServices: { rows: [{ outcome: 'IMPORTED' }], proposal: null },
  })
  await founded()
  const services = [
    { ...ROW, scope: '35' },
    { ...ROW, scope: 'x' },
  ]
  const { importTrustServices } = (await ask(OPERATOR, IMPORT, { services })) as {
    importTrustServices: { rows: object[]; proposal: { id: string; why: string } }
  }
  expect(importTrustServices).toMatchObject({
    rows: [{ outcome: 'PROPOSED' }, { outcome: 'REFUSED', refusal: { code: 'BAD_SCOPE' } }],
    proposal: { state: 'OPEN', why: '批复' },
  })
  const scopes = () => ask(PUBLIC, '{ trustServices { nodes { scope } } }')
  expect(await scopes()).toMatchObject({ trustServices: { nodes: [{ scope: '41' }] } })
  expect(await ask(LI, APPROVE, { id: importTrustServices.proposal.id })).toMatchObject({
    approveTrustProposal: { state: 'DONE', proposedBy: 'operator', decidedBy: LI.id },
  })
  expect(await scopes()).toMatchObject({ trustServices: { nodes: [{ scope: '35' }, { scope: '41' }] } })
})

test('an agreement is enacted by two people where there are two', async () => {
  await founded()
  expect(await ask(LI, ENACT, { agreement: AGREEMENT })).toBe('POLICY')
  const { proposeAgreement } = (await ask(LI, PROPOSE, { agreement: AGREEMENT })) as { proposeAgreement: { id: string } }
  expect(await ask(LI, APPROVE, { id: proposeAgreement.id })).toBe('FORBIDDEN')
  expect(await ask(WANG, APPROVE, { id: proposeAgreement.id })).toMatchObject({ approveTrustProposal: { state: 'DONE' } })
  expect(await ask(PUBLIC, '{ agreements { nodes { issuedIn } } }')).toMatchObject({
    agreements: { nodes: [{ issuedIn: '540000' }] },
  })
})

test('administrators read the audit, newest first; the public reads nothing of it and changes nothing', async () => {
  await ask(OPERATOR, IMPORT, { services: [ROW] })
  await founded()
  const audit = '{ administrationEvents { nodes { kind by why summary { zh } } } administrators { name } }'
  expect(await ask(LI, audit)).toMatchObject({
    administrationEvents: { nodes: [{ kind: 'DONE_DIRECTLY', by: 'operator', why: '任命' }, {}, { why: '批复' }] },
    administrators: [{ name: 'li' }, { name: 'wang' }],
  })
  for (const query of [audit, '{ trustProposals { id } }', '{ administratorOf(tokenDigest: "x") }'])
    expect(await ask(PUBLIC, query)).toBe('FORBIDDEN')
  expect(await ask(PUBLIC, IMPORT, { services: [ROW] })).toBe('FORBIDDEN')
  expect(await ask(PUBLIC, APPROVE, { id: 'x' })).toBe('FORBIDDEN')
})

test('the door finds out whose token it is by its digest, and nobody else may ask', async () => {
  await founded()
  const whose = (digest: string) => `{ administratorOf(tokenDigest: "${digest.repeat(64)}") }`
  expect(await ask(GUEST, whose('b'))).toEqual({ administratorOf: 'wang' })
  expect(await ask(GUEST, whose('c'))).toEqual({ administratorOf: null })
  expect(await ask(LI, whose('b'))).toBe('FORBIDDEN')
})
