import type { Check } from '../model/check.ts'
import type { Bilingual } from '../model/text.ts'
import { dataOf, type Graph } from './graph.ts'

/** What the graph tells of revocation. */
export interface RevocationReport {
  readonly status: 'GOOD' | 'REVOKED' | 'UNKNOWN'
  readonly since: string | null
  readonly reason: string | null
  readonly kind: string | null
  readonly source: string | null
  readonly thisUpdate: string | null
  readonly nextUpdate: string | null
  readonly because: string | null
}

/** An entry of a trust list that names a certificate. */
export interface ServiceReport {
  readonly role: string
  readonly name: string
  readonly scope: string
  readonly from: string
  readonly until: string | null
  readonly list: string | null
}

/** A certificate as it stands in a path. */
export interface PathMember {
  readonly fingerprint: string
  readonly subject: string
  readonly notBefore: string
  readonly notAfter: string
  readonly revocation: RevocationReport
  readonly services: readonly ServiceReport[]
}

export interface PathReport {
  readonly valid: boolean
  readonly validFrom: string
  readonly validUntil: string
  /** From the certificate itself to the root. */
  readonly certificates: readonly PathMember[]
  readonly checks: readonly Check[]
}

export interface CertificateReport extends PathMember {
  readonly sm3: string
  readonly issuer: string
  readonly serialNumber: string
  readonly algorithm: string
  readonly subjectAttributes: readonly { readonly oid: string; readonly type: string | null; readonly value: string | null }[]
  readonly extensions: readonly {
    readonly oid: string
    readonly name: Bilingual
    readonly critical: boolean
    readonly value: Bilingual
  }[]
  readonly sealCode: string | null
  readonly creditCode: string | null
  readonly organization: string | null
  readonly paths: readonly PathReport[]
  readonly noPath: { readonly code: string; readonly reason: Bilingual } | null
}

/** As of when, and as known when; null leaves the graph's own default. */
export interface Moments {
  readonly at: string | null
  readonly knownAt: string | null
}

const MEMBER = `fingerprint subject notBefore notAfter
  revocation(at: $at, knownAt: $knownAt) { status since reason kind source thisUpdate nextUpdate because }
  services { role name scope from until list }`

const INSPECT = `query InspectCertificate($der: Base64!, $at: DateTime, $knownAt: DateTime) {
  inspectCertificate(der: $der) {
    ${MEMBER}
    sm3 issuer serialNumber algorithm sealCode creditCode organization
    subjectAttributes { oid type value }
    extensions { oid name { zh en } critical value { zh en } }
    noPath { code reason { zh en } }
    paths(at: $at) {
      valid validFrom validUntil
      certificates { ${MEMBER} }
      checks { check object outcome rule { source { zh en } clause } explanation { zh en } next { zh en } }
    }
  }
}`

/** Asks the graph all there is to tell of a certificate. @throws HubError UNREADABLE for bytes that are none */
export async function askAboutCertificate(graph: Graph, der: Uint8Array, moments: Moments): Promise<CertificateReport> {
  const answer = await graph.ask(INSPECT, { der: Buffer.from(der).toString('base64'), ...moments })
  return dataOf<{ inspectCertificate: CertificateReport }>(answer).inspectCertificate
}
