import type { Check } from '../model/check.ts'
import type { Indication, SubIndication } from '../model/indication.ts'
import type { Bilingual } from '../model/text.ts'
import type { FileReference, Graph } from './graph.ts'
import { dataOf } from './graph.ts'

/** What the graph concludes, as asked for by every report. */
export interface Conclusion {
  readonly indication: Indication
  readonly subIndication: SubIndication | null
  readonly summary: Bilingual
  readonly because: readonly Check[]
  readonly reliedOnIn: string
  readonly asOf: string
  readonly knownAt: string
  readonly policy: { readonly id: string; readonly version: string; readonly revocation: 'REQUIRED' | 'OPTIONAL' }
}

interface CertificateSummary {
  readonly fingerprint: string
  readonly subject: string
  readonly issuer: string
  readonly notBefore: string
  readonly notAfter: string
}

export interface SealReport {
  readonly id: string
  readonly format: string | null
  readonly code: string | null
  readonly name: string | null
  readonly class: string | null
  readonly createdAt: string | null
  readonly notBefore: string | null
  readonly notAfter: string | null
  readonly registered: { readonly status: { readonly state: string; readonly since: string | null } } | null
  readonly makerCertificate: CertificateSummary | null
  readonly conclusion: Conclusion
}

export interface SignatureReport {
  readonly id: string
  readonly format: string | null
  readonly signedAt: string | null
  readonly protects: string | null
  readonly seal: Pick<SealReport, 'code' | 'name' | 'notBefore' | 'notAfter'> | null
  readonly signerCertificate: CertificateSummary | null
  readonly makerCertificate: CertificateSummary | null
  readonly conclusion: Conclusion
}

/** The question behind `sealhub verify`: for whom, as of when, how strictly. ISO 8601; null leaves the graph's own default. */
export interface Question {
  readonly at: string | null
  readonly knownAt: string | null
  readonly reliedOnIn: string | null
  readonly revocation: 'REQUIRED' | 'OPTIONAL'
}

const VARIABLES =
  '$file: FileReference!, $reliedOnIn: DivisionCode, $at: DateTime, $knownAt: DateTime, $revocation: RevocationRequirement!'
const CONCLUSION = `conclusion(reliedOnIn: $reliedOnIn, at: $at, knownAt: $knownAt, revocation: $revocation) {
  indication subIndication summary { zh en } reliedOnIn asOf knownAt policy { id version revocation }
  because { check object outcome rule { source { zh en } clause } explanation { zh en } next { zh en } }
}`
const CERTIFICATE = '{ fingerprint subject issuer notBefore notAfter }'

const SEAL = `query VerifySeal(${VARIABLES}) {
  inspectSeal(file: $file) {
    id format code name class createdAt notBefore notAfter
    registered { status(at: $at, knownAt: $knownAt) { state since } }
    makerCertificate ${CERTIFICATE}
    ${CONCLUSION}
  }
}`

const SIGNATURE = `query VerifySignature(${VARIABLES}, $content: FileReference) {
  verifyDocument(file: $file, content: $content) {
    id
    signatures {
      id format signedAt protects
      seal { code name notBefore notAfter }
      signerCertificate ${CERTIFICATE}
      makerCertificate ${CERTIFICATE}
      ${CONCLUSION}
    }
  }
}`

/** The documents `sealhub verify` asks, for the gateway to plan at start. */
export const VERIFY_DOCUMENTS = [SEAL, SIGNATURE] as const

export async function askAboutSeal(graph: Graph, file: FileReference, question: Question): Promise<SealReport> {
  return dataOf<{ inspectSeal: SealReport }>(await graph.ask(SEAL, { file, ...question })).inspectSeal
}

export async function askAboutSignature(
  graph: Graph,
  file: FileReference,
  content: FileReference | null,
  question: Question,
): Promise<readonly SignatureReport[]> {
  const data = dataOf<{ verifyDocument: { signatures: SignatureReport[] } }>(
    await graph.ask(SIGNATURE, { file, content, ...question }),
  )
  return data.verifyDocument.signatures
}
