import { formatInstant } from '../../model/time.ts'
import type { CrlImportRow } from './import-crls.ts'
import type { OcspImportRow } from './import-ocsp.ts'

/** The fields of `CrlImportRow` that tell of the CRL; all null when its bytes could not be read. */
export const crlImportFields = {
  issuer: ({ crl }: CrlImportRow) => crl?.issuer ?? null,
  number: ({ crl }: CrlImportRow) => (crl ? BigInt(`0x${crl.number}`).toString() : null),
  thisUpdate: ({ crl }: CrlImportRow) => (crl ? formatInstant(crl.thisUpdate) : null),
  nextUpdate: ({ crl }: CrlImportRow) => (crl?.nextUpdate != null ? formatInstant(crl.nextUpdate) : null),
  entries: ({ crl }: CrlImportRow) => crl?.entryCount ?? null,
}

/** The fields of `OcspImportRow` that tell of the response; all null when it was not taken in just now. */
export const ocspImportFields = {
  responder: ({ response }: OcspImportRow) => response?.responder ?? null,
  producedAt: ({ response }: OcspImportRow) => (response ? formatInstant(response.producedAt) : null),
  answers: ({ response }: OcspImportRow) => response?.sayings.length ?? null,
}
