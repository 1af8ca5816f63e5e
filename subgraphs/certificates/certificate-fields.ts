import { formatInstant, type Instant, parseInstant } from '../../model/time.ts'
import { signatureAlgorithmName } from '../../pki/signature.ts'
import { formatName } from '../../pki/x509/name.ts'
import type { DecodedCertificate } from './decoded-certificate.ts'
import { extensionFields } from './extension-fields.ts'
import { keyUsageOf, sealedPathFacts } from './facts.ts'
import { nameAttributes } from './name-attributes.ts'
import { noPathReason, pathStatus, pathStatuses } from './path-status.ts'
import { revocationStatus } from './revocation/revocation-status.ts'
import type { CertificatesRoom } from './room.ts'
import { sealProfileOf } from './seal-profile.ts'

/** The fields of `Certificate` that the bytes alone tell. */
export const certificateFields = {
  subject: ({ certificate }: DecodedCertificate) => formatName(certificate.subject),
  subjectAttributes: ({ certificate }: DecodedCertificate) => nameAttributes(certificate.subject),
  issuer: ({ certificate }: DecodedCertificate) => formatName(certificate.issuer),
  issuerAttributes: ({ certificate }: DecodedCertificate) => nameAttributes(certificate.issuer),
  serialNumber: ({ certificate }: DecodedCertificate) => certificate.serialNumber,
  notBefore: ({ certificate }: DecodedCertificate) => formatInstant(certificate.validity.notBefore),
  notAfter: ({ certificate }: DecodedCertificate) => formatInstant(certificate.validity.notAfter),
  algorithm: ({ certificate }: DecodedCertificate) => signatureAlgorithmName(certificate.signatureAlgorithm),
  keyUsage: keyUsageOf,
  extensions: extensionFields,
  sealCode: ({ certificate }: DecodedCertificate) => sealProfileOf(certificate.subject).sealCode,
  creditCode: ({ certificate }: DecodedCertificate) => sealProfileOf(certificate.subject).creditCode,
  organization: ({ certificate }: DecodedCertificate) => sealProfileOf(certificate.subject).organization,
}

interface AsOf {
  readonly at?: string | null
  readonly knownAt?: string | null
}

/** The fields of `Certificate` that depend on what is held, and on a moment. */
export function certificateMoments(room: CertificatesRoom) {
  const moment = ({ at }: AsOf): Instant => (typeof at === 'string' ? parseInstant(at) : room.now())
  return {
    path: (certificate: DecodedCertificate, asOf: AsOf) => pathStatus(certificate, moment(asOf), room),
    paths: (certificate: DecodedCertificate, asOf: AsOf) => pathStatuses(certificate, moment(asOf), room),
    noPath: (certificate: DecodedCertificate) => noPathReason(certificate, room),
    revocation: (certificate: DecodedCertificate, asOf: AsOf) => {
      const knownAt = typeof asOf.knownAt === 'string' ? parseInstant(asOf.knownAt) : null
      const at = typeof asOf.at === 'string' ? parseInstant(asOf.at) : (knownAt ?? room.now())
      return revocationStatus(certificate, { at, knownAt }, room)
    },
    pathFacts: (certificate: DecodedCertificate) => sealedPathFacts([certificate], certificate.fingerprint, room),
  }
}
