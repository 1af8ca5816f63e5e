import { expect, test } from 'vitest'
import { decodeSeal } from '../../../pki/ses/seal.ts'
import { decodeSignature } from '../../../pki/ses/signature.ts'
import { codeOf } from '../../support/code.ts'
import { withOneMore } from '../../support/der-surgery.ts'
import { FORMATS, sealOf, signatureWith, stampOver } from '../../support/seals.ts'

const extDatas = {
  form: 'EXPLICIT' as const,
  items: [{ extnID: '1.2.3', critical: false, writesDefault: false, extnValue: Uint8Array.of(5, 0) }],
}

test.each(FORMATS)('a seal of %s with an element more anywhere is refused', async (format) => {
  const seal = await sealOf(format, { extDatas })
  expect(codeOf(() => decodeSeal(seal))).toBeNull()
  const altered = withOneMore(seal)
  expect(altered.length).toBeGreaterThan(6)
  for (const { at, der } of altered) expect([at, codeOf(() => decodeSeal(der))]).not.toEqual([at, null])
})

test('a seal and a signature that hold every field they may take no further one', async () => {
  const seal = await sealOf('SES_V5', { extDatas, timeStamp: async (value) => stampOver(value) })
  for (const { at, der } of withOneMore(seal)) expect([at, codeOf(() => decodeSeal(der))]).not.toEqual([at, null])
  const signature = await signatureWith(seal, { extDatas, timeStamp: async (value) => stampOver(value) })
  expect(codeOf(() => decodeSignature(signature))).toBeNull()
  for (const { at, der } of withOneMore(signature)) expect([at, codeOf(() => decodeSignature(der))]).not.toEqual([at, null])
})

test.each(FORMATS)('a signature of %s with an element more anywhere is refused', async (format) => {
  const signature = await signatureWith(await sealOf(format))
  expect(codeOf(() => decodeSignature(signature))).toBeNull()
  const altered = withOneMore(signature)
  expect(altered.length).toBeGreaterThan(6)
  for (const { at, der } of altered) expect([at, codeOf(() => decodeSignature(der))]).not.toEqual([at, null])
})
