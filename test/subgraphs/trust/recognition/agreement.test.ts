import { expect, onTestFinished, test } from 'vitest'
import { parseInstant } from '../../../../model/time.ts'
import { loadPolicies } from '../../../../policies/load.ts'
import { startTrust } from '../../../../subgraphs/trust/start.ts'

const ADMINISTRATOR = { id: 'operator', scopes: ['administrator'] } as const
const PUBLIC = { id: 'public', scopes: [] } as const

const TERMS = {
  reliedOnIn: '350000',
  issuedIn: '540000',
  classes: ['PRIVATE'],
  enactedFrom: '2025-01-01',
  article: '闽藏 3',
}

async function open() {
  const clock = { now: parseInstant('2025-06-01') }
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const options = { database: ':memory:', factsKey: new Uint8Array(32), log, policies: loadPolicies('policies') }
  const trust = await startTrust({ ...options, now: () => clock.now, division: '410000' })
  onTestFinished(() => trust.close())
  const ask = async (query: string, caller: typeof ADMINISTRATOR | typeof PUBLIC = PUBLIC, variables: object = {}) => {
    const { data, errors } = await trust.execute({ query, variables: { ...variables }, context: { caller, requestId: 'test' } })
    return { data: JSON.parse(JSON.stringify(data ?? null)), code: errors?.[0]?.extensions?.code ?? null }
  }
  const enact = (given: object = {}) =>
    ask('mutation ($agreement: AgreementInput!) { enactAgreement(agreement: $agreement) { id recordedAt } }', ADMINISTRATOR, {
      agreement: { ...TERMS, ...given },
    })
  const repeal = (id: string, from: string) =>
    ask(`mutation { repealAgreement(id: "${id}", from: "${from}", reason: "到期") { repealedFrom } }`, ADMINISTRATOR)
  return { clock, ask, enact, repeal }
}

const recognised = (more = '') =>
  `{ recognised(reliedOnIn: "350000", issuedIn: "540000", class: PRIVATE${more}) { recognised basis rule { clause } agreement { id } timeEvaluated } }`

test('an agreement counts from its enactment to its repeal, as known at the moment of knowledge', async () => {
  const { clock, ask, enact, repeal } = await open()
  expect((await ask(recognised())).data.recognised).toMatchObject({ recognised: false, basis: 'NONE', agreement: null })
  const { id } = (await enact()).data.enactAgreement
  expect((await enact()).data.enactAgreement.id).toBe(id)
  expect((await ask(recognised())).data.recognised).toEqual({
    recognised: true,
    basis: 'AGREEMENT',
    rule: { clause: '闽藏 3' },
    agreement: { id },
    timeEvaluated: '2025-06-01T00:00:00.000Z',
  })
  clock.now = parseInstant('2025-09-01')
  expect((await repeal(id, '2025-07-01')).data.repealAgreement.repealedFrom).toBe('2025-07-01T00:00:00.000Z')
  for (const [more, expected] of [
    ['', false],
    [', at: "2025-06-30T23:59:59Z"', true],
    [', at: "2025-07-01"', false],
    [', at: "2024-12-31"', false],
    [', at: "2025-08-01", knownAt: "2025-08-01"', true],
    [', knownAt: "2025-05-31", at: "2025-05-31"', false],
  ] as const)
    expect((await ask(recognised(more))).data.recognised.recognised, more).toBe(expected)
  expect((await repeal(id, '2025-08-01')).code).toBe('CONFLICT')
  expect((await repeal(id, '2025-03-01')).code).toBeNull()
  const history = (await ask('{ agreements { nodes { repealedFrom history { repealedFrom } } } }')).data.agreements.nodes
  expect(history).toHaveLength(1)
  expect(history[0].history.map(({ repealedFrom }: { repealedFrom: string | null }) => repealedFrom)).toEqual([
    null,
    '2025-07-01T00:00:00.000Z',
    '2025-03-01T00:00:00.000Z',
  ])
})

test('what is no agreement is refused, and nobody but an administrator makes one', async () => {
  const { ask, enact, repeal } = await open()
  for (const wrong of [
    { classes: ['UNKNOWN', 'PUBLIC'] },
    { classes: [] },
    { assurance: 6 },
    { article: ' ' },
    { repealedFrom: '2024-01-01' },
    { reliedOnIn: '35' },
  ])
    expect((await enact(wrong)).code, JSON.stringify(wrong)).toBe('BAD_INPUT')
  await enact()
  expect((await enact({ repealedFrom: '2026-01-01' })).code).toBe('CONFLICT')
  expect((await repeal('none', '2025-01-01')).code).toBe('NOT_FOUND')
  expect((await ask('mutation { repealAgreement(id: "1", from: "2025-01-01", reason: "x") { id } }')).code).toBe('FORBIDDEN')
})

test('recognition is asked by what was known, never by what is not known yet, and by default as of that moment', async () => {
  const { ask, enact } = await open()
  await enact({ enactedFrom: '2025-03-01' })
  expect((await ask(recognised(', knownAt: "2025-06-02"'))).code).toBe('BAD_INPUT')
  expect((await ask(recognised(', knownAt: "2025-06-01"'))).code).toBeNull()
  const told = (await ask(recognised(', knownAt: "2025-02-01"'))).data.recognised
  expect(told).toMatchObject({ recognised: false, timeEvaluated: '2025-02-01T00:00:00.000Z' })
})

test('agreements are listed by division, moment and moment of knowledge; divisions below a province that have one stand in the matrix', async () => {
  const { ask, enact } = await open()
  await enact({ repealedFrom: '2025-07-01' })
  await enact({ reliedOnIn: '350100', issuedIn: '540100', enactedFrom: '2025-03-01' })
  const listed = async (given: string) =>
    (await ask(`{ agreements${given} { nodes { reliedOnIn } } }`)).data.agreements.nodes.map(
      (node: { reliedOnIn: string }) => node.reliedOnIn,
    )
  expect(await listed('')).toEqual(['350000', '350100'])
  expect(await listed('(reliedOnIn: "350100")')).toEqual(['350100'])
  expect(await listed('(issuedIn: "540000")')).toEqual(['350000'])
  expect(await listed('(at: "2025-02-01")')).toEqual(['350000'])
  expect(await listed('(at: "2025-08-01")')).toEqual(['350100'])
  expect(await listed('(knownAt: "2025-05-01")')).toEqual([])
  const divisions = async (given: string) =>
    (await ask(`{ recognitionMatrix${given} { divisions } }`)).data.recognitionMatrix.divisions
  expect(await divisions('')).toEqual(expect.arrayContaining(['350100', '540100']))
  expect(await divisions('(at: "2025-02-01")')).not.toContain('350100')
})

test('the matrix shows who accepts whose seals, and what is not returned', async () => {
  const { ask, enact } = await open()
  const { id } = (await enact()).data.enactAgreement
  const { data } = await ask(
    '{ recognitionMatrix(divisions: ["350000", "540000"]) { rows { reliedOnIn cells { issuedIn accepted notReturned agreements } } } }',
  )
  const [fujian, tibet] = data.recognitionMatrix.rows
  expect(fujian.cells[1]).toEqual({
    issuedIn: '540000',
    accepted: ['PUBLIC', 'POSITION', 'PRIVATE'],
    notReturned: ['PRIVATE'],
    agreements: [id],
  })
  expect(tibet.cells[0]).toEqual({ issuedIn: '350000', accepted: ['PUBLIC', 'POSITION'], notReturned: [], agreements: [] })
  expect(tibet.cells[1].accepted).toEqual(['PUBLIC', 'POSITION', 'PRIVATE', 'UNKNOWN'])
  expect((await ask('{ recognitionMatrix { divisions } }')).data.recognitionMatrix.divisions).toHaveLength(34)
  const many = Array.from({ length: 65 }, (_, i) => `"${100_000 + i}"`).join()
  expect((await ask(`{ recognitionMatrix(divisions: [${many}]) { at } }`)).code).toBe('TOO_LARGE')
})

test('tax is a domain of its own: by the measure nobody is recognised for it, not at home either', async () => {
  const { ask, enact } = await open()
  const tax = '{ recognition(reliedOnIn: "540000", issuedIn: "540000", use: { purpose: TAX }) { classes { class recognised } } }'
  const classes = async () => (await ask(tax)).data.recognition.classes.filter((one: { recognised: boolean }) => one.recognised)
  expect(await classes()).toEqual([])
  await enact({ purposes: ['TAX'] })
  expect(await classes()).toEqual([])
})
