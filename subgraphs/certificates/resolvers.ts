import type { PageQuestion } from '../../model/page.ts'
import type { Resolvers } from '../../runtime/local-subgraph.ts'
import { type Bearer, bearerFields } from './bearer-fields.ts'
import { certificateFields, certificateMoments } from './certificate-fields.ts'
import { distrustFields } from './distrust-fields.ts'
import { type ExpiringQuestion, expiringCertificates } from './expiring.ts'
import type { FileReference } from './import-bytes.ts'
import { importCertificates } from './import-certificates.ts'
import { importCrls } from './import-crls.ts'
import { crlImportFields, ocspImportFields } from './import-fields.ts'
import { importOcspResponses } from './import-ocsp.ts'
import { inspectCertificate } from './inspect-certificate.ts'
import { revocationSources } from './revocation/source-list.ts'
import type { CertificatesRoom } from './room.ts'

interface CrlsArguments {
  readonly crls?: readonly string[] | null
  readonly files?: readonly FileReference[] | null
}

/** Everything the SDL promises, over one room. */
export function certificatesResolvers(room: CertificatesRoom): Resolvers {
  const find = (_: unknown, { fingerprint }: { fingerprint: string }) => room.known.find(fingerprint)
  return {
    Query: {
      certificate: find,
      inspectCertificate: (_: unknown, { der }: { der: string }) => inspectCertificate(der, room),
      expiringCertificates: (_: unknown, question: ExpiringQuestion) => expiringCertificates(question, room),
      revocationSources: (_: unknown, question: PageQuestion) => revocationSources(question, room),
    },
    Mutation: {
      importCertificates: async (_: unknown, { certificates }: { certificates: readonly string[] }) => ({
        rows: await importCertificates(certificates, room),
      }),
      importCrls: async (_: unknown, { crls, files }: CrlsArguments) => {
        const references = [...(crls ?? []).map((base64) => ({ base64 })), ...(files ?? [])]
        return { rows: await importCrls(references, room) }
      },
      importOcspResponses: async (_: unknown, { files }: { files: readonly FileReference[] }) => ({
        rows: await importOcspResponses(files, room),
      }),
    },
    Certificate: {
      __resolveReference: ({ fingerprint }: { fingerprint: string }) => room.known.find(fingerprint),
      ...certificateFields,
      ...certificateMoments(room),
    },
    CrlImportRow: crlImportFields,
    OcspImportRow: ocspImportFields,
    Seal: bearer('certificate', room),
    SealInspection: bearer('certificate', room),
    SignatureVerification: bearer('signerCertificate', room),
    TrustImpact: distrustFields(room),
  }
}

function bearer(signerField: string, room: CertificatesRoom): object {
  return { __resolveReference: (one: Bearer) => one, ...bearerFields(signerField, room) }
}
