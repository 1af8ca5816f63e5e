import type { KeyObject } from 'node:crypto'
import { generateSm2KeyPair, type KeyPair } from '../../pki/key.ts'
import { type Signer, softwareSigner } from '../../pki/signer.ts'
import { fingerprintOf } from '../../pki/x509/certificate.ts'
import { type CertificateOptions, issueCertificate } from '../../pki/x509/issue.ts'
import { type CrlOptions, issueCrl } from '../../pki/x509/issue-crl.ts'
import type { NameTemplate } from '../../pki/x509/name-encoding.ts'

const DAY = 86_400_000
const YEAR = 365 * DAY

/** A certificate with its key. */
export interface TestParty {
  readonly name: NameTemplate
  readonly certificate: Uint8Array
  /** Lower-case hex SHA-256 of the certificate. */
  readonly fingerprint: string
  readonly serialNumber: bigint
  readonly spki: Uint8Array
  readonly privateKey: KeyObject
  readonly signer: Signer
}

/** What may be changed when a party is issued; the rest follows from the moment and the issuer. */
export type PartyOptions = Partial<Omit<CertificateOptions, 'issuer' | 'issuerKey' | 'spki'>> & {
  /** The key's name in this process's cache; the common name by default. */
  readonly key?: string
}

/** A small demonstration PKI: root ← CA ← seal maker, signer, platform, all SM2. */
export interface TestPki {
  readonly root: TestParty
  readonly ca: TestParty
  readonly maker: TestParty
  readonly signer: TestParty
  readonly platform: TestParty
  /** Issues another party, under the CA unless told otherwise. */
  issue(commonName: string, options?: PartyOptions, issuer?: TestParty): TestParty
  /** A complete CRL of an issuer, the CA by default: one hour old, good for a week, empty unless told otherwise. */
  crl(options?: Partial<Omit<CrlOptions, 'issuer' | 'issuerKey'>>, issuer?: TestParty): Uint8Array
}

/**
 * Makes a demonstration PKI around a moment: the root valid from 10 years before to 20 after, the CA −5 to +10, the others −1 to +2 years.
 * @param at UTC milliseconds
 * @param realm tells PKIs apart: its names and keys are its own, kept for the life of the process
 */
export function testPki(at: number, realm = '演示'): TestPki {
  let serialNumber = 0x1000n
  const issue = (commonName: string, options: PartyOptions = {}, issuer?: TestParty): TestParty => {
    const { key = commonName, ...rest } = options
    const pair = testKey(`${realm}/${key}`)
    const subject = rest.subject ?? nameOf(realm, commonName)
    serialNumber += 1n
    const certificate = issueCertificate({
      serialNumber,
      notBefore: at - YEAR,
      notAfter: at + 2 * YEAR,
      ...rest,
      subject,
      spki: pair.spki,
      issuerKey: (issuer ?? pair).privateKey,
      issuer: issuer?.name ?? subject,
    })
    return {
      name: subject,
      certificate,
      fingerprint: fingerprintOf(certificate),
      serialNumber: rest.serialNumber ?? serialNumber,
      ...pair,
      signer: softwareSigner(pair.privateKey, certificate),
    }
  }
  const root = issue('根证书', { ca: {}, notBefore: at - 10 * YEAR, notAfter: at + 20 * YEAR })
  const ca = issue('运营CA', { ca: { pathLength: 0 }, notBefore: at - 5 * YEAR, notAfter: at + 10 * YEAR }, root)
  return {
    root,
    ca,
    maker: issue('统一电子印章', {}, ca),
    signer: issue('41172800000001', {}, ca),
    platform: issue('县级平台', {}, ca),
    issue: (commonName, options, issuer = ca) => issue(commonName, options, issuer),
    crl: (options = {}, issuer = ca) =>
      issueCrl({
        number: 1n,
        thisUpdate: at - 3_600_000,
        nextUpdate: at + 7 * DAY,
        ...options,
        issuer: issuer.name,
        issuerKey: issuer.privateKey,
      }),
  }
}

const keys = new Map<string, KeyPair>()

/** An SM2 key by name, made once in this process. */
export function testKey(name: string): KeyPair {
  const pair = keys.get(name) ?? generateSm2KeyPair()
  keys.set(name, pair)
  return pair
}

function nameOf(realm: string, commonName: string): NameTemplate {
  return [
    ['C', 'CN'],
    ['O', realm],
    ['CN', commonName],
  ]
}
