import { HubError } from '../model/error.ts'
import { fingerprintOf } from '../pki/x509/certificate.ts'
import { readCertificates } from './certificate-files.ts'
import type { Graph } from './graph.ts'
import { listTrust } from './trust-import.ts'

/** Fewer digits name too many. */
const LEAST_DIGITS = 8

/**
 * The fingerprint of a certificate as a person names it: its file, all 64 digits, or the first digits as `sealhub trust list` shows them.
 * @throws HubError UNREADABLE for a file that is none, NOT_FOUND where nothing listed begins so, BAD_INPUT where several do.
 */
export async function fingerprintNamed(graph: Graph, named: string): Promise<string> {
  const digits = named.toLowerCase()
  if (/^[0-9a-f]{64}$/.test(digits)) return digits
  if (!/^[0-9a-f]+$/.test(digits)) return fingerprintInFile(named)
  const listed = await listTrust(graph, null, null)
  const found = [...new Set(listed.map(({ fingerprint }) => fingerprint))].filter((one) => one.startsWith(digits))
  const [only, ...others] = found
  if (only === undefined)
    throw new HubError(
      'NOT_FOUND',
      `列表中没有指纹以 ${named} 开头的证书；未列入的请给出证书文件或 64 位指纹`,
      `nothing listed begins with ${named}; name what is not listed by its file or all 64 digits`,
    )
  if (others.length > 0 || digits.length < LEAST_DIGITS)
    throw new HubError('BAD_INPUT', `请多给几位：${found.join(' ')}`, `give more digits: ${found.join(' ')}`)
  return only
}

async function fingerprintInFile(path: string): Promise<string> {
  const [certificate, ...others] = await readCertificates([path])
  if (!certificate?.der || others.length > 0) {
    const { zh, en } = certificate?.refusal ?? { zh: '须为一张证书', en: 'it holds not one certificate' }
    throw new HubError('UNREADABLE', `${path}：${zh}`, `${path}: ${en}`)
  }
  return fingerprintOf(certificate.der)
}
