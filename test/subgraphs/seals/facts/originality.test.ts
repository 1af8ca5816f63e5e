import { expect, test } from 'vitest'
import type { CheckOutcome } from '../../../../model/check.ts'
import type { FactCheck } from '../../../../model/facts.ts'
import { judgeOriginality } from '../../../../subgraphs/seals/facts/originality.ts'
import { inspectSignatureBytes } from '../../../../subgraphs/seals/facts/signature.ts'
import type { SignatureReading } from '../../../../subgraphs/seals/facts.ts'
import { CONTENT, sealOf, signatureWith } from '../../../support/seals.ts'

const sealed = inspectSignatureBytes(await signatureWith(await sealOf('SES_V4')), CONTENT)
const bare: SignatureReading = { ...sealed, seal: null }
const words = { zh: '转换', en: 'converted' }
const copy = () => ({ converted: words, printed: null })
const print = () => ({ converted: null, printed: words })
const nothing = () => ({ converted: null, printed: null })

/** The signature with one check turned out otherwise, or missing. */
const but = (reading: SignatureReading, name: string, outcome: CheckOutcome | null): SignatureReading => ({
  ...reading,
  checks: reading.checks.flatMap((row): FactCheck[] =>
    row.check !== name ? [row] : outcome === null ? [] : [{ ...row, outcome }],
  ),
})
const judged = (reading: SignatureReading, look: Parameters<typeof judgeOriginality>[1]) =>
  judgeOriginality([reading], look).originality

test('a seal that holds makes the document an original, whatever it was made from', () => {
  for (const look of [copy, print, nothing]) expect(judged(sealed, look)).toBe('ORIGINAL')
})

test('without a seal traces of a copy count, and without them a signature that holds does', () => {
  expect([judged(bare, copy), judged(bare, print), judged(bare, nothing)]).toEqual(['CONVERTED_COPY', 'PRINTED_COPY', 'ORIGINAL'])
  expect(judgeOriginality([], nothing)).toMatchObject({ originality: 'UNDECIDED', check: { outcome: 'NOTE' } })
  expect(judgeOriginality([bare], copy).check).toMatchObject({ outcome: 'FAILED', detail: words })
})

test.each<[string, CheckOutcome | null]>([
  ['SIGNATURE_VALUE', 'FAILED'],
  ['SIGNATURE_VALUE', 'UNKNOWN'],
  ['SIGNATURE_VALUE', null],
  ['DATA_HASH', 'FAILED'],
  ['DATA_HASH', 'UNKNOWN'],
  ['DATA_HASH', null],
  ['SEAL_SIGNATURE', 'FAILED'],
])('a seal beside which %s is %s makes no original', (check, outcome) => {
  expect(judged(but(sealed, check, outcome), copy)).toBe('CONVERTED_COPY')
  expect(judged(but(sealed, check, outcome), nothing)).toBe('UNDECIDED')
})
