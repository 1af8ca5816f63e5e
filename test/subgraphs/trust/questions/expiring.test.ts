import { expect, onTestFinished, test } from 'vitest'
import { encodeSignedData } from '../../../../pki/cms/signed-data.ts'
import { loadPolicies } from '../../../../policies/load.ts'
import { SILENT } from '../../../../runtime/log.ts'
import type { TrustStatement } from '../../../../subgraphs/trust/service.ts'
import { startTrust } from '../../../../subgraphs/trust/start.ts'
import { encodeTrustList } from '../../../../subgraphs/trust/trust-list.ts'
import { testPki } from '../../../support/pki.ts'

const NOW = Date.UTC(2026, 0, 1)
const DAY = 86_400_000
const operator = testPki(NOW, '到期').issue('发布者')
const digest = (digits: string) => digits.repeat(32)

async function room() {
  const trust = await startTrust({
    database: ':memory:',
    factsKey: new Uint8Array(32).fill(1),
    now: () => NOW,
    log: SILENT,
    policies: loadPolicies('policies'),
    division: '350000',
  })
  onTestFinished(() => trust.close())
  return async (query: string, variables: object = {}) => {
    const context = { caller: { id: 'operator', scopes: ['administrator'] as const }, requestId: 'test' }
    const { data, errors } = await trust.execute({ query, variables: { ...variables }, context })
    expect(errors).toBeUndefined()
    return JSON.parse(JSON.stringify(data))
  }
}

const IMPORT = 'mutation ($s: [TrustServiceInput!]!) { importTrustServices(services: $s) { rows { outcome } } }'
const IMPORT_LIST = 'mutation ($list: Base64!) { importTrustList(list: $list) { outcome } }'
const EXPIRING = '{ expiring(within: 30) { certificateEnds { fingerprint name notAfter } endsUnknown complete } }'

test('a certificate on a list that runs out soon is told by the word of the list, though nobody here holds it', async () => {
  const ask = await room()
  const own = { role: 'MAKER', scope: '35', from: '2020-01-01' }
  const rows = [
    { ...own, fingerprint: digest('aa'), name: '明日到期', notAfter: new Date(NOW + DAY).toISOString() },
    { ...own, fingerprint: digest('ab'), name: '来年到期', notAfter: new Date(NOW + 400 * DAY).toISOString() },
    { role: 'LIST_OPERATOR', fingerprint: operator.fingerprint, name: '410000', scope: '41', from: '2020-01-01' },
  ]
  await ask(IMPORT, { s: rows })
  const maker = (digits: string, name: string, notAfter: number): TrustStatement => ({
    role: 'MAKER',
    fingerprint: digest(digits),
    name,
    scope: '41',
    span: { from: 0, until: null },
    evidence: null,
    list: '410000',
    notAfter,
  })
  const ended = { ...maker('ba', '已终止的服务', NOW + DAY), span: { from: 0, until: NOW - DAY } }
  const statements = [maker('bb', '十日到期', NOW + 10 * DAY), maker('bc', '已经到期', NOW - DAY), ended]
  const list = { territory: '410000', operator: '河南', sequence: 1, issuedAt: NOW, nextUpdate: NOW + 90 * DAY, statements }
  const signed = await encodeSignedData(encodeTrustList(list), operator.signer)
  await ask(IMPORT_LIST, { list: Buffer.from(signed).toString('base64') })

  const { expiring } = await ask(EXPIRING)
  expect(expiring.certificateEnds.map(({ name }: { name: string }) => name)).toEqual(['已经到期', '明日到期', '十日到期'])
  expect(expiring).toMatchObject({ endsUnknown: 1, complete: true }) // nobody says when the operator's certificate runs out
})
