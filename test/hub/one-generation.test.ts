import { expect, test } from 'vitest'
import { makeDemoPki } from '../../cli/demo/pki.ts'
import { makeDemoSeal, SUIPING_SEALS } from '../../cli/demo/seals.ts'
import { importTrust } from '../../cli/trust-import.ts'
import { hubForTest, type TestHub } from '../support/hub.ts'

const NOW = Date.UTC(2026, 10, 21)

async function listed(hub: TestHub, der: Uint8Array, role: 'ANCHOR' | 'CA' | 'MAKER'): Promise<void> {
  const files = [{ file: role, der, refusal: null }]
  const [row] = await importTrust(hub, files, { role, scope: '', name: null, from: null, until: null, evidence: null })
  expect(row?.outcome).toBe('IMPORTED')
}

test('a decision stands on one snapshot of the lists, named in the answer: another generation has another name', async () => {
  const hub = await hubForTest(() => NOW)
  const pki = makeDemoPki(NOW)
  const maker = pki.henan.issue([['CN', '制章']])
  const [plan] = SUIPING_SEALS
  if (!plan) throw new Error('the demonstration has no seals')
  const seal = await makeDemoSeal(plan, pki.henan, maker.signer, NOW)
  await listed(hub, pki.root.certificate, 'ANCHOR')
  await listed(hub, pki.henan.certificate, 'CA')

  const question = `query ($file: FileReference!) {
    inspectSeal(file: $file) {
      first: conclusion(revocation: OPTIONAL) { indication evidence { snapshot } }
      second: conclusion(revocation: OPTIONAL) { indication evidence { snapshot } }
    }
  }`
  type Answer = Record<'first' | 'second', { indication: string; evidence: { snapshot: string } }>
  const ask = async (): Promise<Answer> => {
    const { data, errors } = await hub.ask(question, { file: { base64: Buffer.from(seal.bytes).toString('base64') } })
    expect(errors).toBeUndefined()
    return (data as { inspectSeal: Answer }).inspectSeal
  }
  const before = await ask()
  expect(before.first).toEqual(before.second)
  expect(before.first.indication).toBe('INDETERMINATE')

  await listed(hub, maker.signer.certificate, 'MAKER')
  const after = await ask()
  expect(after.first).toEqual(after.second)
  expect(after.first.indication).toBe('TOTAL_PASSED')
  expect(after.first.evidence.snapshot).not.toBe(before.first.evidence.snapshot)
})
