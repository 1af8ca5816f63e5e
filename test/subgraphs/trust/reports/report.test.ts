import { expect, onTestFinished, test } from 'vitest'
import type { Caller } from '../../../../model/caller.ts'
import { parseInstant } from '../../../../model/time.ts'
import { loadPolicies } from '../../../../policies/load.ts'
import { startTrust } from '../../../../subgraphs/trust/start.ts'
import { MAKER } from '../world.ts'

const NOW = parseInstant('2025-12-31T12:00Z')
const MEMBER: Caller = { id: 'platform:411728', scopes: ['member'] }
const ADMINISTRATOR: Caller = { id: 'operator', scopes: ['administrator'] }
const PUBLIC: Caller = { id: 'public', scopes: [] }

async function open() {
  const clock = { now: NOW }
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const options = { database: ':memory:', factsKey: new Uint8Array(32), log, policies: loadPolicies('policies') }
  const trust = await startTrust({ ...options, now: () => clock.now, division: '410000' })
  onTestFinished(() => trust.close())
  const ask = async (caller: Caller, query: string, variables: object = {}) => {
    const { data, errors } = await trust.execute({
      query,
      variables: { ...variables },
      context: { caller, requestId: 'test' },
    })
    return { data: JSON.parse(JSON.stringify(data ?? null)), code: errors?.[0]?.extensions?.code ?? null }
  }
  return { clock, ask }
}

const REFUSAL = 'mutation ($report: ReportInput!) { reportRefusal(report: $report) { id kind reportedBy answer { text } } }'
const report = (given: object = {}) => ({
  report: { subject: 'SEAL', subjectId: '41172800000001', division: '350100', agency: '某局', text: '拒收合规公章', ...given },
})

test('a refusal is reported by a member, listed, answered and counted for the administrator', async () => {
  const { ask } = await open()
  const { data } = await ask(MEMBER, REFUSAL, report())
  const { id } = data.reportRefusal
  expect(data.reportRefusal).toEqual({ id, kind: 'REFUSAL', reportedBy: 'platform:411728', answer: null })
  const misuse = REFUSAL.replace('reportRefusal', 'reportMisuse')
  expect((await ask(MEMBER, misuse, report({ agency: null, division: '411700' }))).data.reportMisuse.kind).toBe('MISUSE')
  const counts = '{ reportCounts { kind division number open } reports(open: true) { nodes { kind } pageInfo { hasNextPage } } }'
  expect((await ask(ADMINISTRATOR, counts)).data.reportCounts).toEqual([
    { kind: 'MISUSE', division: '411700', number: 1, open: 1 },
    { kind: 'REFUSAL', division: '350100', number: 1, open: 1 },
  ])
  const answer = `mutation { answerReport(id: "${id}", outcome: UPHELD, text: "已责成改正") { answer { outcome text } } }`
  expect((await ask(ADMINISTRATOR, answer)).data.answerReport.answer).toEqual({ outcome: 'UPHELD', text: '已责成改正' })
  const after = await ask(ADMINISTRATOR, counts)
  expect(after.data.reports.nodes).toEqual([{ kind: 'MISUSE' }])
  expect(after.data.reportCounts[1]).toMatchObject({ number: 1, open: 0 })
  const page = '{ reports(first: 1) { nodes { id } pageInfo { endCursor hasNextPage } } }'
  const first = (await ask(ADMINISTRATOR, page)).data.reports
  const next = (await ask(ADMINISTRATOR, page.replace('first: 1', `first: 1, after: "${first.pageInfo.endCursor}"`))).data.reports
  expect([first.pageInfo.hasNextPage, next.pageInfo.hasNextPage]).toEqual([true, false])
})

test('nobody else reports, reads or answers', async () => {
  const { ask } = await open()
  expect((await ask(PUBLIC, REFUSAL, report())).code).toBe('FORBIDDEN')
  for (const query of [
    '{ reports { nodes { id } } }',
    '{ reportCounts { number } }',
    '{ expiring { until } }',
    `{ impact(fingerprint: "${MAKER}", from: "2025-01-01") { scopes } }`,
    'mutation { answerReport(id: "1", outcome: UPHELD, text: "x") { id } }',
  ])
    expect((await ask(MEMBER, query)).code).toBe('FORBIDDEN')
})

test('a report without words, with too many or with the numbers of a person is refused', async () => {
  const { ask } = await open()
  for (const wrong of [
    { text: ' ' },
    { text: '长'.repeat(1_001) },
    { text: '持章人 11010519491231002X 拒收' },
    { text: '电话 13800138000' },
    { agency: '张三 110105194912310021' },
    { decision: 'not a digest' },
    { subjectId: 'a b' },
  ])
    expect((await ask(MEMBER, REFUSAL, report(wrong))).code).toBe('BAD_INPUT')
  expect((await ask(ADMINISTRATOR, 'mutation { answerReport(id: "none", outcome: UPHELD, text: "x") { id } }')).code).toBe(
    'NOT_FOUND',
  )
})

test('a member reports a hundred times a day, and again the next day', async () => {
  const { ask, clock } = await open()
  for (let i = 0; i < 100; i++) expect((await ask(MEMBER, REFUSAL, report())).code).toBeNull()
  expect((await ask(MEMBER, REFUSAL, report())).code).toBe('RATE_LIMITED')
  expect((await ask({ ...MEMBER, id: 'platform:540000' }, REFUSAL, report())).code).toBeNull()
  clock.now += 25 * 3_600_000
  expect((await ask(MEMBER, REFUSAL, report())).code).toBeNull()
})

test('what ends within so many days is told, the next first, and what would fall with a certificate', async () => {
  const { ask } = await open()
  const services = ['2026-01-20', '2026-01-10', '2026-06-01', null].map((until, i) => ({
    role: 'MAKER',
    fingerprint: `${i}`.repeat(64),
    name: `maker ${i}`,
    scope: '4117',
    from: '2020-01-01',
    until,
  }))
  await ask(
    ADMINISTRATOR,
    'mutation ($services: [TrustServiceInput!]!) { importTrustServices(services: $services) { rows { outcome } } }',
    {
      services,
    },
  )
  const enact =
    'mutation { enactAgreement(agreement: { reliedOnIn: "350000", issuedIn: "410000", classes: [PRIVATE], enactedFrom: "2025-01-01", repealedFrom: "2026-01-15", article: "3" }) { id repealedFrom } }'
  expect((await ask(ADMINISTRATOR, enact)).data.enactAgreement.repealedFrom).toBe('2026-01-15T00:00:00.000Z')
  const { data } = await ask(
    ADMINISTRATOR,
    '{ expiring(within: 30) { services { name } agreements { article } certificates { fingerprint } complete } }',
  )
  expect(data.expiring).toEqual({
    services: [{ name: 'maker 1' }, { name: 'maker 0' }],
    agreements: [{ article: '3' }],
    certificates: services.map(({ fingerprint }) => ({ fingerprint })),
    complete: true,
  })
  const impact = `{ impact(fingerprint: "${'3'.repeat(64)}", from: "2026-01-01") { services { name } scopes agreements lists } }`
  expect((await ask(ADMINISTRATOR, impact)).data.impact).toEqual({
    services: [{ name: 'maker 3' }],
    scopes: ['4117'],
    agreements: 1,
    lists: [],
  })
})
