import { randomBytes } from 'node:crypto'
import type { Instant } from '../../model/time.ts'
import { generateSm2KeyPair, type KeyPair } from '../../pki/key.ts'
import { type Signer, softwareSigner } from '../../pki/signer.ts'
import { issueCertificate } from '../../pki/x509/issue.ts'
import { issueCrl } from '../../pki/x509/issue-crl.ts'

const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS

type Name = readonly (readonly [type: string, value: string])[]

/** A certificate authority of the demonstration: its certificate, its newest CRL, and a hand that issues. */
export interface DemoAuthority {
  /** Division scope, two digits; empty for the national root. */
  readonly scope: string
  readonly certificate: Uint8Array
  readonly crl: Uint8Array
  readonly issue: (subject: Name) => DemoHolder
}

/** Who got a certificate: the signer, its key, and how long the certificate is valid. */
export interface DemoHolder {
  readonly signer: Signer
  readonly keys: KeyPair
  readonly validity: { readonly notBefore: Instant; readonly notAfter: Instant }
}

export interface DemoPki {
  readonly root: DemoAuthority
  readonly henan: DemoAuthority
  readonly tibet: DemoAuthority
  readonly fujian: DemoAuthority
}

/** Makes a demonstration PKI as it might stand today: a national root and three certificate authorities under it, all with current CRLs. */
export function makeDemoPki(now: Instant): DemoPki {
  const rootName: Name = [
    ['C', 'CN'],
    ['O', 'SEALHUB DEMO'],
    ['CN', 'DEMO ROOTCA'],
  ]
  const rootKeys = generateSm2KeyPair()
  const issuer = { issuer: rootName, issuerKey: rootKeys.privateKey }
  const rootFields = { subject: rootName, spki: rootKeys.spki, serialNumber: serial(), ca: {}, ...years(now, -5, 25) }
  const root = authority('', rootName, rootKeys, issueCertificate({ ...rootFields, ...issuer }), now)

  function subordinate(scope: string, place: string, code: string): DemoAuthority {
    const subject: Name = [
      ['C', 'CN'],
      ['ST', place],
      ['O', `${code} 演示`],
      ['CN', `DEMO ${code} SM2`],
    ]
    const keys = generateSm2KeyPair()
    const fields = { subject, spki: keys.spki, serialNumber: serial(), ca: { pathLength: 0 }, ...years(now, -4, 16) }
    return authority(scope, subject, keys, issueCertificate({ ...fields, ...issuer }), now)
  }

  return {
    root,
    henan: subordinate('41', '河南省', 'HNCA'),
    tibet: subordinate('54', '西藏自治区', 'XZCA'),
    fujian: subordinate('35', '福建省', 'FJCA'),
  }
}

function authority(scope: string, issuer: Name, { privateKey }: KeyPair, certificate: Uint8Array, now: Instant): DemoAuthority {
  const crl = issueCrl({ issuer, issuerKey: privateKey, number: 1n, thisUpdate: now - DAY_MS, nextUpdate: now + 30 * DAY_MS })
  return {
    scope,
    certificate,
    crl,
    issue: (subject) => {
      const keys = generateSm2KeyPair()
      const validity = years(now, -1, 2)
      const issued = issueCertificate({
        subject,
        spki: keys.spki,
        serialNumber: serial(),
        ...validity,
        issuer,
        issuerKey: privateKey,
      })
      return { keys, validity, signer: softwareSigner(keys.privateKey, issued) }
    },
  }
}

/** A positive serial number of 16 octets. */
function serial(): bigint {
  return BigInt(`0x40${randomBytes(15).toString('hex')}`)
}

function years(now: Instant, from: number, until: number): { notBefore: Instant; notAfter: Instant } {
  const day = Math.floor(now / DAY_MS) * DAY_MS
  return { notBefore: day + from * YEAR_MS, notAfter: day + until * YEAR_MS - 1000 }
}
