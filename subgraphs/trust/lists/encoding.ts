import { canonicalJson } from '../../../model/canonical-json.ts'
import { formatInstant } from '../../../model/time.ts'
import type { TrustStatement } from '../service.ts'
import type { TrustList } from '../trust-list.ts'
import { CERTIFICATE_DIGEST, END_REASON, GRANTED, LIST_TYPE, SERVICE_TYPE, WITHDRAWN } from './shape.ts'

const LANGUAGE = 'zh-CN'

/**
 * Writes a list in the JSON element names of ETSI TS 119 602, canonical, so that the same list gives the same bytes.
 * A certificate is named by its SHA-256; each grant with its end is one service, with its grant in the history. Operators of
 * other lists, and of this one, are pointers.
 */
export function encodeTrustList(list: TrustList): Uint8Array {
  const { territory, operator, sequence, issuedAt, nextUpdate, statements, pivots = [] } = list
  const pointers = statements.filter(({ role }) => role === 'LIST_OPERATOR')
  const text = canonicalJson({
    LoTE: {
      ListAndSchemeInformation: {
        LoTEVersionIdentifier: 1,
        LoTESequenceNumber: sequence,
        LoTEType: LIST_TYPE,
        SchemeOperatorName: named(operator),
        SchemeInformationURI: pivots.length === 0 ? undefined : pivots.map((uriValue) => ({ lang: LANGUAGE, uriValue })),
        SchemeTerritory: territory,
        PointersToOtherLoTE: pointers.length === 0 ? undefined : pointers.map(encodePointer),
        ListIssueDateTime: formatInstant(issuedAt),
        NextUpdate: formatInstant(nextUpdate),
      },
      TrustedEntitiesList: statements
        .filter(({ role }) => role !== 'LIST_OPERATOR')
        .map((statement) => ({
          TrustedEntityInformation: { TEName: named(statement.name) },
          TrustedEntityServices: [encodeService(statement)],
        })),
    },
  })
  return new TextEncoder().encode(text)
}

function encodeService(statement: TrustStatement): object {
  const { role, fingerprint, name, scope, classes, caKind, notAfter } = statement
  const { now, past } = encodeStates(statement)
  return {
    ServiceInformation: {
      ServiceName: named(name),
      ServiceTypeIdentifier: `${SERVICE_TYPE}${role}`,
      ServiceDigitalIdentity: identityOf(fingerprint),
      ...now,
      ServiceInformationExtensions: {
        DivisionScope: scope,
        SealClasses: classes,
        CertificationBodyKind: caKind,
        CertificateNotAfter: notAfter === undefined ? undefined : formatInstant(notAfter),
      },
    },
    ServiceHistory: past,
  }
}

function encodePointer(statement: TrustStatement): object {
  const { fingerprint, name, scope, location } = statement
  const { now, past } = encodeStates(statement)
  return {
    LoTELocation: location,
    ServiceDigitalIdentities: [identityOf(fingerprint)],
    LoTEQualifiers: [{ LoTEType: LIST_TYPE, SchemeTerritory: name, DivisionScope: scope, ...now, ServiceHistory: past }],
  }
}

function encodeStates({ span, evidence, evidenceDigest, ended }: TrustStatement): { now: object; past: object[] | undefined } {
  const granted = {
    ServiceStatus: GRANTED,
    StatusStartingTime: formatInstant(span.from),
    StatusReason: evidence ?? undefined,
    EvidenceDigest: evidenceDigest,
  }
  if (span.until === null) return { now: granted, past: undefined }
  const withdrawn = {
    ServiceStatus: WITHDRAWN,
    StatusStartingTime: formatInstant(span.until),
    StatusReason: ended?.reason,
    StatusReasonCode: ended?.code === undefined ? undefined : codeUri(ended.code),
    EvidenceDigest: ended?.evidenceDigest,
  }
  return { now: withdrawn, past: [granted] }
}

/** Ours by our name for it; somebody else's is a URI already. */
function codeUri(code: string): string {
  return code.includes(':') ? code : `${END_REASON}${code}`
}

function identityOf(fingerprint: string): object {
  return { OtherIds: [`${CERTIFICATE_DIGEST}${fingerprint}`] }
}

function named(value: string): object {
  return [{ lang: LANGUAGE, value }]
}
