import { expect, test } from 'vitest'
import { decodeSignedData, encodeSignedData, verifySignedData } from '../../../pki/cms/signed-data.ts'
import { PkiError } from '../../../pki/error.ts'
import { codeOf } from '../../support/code.ts'
import { withOneMore } from '../../support/der-surgery.ts'
import { MADE_AT, pki } from '../../support/seals.ts'

const CERTIFICATES = '0.1.0.3'
/** An AlgorithmIdentifier takes one element more for its parameters. */
const ALGORITHMS: readonly string[] = ['0.1.0.1.0', '0.1.0.4.0.2', '0.1.0.4.0.4']
/** Kept as it is written and compared, not read. */
const ISSUER = '0.1.0.4.0.1.0'
const ATTRIBUTES = '0.1.0.4.0.3'

const der = await encodeSignedData(Buffer.from('abc'), pki.signer.signer, { signingTime: MADE_AT })

/** Whether all signers hold, or the code of the refusal. */
function verdictOn(bytes: Uint8Array): string | null {
  return codeOf(() => {
    if (!verifySignedData(decodeSignedData(bytes)).every(({ holds }) => holds)) throw new PkiError('STRUCTURE', 'does not hold')
  })
}

test('signed data with an element more anywhere is refused, or does not hold', () => {
  const altered = withOneMore(der, (at) => at.startsWith(`${CERTIFICATES}.`) || ALGORITHMS.includes(at) || at.startsWith(ISSUER))
  expect(altered.length).toBeGreaterThan(15)
  expect(verdictOn(der)).toBeNull()
  for (const one of altered) expect([one.at, verdictOn(one.der)]).not.toEqual([one.at, null])
})

test('all of it but attributes and algorithms is read to the last element', () => {
  const isOpaque = (at: string) =>
    at.startsWith(`${CERTIFICATES}.`) ||
    ALGORITHMS.includes(at) ||
    at.startsWith(ISSUER) ||
    (at.startsWith(`${ATTRIBUTES}.`) && at.split('.').length > 7)
  for (const one of withOneMore(der, isOpaque))
    expect([one.at, codeOf(() => decodeSignedData(one.der))]).not.toEqual([one.at, null])
})
