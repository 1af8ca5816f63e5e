import { X509Certificate } from 'node:crypto'
import { Certificate as PkijsCertificate } from 'pkijs'
import { generateSm2KeyPair } from '../pki/key.ts'
import { decodeCertificate } from '../pki/x509/certificate.ts'
import { issueCertificate } from '../pki/x509/issue.ts'
import { measure } from './measure.ts'
import type { BenchRow } from './row.ts'

const OWN = 'decodeCertificate'

/** Certificates read per second: our decoder (also with every extension read) beside X509Certificate and pkijs. */
export async function benchParse(): Promise<BenchRow[]> {
  const der = sampleCertificate()
  const speeds = await measure({
    own: () => decodeCertificate(der).serialNumber,
    ownWithExtensions: () => decodeCertificate(der).extensions.readAll(),
    node: () => new X509Certificate(der).serialNumber,
    pkijs: () => PkijsCertificate.fromBER(der).serialNumber,
  })
  const against = (perSecond: number) => ({ perSecond, ratioTo: { name: OWN, ratio: perSecond / speeds.own } })
  return [
    { name: OWN, perSecond: speeds.own },
    { name: 'decodeCertificate, every extension read', ...against(speeds.ownWithExtensions) },
    { name: 'node:crypto X509Certificate', ...against(speeds.node) },
    { name: 'pkijs 4.0.0 Certificate.fromBER', ...against(speeds.pkijs) },
  ]
}

/** A certificate of a unified seal, as the e-seal profile has it. */
function sampleCertificate(): Uint8Array {
  const { privateKey, spki } = generateSm2KeyPair()
  return issueCertificate({
    subject: [['C', 'CN'], ['O', '11411728006000000X遂平县民政局'], ['CN', '41172800000001']], // biome-ignore format: a name
    spki,
    serialNumber: 0x1b7f_2233_4455n,
    notBefore: Date.UTC(2026, 0, 1),
    notAfter: Date.UTC(2028, 0, 1),
    issuerKey: privateKey,
    crlUrls: ['http://crl.example.cn/ca.crl'],
  })
}
