import { expect, test } from 'vitest'
import { CERTIFICATE_CHECKS } from '../../../model/checks/certificate.ts'
import { SUB_INDICATIONS } from '../../../model/indication.ts'
import { PATH_CHECKS } from '../../../pki/x509/verdict.ts'

test('every check a path validation can name is in the catalogue, and no other', () => {
  expect(Object.keys(CERTIFICATE_CHECKS).sort()).toEqual([...PATH_CHECKS].sort())
})

test('no fault of a path makes a signature TOTAL_FAILED by itself: it leaves the question open', () => {
  for (const { onFailure, onUnknown } of Object.values(CERTIFICATE_CHECKS))
    expect(SUB_INDICATIONS.INDETERMINATE).toEqual(expect.arrayContaining([onFailure, onUnknown]))
})
