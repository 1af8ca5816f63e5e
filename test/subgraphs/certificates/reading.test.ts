import { expect, test } from 'vitest'
import type { Subgraph } from '../../../model/subgraph.ts'
import { encodeOctetString } from '../../../pki/der/writer.ts'
import { SILENT } from '../../../runtime/log.ts'
import { startCertificates } from '../../../subgraphs/certificates/start.ts'
import { testOcspResponse } from '../../support/ocsp.ts'
import { testPki } from '../../support/pki.ts'
import { base64, DAY, HOUR, inline, NOW } from './support.ts'

const MEMBER = { caller: { id: 'member', scopes: ['member' as const] }, requestId: 'test' }
const pki = testPki(NOW)

async function start(files: ReadonlyMap<string, Uint8Array> = new Map()): Promise<Subgraph> {
  const options = { database: ':memory:', factsKey: new Uint8Array(32), now: () => NOW, log: SILENT }
  const subgraph = await startCertificates({ ...options, files: { read: async (digest) => files.get(digest) ?? null } })
  const certificates = [pki.root, pki.ca].map((party) => base64(party.certificate))
  await run(subgraph, 'mutation ($certificates: [Base64!]!) { importCertificates(certificates: $certificates) { rows { outcome } } }', { certificates }) // biome-ignore format: a line
  return subgraph
}

async function run<Data>(subgraph: Subgraph, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const result = await subgraph.execute({ query, variables, context: MEMBER })
  expect(result.errors).toBeUndefined()
  return result.data as Data
}

async function codeOf(subgraph: Subgraph, query: string): Promise<unknown> {
  return (await subgraph.execute({ query, context: MEMBER })).errors?.[0]?.extensions.code
}

const inspect = (fields: string) =>
  `query ($der: Base64!${fields.includes('$at') ? ', $at: DateTime' : ''}) { inspectCertificate(der: $der) { ${fields} } }`
const ofParty = (party: { certificate: Uint8Array }, more = {}) => ({ der: base64(party.certificate), ...more })

test('the subject is told attribute by attribute, in encoding order', async () => {
  const data = await run(
    await start(),
    inspect('subjectAttributes { oid type value } issuerAttributes { value }'),
    ofParty(pki.signer),
  )
  expect(data).toEqual({
    inspectCertificate: {
      subjectAttributes: [
        { oid: '2.5.4.6', type: 'C', value: 'CN' },
        { oid: '2.5.4.10', type: 'O', value: '演示' },
        { oid: '2.5.4.3', type: 'CN', value: '41172800000001' },
      ],
      issuerAttributes: [{ value: 'CN' }, { value: '演示' }, { value: '运营CA' }],
    },
  })
})

test('extensions are told in words, and one nobody reads only by its length', async () => {
  const secret = { oid: '1.2.156.10260.4.1.1', critical: false, value: encodeOctetString(Buffer.from('410000199001010000')) }
  const party = pki.issue('扩展', { crlUrls: ['http://crl.example.cn/ca.crl'], extensions: [secret] })
  const { inspectCertificate } = await run<{
    inspectCertificate: { extensions: { name: { zh: string }; value: { zh: string } }[] }
  }>(await start(), inspect('extensions { oid name { zh en } critical value { zh en } }'), ofParty(party))
  const words = Object.fromEntries(inspectCertificate.extensions.map(({ name, value }) => [name.zh, value.zh]))
  expect(words).toMatchObject({
    密钥用法: '数字签名、抗抵赖',
    'CRL 分布点': 'http://crl.example.cn/ca.crl',
    个人身份标识码: '未解读，20 字节',
  })
})

test('every candidate path is told, those valid at the moment first, and why there is none', async () => {
  const subgraph = await start()
  const fields = 'paths(at: $at) { valid certificates { fingerprint } } noPath { code }'
  const of = (party: { certificate: Uint8Array }, at?: number) =>
    run(subgraph, inspect(fields), ofParty(party, at === undefined ? {} : { at: new Date(at).toISOString() }))
  expect(await of(pki.signer)).toMatchObject({ inspectCertificate: { paths: [{ valid: true }], noPath: null } })
  expect(await of(pki.signer, NOW + 9 * 365 * DAY)).toMatchObject({ inspectCertificate: { paths: [{ valid: false }] } })
  const stranger = testPki(NOW, '别家')
  expect(await of(stranger.signer)).toMatchObject({ inspectCertificate: { paths: [], noPath: { code: 'PATH_ISSUER' } } })
})

test('certificates that expire within some days come first to expire first, page by page', async () => {
  const subgraph = await start()
  const certificates = [5, 3, 40].map((days) => base64(pki.issue(`到期${days}`, { notAfter: NOW + days * DAY }).certificate))
  await run(subgraph, 'mutation ($certificates: [Base64!]!) { importCertificates(certificates: $certificates) { rows { outcome } } }', { certificates }) // biome-ignore format: a line
  type Page = { expiringCertificates: { nodes: { notAfter: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }
  const page = (after: string | null) =>
    run<Page>(
      subgraph,
      'query ($after: String) { expiringCertificates(within: 30, first: 1, after: $after) { nodes { notAfter } pageInfo { endCursor hasNextPage } } }',
      { after },
    )
  const first = await page(null)
  const second = await page(first.expiringCertificates.pageInfo.endCursor)
  expect(
    [first, second].map(({ expiringCertificates: { nodes, pageInfo } }) => [nodes[0]?.notAfter, pageInfo.hasNextPage]),
  ).toEqual([
    [new Date(NOW + 3 * DAY).toISOString(), true],
    [new Date(NOW + 5 * DAY).toISOString(), false],
  ])
})

test('a span of days, a page size or a cursor that is none is BAD_INPUT', async () => {
  const subgraph = await start()
  for (const question of ['within: -1', 'within: 99999', 'within: 1, first: 0', 'within: 1, first: 501', 'within: 1, after: "x"'])
    expect(await codeOf(subgraph, `{ expiringCertificates(${question}) { nodes { subject } } }`)).toBe('BAD_INPUT')
  expect(await codeOf(subgraph, '{ revocationSources(after: "eA") { nodes { url } } }')).toBe('BAD_INPUT')
})

test('CRLs and OCSP responses come out of uploaded files', async () => {
  const revoked = { serialNumber: pki.signer.serialNumber, revokedAt: NOW - 2 * DAY, reason: 1, invalidityDate: NOW - 3 * DAY }
  const subgraph = await start(new Map([['uploaded', pki.crl({ entries: [revoked] })]]))
  const ocsp = testOcspResponse({ certificate: pki.maker.certificate, issuer: pki.ca, producedAt: NOW - HOUR })
  const data = await run(
    subgraph,
    `mutation ($crls: [FileReference!]!, $responses: [FileReference!]!) {
      importCrls(files: $crls) { rows { outcome entries } }
      importOcspResponses(files: $responses) { rows { outcome responder answers refusal { code } } } }`,
    { crls: [{ digest: 'uploaded' }], responses: [inline(ocsp), { digest: 'gone' }] },
  )
  expect(data).toEqual({
    importCrls: { rows: [{ outcome: 'IMPORTED', entries: 1 }] },
    importOcspResponses: {
      rows: [
        { outcome: 'IMPORTED', responder: 'C=CN,O=演示,CN=运营CA', answers: 1, refusal: null },
        { outcome: 'REFUSED', responder: null, answers: null, refusal: { code: 'NOT_FOUND' } },
      ],
    },
  })
  const status = inspect('revocation { status since revokedAt reason kind }')
  expect(await run(subgraph, status, ofParty(pki.signer))).toMatchObject({
    inspectCertificate: { revocation: { status: 'REVOKED', since: new Date(NOW - 3 * DAY).toISOString(), kind: 'CRL' } },
  })
  expect(await run(subgraph, status, ofParty(pki.maker))).toMatchObject({
    inspectCertificate: { revocation: { status: 'GOOD' } },
  })
})

test('of a moment in the future nothing is said to be good, and a moment of knowledge in the future is BAD_INPUT', async () => {
  const subgraph = await start(new Map([['uploaded', pki.crl()]]))
  await run(subgraph, 'mutation { importCrls(files: [{ digest: "uploaded" }]) { rows { outcome } } }')
  const status = inspect('revocation(at: $at) { status because }')
  const at = (moment: number) => run(subgraph, status, ofParty(pki.signer, { at: new Date(moment).toISOString() }))
  expect(await at(NOW)).toMatchObject({ inspectCertificate: { revocation: { status: 'GOOD' } } })
  expect(await at(NOW + DAY)).toMatchObject({ inspectCertificate: { revocation: { status: 'UNKNOWN', because: 'STALE' } } })
  const future = `{ inspectCertificate(der: "${base64(pki.signer.certificate)}") { revocation(knownAt: "2100-01-01") { status } } }`
  expect(await codeOf(subgraph, future)).toBe('BAD_INPUT')
})

test('sources of revocation evidence are told with their state', async () => {
  const options = { database: ':memory:', factsKey: new Uint8Array(32), now: () => NOW, log: SILENT }
  const fetching = { urls: ['http://127.0.0.1:1/ca.crl'], allowLocal: false }
  const subgraph = await startCertificates({ ...options, fetching })
  const ask = () =>
    run<{ revocationSources: { nodes: { lastError: string | null }[] } }>(
      subgraph,
      '{ revocationSources { nodes { kind url state lastSuccess lastError failingSince nextAttempt } } }',
    )
  await expect.poll(async () => (await ask()).revocationSources.nodes[0]?.lastError).toBe('ADDRESS')
  expect(await ask()).toMatchObject({
    revocationSources: {
      nodes: [{ kind: 'CRL', state: 'FAILING', lastSuccess: null, failingSince: new Date(NOW).toISOString() }],
    },
  })
  expect(await subgraph.health()).toMatchObject({ healthy: true, detail: expect.stringContaining('1 failing') })
  await subgraph.close()
})
