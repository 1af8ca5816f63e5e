import { expect, onTestFinished, test } from 'vitest'
import { sealFacts } from '../../../model/sealed-facts.ts'
import { parseStatement } from '../../../model/statement.ts'
import { parseInstant } from '../../../model/time.ts'
import { decodeSignedData, verifySignedData } from '../../../pki/cms/signed-data.ts'
import { fingerprintOf } from '../../../pki/x509/certificate.ts'
import { loadPolicies } from '../../../policies/load.ts'
import { startTrust } from '../../../subgraphs/trust/start.ts'
import { testPki } from '../../support/pki.ts'
import { WELL } from './world.ts'
import { pathFactsOf, sealFactsOf } from './world-facts.ts'

const KEY = new Uint8Array(32).fill(1)
const NOW = parseInstant(WELL.now)
const HUB = testPki(NOW, '判定书').platform
const ID = '22'.repeat(32)
const QUERY = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on SignatureVerification {
  conclusion(reliedOnIn: "350000", use: { purpose: LICENSE, network: INTERNET }) {
    indication evidence { snapshot lists { territory } agreements sources { kind digest } } statement
  } } } }`

async function conclude(signed: boolean) {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const options = { database: ':memory:', factsKey: KEY, now: () => NOW, log, policies: loadPolicies('policies') }
  const trust = await startTrust({ ...options, division: '410000', ...(signed && { signer: HUB.signer }) })
  onTestFinished(() => trust.close())
  const sealed = (producer: 'seals' | 'certificates', type: string, content: object) =>
    sealFacts({ producer, type, entityId: ID, producedAt: NOW }, content, KEY)
  const given = {
    __typename: 'SignatureVerification',
    id: ID,
    sealFacts: sealed('seals', 'SealFacts', sealFactsOf(WELL)),
    pathFacts: sealed('certificates', 'PathFacts', pathFactsOf(WELL)),
  }
  const context = { caller: { id: 'public', scopes: [] }, requestId: 'test' }
  const { data, errors } = await trust.execute({ query: QUERY, variables: { r: [given] }, context })
  return { code: errors?.[0]?.extensions?.code, conclusion: JSON.parse(JSON.stringify(data ?? null))?._entities[0]?.conclusion }
}

test('a decision names what it stands on, and comes signed with the question that was asked', async () => {
  const { conclusion } = await conclude(true)
  expect(conclusion.evidence.snapshot).toBeNull()
  expect(conclusion.evidence.sources).toEqual(
    expect.arrayContaining([
      { kind: 'SIGNATURE', digest: ID },
      { kind: 'SEAL', digest: '11'.repeat(32) },
    ]),
  )
  const signed = decodeSignedData(Buffer.from(conclusion.statement, 'base64'))
  const [signer] = verifySignedData(signed)
  expect(signer).toMatchObject({ holds: true, signingTime: NOW })
  expect(fingerprintOf(signer?.certificate ?? new Uint8Array())).toBe(HUB.fingerprint)
  expect(parseStatement(signed.content ?? new Uint8Array())).toMatchObject({
    hub: '410000',
    issuedAt: NOW,
    question: {
      subject: 'SIGNATURE',
      id: ID,
      reliedOnIn: '350000',
      use: { purpose: 'LICENSE', network: 'INTERNET', assurance: null },
    },
    answer: { indication: conclusion.indication },
  })
})

test('a hub without a key signs nothing and says so', async () => {
  expect((await conclude(false)).code).toBe('UNSUPPORTED')
})
