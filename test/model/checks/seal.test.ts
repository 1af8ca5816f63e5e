import { expect, test } from 'vitest'
import { CHECKS, describe } from '../../../model/checks/catalogue.ts'
import { SEAL_CHECKS, SIGNATURE_CHECKS } from '../../../model/checks/seal.ts'
import { SUB_INDICATIONS } from '../../../model/indication.ts'

const SEAL_SIGNATURE = { check: 'SEAL_SIGNATURE', object: 'seal 1', outcome: 'PASSED' } as const

test('a check stands on the clause of the structure it was done on, and on the general one where none is known', () => {
  const ruleOf = (format?: 'SES_V1' | 'SES_V5') => describe({ ...SEAL_SIGNATURE, ...(format && { format }) }).rule
  expect(ruleOf('SES_V1')).toEqual({ source: { zh: 'GM/T 0031-2014', en: 'GM/T 0031-2014' }, clause: '6.1.2 b' })
  expect(ruleOf('SES_V5').source.zh).toBe('GM/T 0031-2025')
  expect(ruleOf()).toEqual({ source: { zh: 'GB/T 38540-2020', en: 'GB/T 38540-2020' }, clause: '6.3 b' })
})

test('a note says that it holds with a remark, never that it does not hold, where the check has words for it', () => {
  const note = describe({ ...SEAL_SIGNATURE, check: 'SEAL_FORMAT', outcome: 'NOTE', detail: { zh: '注', en: 'remark' } })
  expect(note.explanation.en).toBe(`${SEAL_CHECKS.SEAL_FORMAT.noted.en}: remark`)
  expect(note.next).toBeNull()
  const failed = describe({ ...SEAL_SIGNATURE, check: 'SEAL_FORMAT', outcome: 'FAILED' })
  expect(failed.explanation.en).toBe(SEAL_CHECKS.SEAL_FORMAT.failed.en)
  expect(failed.next).not.toBeNull()
})

test('what fails on the bytes of a seal or signature is TOTAL_FAILED, save what only constrains', () => {
  const constraining = ['SEAL_EXTENSIONS', 'SEAL_VALIDITY_AGREES', 'SIGNATURE_EXTENSIONS']
  const failing: readonly string[] = SUB_INDICATIONS.TOTAL_FAILED
  for (const name of Object.keys({ ...SEAL_CHECKS, ...SIGNATURE_CHECKS }))
    expect([name, failing.includes(CHECKS[name]?.onFailure ?? '')]).toEqual([name, !constraining.includes(name)])
})

test('nothing that is unknown about a signature, its key or its content is passed over', () => {
  const weightless = Object.entries({ ...SEAL_CHECKS, ...SIGNATURE_CHECKS }).filter(([, { onUnknown }]) => onUnknown === null)
  expect(weightless.map(([name]) => name).sort()).toEqual(['SEAL_VALIDITY_AGREES', 'SIGNATURE_ENCODING', 'VERSIONS_AGREE'])
})
