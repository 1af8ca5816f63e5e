import { expect } from 'vitest'
import { readCertificates } from '../../cli/certificate-files.ts'
import { importTrust } from '../../cli/trust-import.ts'
import type { Clock } from '../../model/time.ts'
import { type TestHub, testHub } from './hub.ts'
import { sharedFile } from './shared.ts'

/** A hub that trusts what the samples need: the national root, the CAs under it, and the maker of Suzhou's seals for 3205. */
export async function sampleHub(now?: Clock): Promise<TestHub> {
  const hub = await testHub(now)
  const listed = async (path: string, role: 'ANCHOR' | 'CA' | 'MAKER', scope = '') => {
    const files = await readCertificates([sharedFile(`samples/${path}`)])
    const rows = await importTrust(hub, files, { role, scope, name: null, from: null, until: null, evidence: null })
    expect(rows.filter(({ outcome }) => outcome !== 'IMPORTED')).toEqual([])
  }
  await listed('certificates/national/ROOTCA.pem', 'ANCHOR')
  await listed('certificates/rootca.gov.cn', 'CA')
  await listed('signatures/suzhou-civil-affairs/maker.cer', 'MAKER', '3205')
  return hub
}
