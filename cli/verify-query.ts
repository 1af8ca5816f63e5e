import type { DocumentReport, SealReport } from '../model/verification-report.ts'
import type { FileReference, Graph } from './graph.ts'
import { dataOf } from './graph.ts'

/** The question behind `sealhub verify`: for whom, as of when, how strictly. ISO 8601; null leaves the graph's own default. */
export interface Question {
  readonly at: string | null
  readonly knownAt: string | null
  readonly reliedOnIn: string | null
  readonly revocation: 'REQUIRED' | 'OPTIONAL'
}

const VARIABLES =
  '$file: FileReference!, $reliedOnIn: DivisionCode, $at: DateTime, $knownAt: DateTime, $revocation: RevocationRequirement!'
const CHECK = '{ check object outcome rule { source { zh en } clause } explanation { zh en } next { zh en } }'
const CONCLUSION = `conclusion(reliedOnIn: $reliedOnIn, at: $at, knownAt: $knownAt, revocation: $revocation) {
  indication subIndication summary { zh en } reliedOnIn asOf knownAt policy { id version revocation }
  because ${CHECK}
}`
const INTEGRITY = `integrity { holds checks ${CHECK} }`
const CERTIFICATE = '{ fingerprint subject issuer serialNumber algorithm keyUsage notBefore notAfter }'
const CLAIMS = `id format code name class kind vendor createdAt notBefore notAfter
  registered { status(at: $at, knownAt: $knownAt) { state since } }`

const SEAL = `query VerifySeal(${VARIABLES}) {
  inspectSeal(file: $file) { ${CLAIMS} ${INTEGRITY} makerCertificate ${CERTIFICATE} ${CONCLUSION} }
}`

const DOCUMENT = `query VerifyDocument(${VARIABLES}, $content: FileReference) {
  verifyDocument(file: $file, content: $content) {
    id kind originality uncoveredFiles ${INTEGRITY} ${CONCLUSION}
    signatures {
      id label isTimeStamp format signedAt protects addedLater ${INTEGRITY}
      seal { ${CLAIMS} }
      signerCertificate ${CERTIFICATE}
      makerCertificate ${CERTIFICATE}
      ${CONCLUSION}
    }
  }
}`

/** The documents `sealhub verify` asks, for the gateway to plan at start. */
export const VERIFY_DOCUMENTS = [SEAL, DOCUMENT] as const

/** Everything about a seal file, in one federated request. @throws HubError the code the hub gave */
export async function askAboutSeal(graph: Graph, file: FileReference, question: Question): Promise<SealReport> {
  return dataOf<{ inspectSeal: SealReport }>(await graph.ask(SEAL, { file, ...question })).inspectSeal
}

/**
 * Everything about a document, or a signature value with the content it signs, in one federated request.
 * @throws HubError the code the hub gave
 */
export async function askAboutDocument(
  graph: Graph,
  file: FileReference,
  content: FileReference | null,
  question: Question,
): Promise<DocumentReport> {
  const answer = await graph.ask(DOCUMENT, { file, content, ...question })
  return dataOf<{ verifyDocument: DocumentReport }>(answer).verifyDocument
}
