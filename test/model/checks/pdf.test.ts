import { expect, test } from 'vitest'
import { CHECKS } from '../../../model/checks/catalogue.ts'
import { PDF_CHECKS } from '../../../model/checks/pdf.ts'
import { PDF_CHECK_NAMES } from '../../../pki/pdf/check-row.ts'

test('every check the PDF reader can name is in the catalogue, and no other', () => {
  expect(Object.keys(PDF_CHECKS).sort()).toEqual([...PDF_CHECK_NAMES].sort())
  expect(Object.keys(CHECKS)).toEqual(expect.arrayContaining([...PDF_CHECK_NAMES]))
})

test('nothing that is unknown about a PDF file weighs nothing, but for a signing time that is only a claim', () => {
  const weightless = Object.entries(PDF_CHECKS).filter(([, { onUnknown }]) => onUnknown === null)
  expect(weightless.map(([name]) => name)).toEqual(['PDF_SIGNING_TIME'])
})

test('what was changed under a signature fails it, and what cannot be told leaves it open', () => {
  const { onFailure, onUnknown } = PDF_CHECKS.PDF_LATER_CHANGES
  expect([onFailure, onUnknown]).toEqual(['HASH_FAILURE', 'SIG_CONSTRAINTS_FAILURE'])
})
