import { expect, test } from 'vitest'
import { verifyStatement } from '../../cli/statement-verification.ts'
import { formatStatement } from '../../model/statement.ts'
import { parseInstant } from '../../model/time.ts'
import { encodeSignedData } from '../../pki/cms/signed-data.ts'
import { statementOf } from '../../subgraphs/trust/statement.ts'
import { ask, evidenceOf } from '../subgraphs/trust/ask.ts'
import { WELL } from '../subgraphs/trust/world.ts'
import { testPki } from '../support/pki.ts'

const NOW = parseInstant(WELL.now)
const LATER = NOW + 400 * 86_400_000
const HUB = testPki(NOW, '判定书').platform
const STRANGER = testPki(NOW, '外人').platform

const statement = (issuedAt: number, world = WELL) =>
  formatStatement(statementOf(ask(world, evidenceOf(WELL)), '410000', issuedAt))
const signed = (issuedAt: number, by = HUB) => encodeSignedData(statement(issuedAt), by.signer, { signingTime: issuedAt })

test('a statement holds under the certificate of its hub, and tells question, answer and evidence', async () => {
  const report = verifyStatement(await signed(NOW), HUB.fingerprint)
  expect(report).toMatchObject({
    outcome: 'HOLDS',
    signer: { fingerprint: HUB.fingerprint },
    signedAt: NOW,
    statement: {
      hub: '410000',
      question: { subject: 'SIGNATURE', reliedOnIn: '350000', at: null, use: { purpose: null } },
      answer: { indication: 'TOTAL_PASSED', subIndication: null },
      policy: { id: 'national-2025' },
    },
  })
  expect(report.statement?.evidence.sources.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['SIGNATURE', 'SEAL', 'CERTIFICATE', 'CRL']),
  )
})

test('without an expected signer nobody can tell who speaks, and under another certificate it is foreign', async () => {
  expect(verifyStatement(await signed(NOW), null).outcome).toBe('SIGNED_BY_SOMEBODY')
  expect(verifyStatement(await signed(NOW, STRANGER), HUB.fingerprint).outcome).toBe('FOREIGN')
})

test('a statement with any byte of its answer changed is broken, and nothing in it is told', async () => {
  const bytes = await signed(NOW)
  const text = Buffer.from(bytes).toString('latin1')
  for (const words of ['TOTAL_PASSED', '"reliedOnIn":"350000"', 'knownAt', '"sources"']) {
    const at = text.indexOf(words)
    const changed = Uint8Array.from(bytes, (byte, i) => (i === at + 4 ? byte ^ 1 : byte))
    expect(at).toBeGreaterThan(0)
    expect(verifyStatement(changed, HUB.fingerprint)).toEqual({
      outcome: 'BROKEN',
      signer: null,
      signedAt: null,
      statement: null,
    })
  }
})

test("a past answer carries today's signature over the content of then, the same bytes but for the moment it is issued", async () => {
  const past = { ...WELL, knownAt: WELL.now, at: '2025-06-01' }
  const [then, today] = [
    verifyStatement(await encodeSignedData(statement(NOW, past), HUB.signer, { signingTime: NOW }), HUB.fingerprint),
    verifyStatement(
      await encodeSignedData(statement(LATER, { ...past, now: '2027-02-04T12:00Z' }), HUB.signer, { signingTime: LATER }),
      HUB.fingerprint,
    ),
  ]
  expect(today.signedAt).toBe(LATER)
  expect(today.statement).toMatchObject({ issuedAt: LATER, answer: { knownAt: NOW } })
  expect({ ...today.statement, issuedAt: 0 }).toEqual({ ...then.statement, issuedAt: 0 })
})

test('what is no signed statement is refused as unreadable', async () => {
  const other = await encodeSignedData(new TextEncoder().encode('{"format":"sealhub-receipt-1"}'), HUB.signer)
  for (const bytes of [other, new TextEncoder().encode('a letter'), new Uint8Array()])
    expect(() => verifyStatement(bytes, HUB.fingerprint)).toThrow(expect.objectContaining({ code: 'UNREADABLE' }))
})
