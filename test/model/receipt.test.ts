import { expect, test } from 'vitest'
import { formatReceipt, parseReceipt, type ReceiptContent } from '../../model/receipt.ts'
import { codeOf } from '../support/code.ts'

const RECEIPT: ReceiptContent = {
  platform: '411728',
  stream: 'main',
  sequence: 1,
  messageId: 'm-1',
  envelope: 'a'.repeat(64),
  recordedAt: Date.UTC(2026, 10, 21),
  rows: [
    { row: 1, eventId: 'e-1', code: '41172800000001', outcome: 'ADMITTED', refusal: null },
    {
      row: 2,
      eventId: null,
      code: null,
      outcome: 'REFUSED',
      refusal: { code: 'BAD_INPUT', reason: { zh: '不符', en: 'wrong' } },
    },
  ],
}

test('a receipt parsed is the receipt formatted, and formatting is canonical', () => {
  expect(parseReceipt(formatReceipt(RECEIPT))).toEqual(RECEIPT)
  const { rows, ...rest } = RECEIPT
  expect(formatReceipt({ rows, ...rest })).toEqual(formatReceipt(RECEIPT))
})

test.each([
  ['nothing', ''],
  ['no JSON', '{'],
  ['of another format', JSON.stringify({ ...RECEIPT, recordedAt: '2026-11-21T00:00:00Z', format: 'sealhub-receipt-2' })],
  [
    'with a word nobody knows',
    JSON.stringify({ ...RECEIPT, recordedAt: '2026-11-21T00:00:00Z', format: 'sealhub-receipt-1', x: 1 }),
  ],
])('%s is refused as UNREADABLE', (_, text) => expect(codeOf(() => parseReceipt(Buffer.from(text)))).toBe('UNREADABLE'))
