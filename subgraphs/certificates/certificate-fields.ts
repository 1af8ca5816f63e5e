import { formatInstant } from '../../model/time.ts'
import { signatureAlgorithmName } from '../../pki/signature.ts'
import { formatName } from '../../pki/x509/name.ts'
import type { DecodedCertificate } from './decoded-certificate.ts'
import { keyUsageOf } from './facts.ts'
import { sealProfileOf } from './seal-profile.ts'

/** The fields of `Certificate` that the bytes alone tell. */
export const certificateFields = {
  subject: ({ certificate }: DecodedCertificate) => formatName(certificate.subject),
  issuer: ({ certificate }: DecodedCertificate) => formatName(certificate.issuer),
  serialNumber: ({ certificate }: DecodedCertificate) => certificate.serialNumber,
  notBefore: ({ certificate }: DecodedCertificate) => formatInstant(certificate.validity.notBefore),
  notAfter: ({ certificate }: DecodedCertificate) => formatInstant(certificate.validity.notAfter),
  algorithm: ({ certificate }: DecodedCertificate) => signatureAlgorithmName(certificate.signatureAlgorithm),
  keyUsage: keyUsageOf,
  sealCode: ({ certificate }: DecodedCertificate) => sealProfileOf(certificate.subject).sealCode,
  creditCode: ({ certificate }: DecodedCertificate) => sealProfileOf(certificate.subject).creditCode,
  organization: ({ certificate }: DecodedCertificate) => sealProfileOf(certificate.subject).organization,
}
