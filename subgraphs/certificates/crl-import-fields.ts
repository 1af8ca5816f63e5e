import { formatInstant } from '../../model/time.ts'
import type { CrlImportRow } from './import-crls.ts'

/** The fields of `CrlImportRow` that tell of the CRL; all null when its bytes could not be read. */
export const crlImportFields = {
  issuer: ({ crl }: CrlImportRow) => crl?.issuer ?? null,
  number: ({ crl }: CrlImportRow) => (crl ? BigInt(`0x${crl.number}`).toString() : null),
  thisUpdate: ({ crl }: CrlImportRow) => (crl ? formatInstant(crl.thisUpdate) : null),
  nextUpdate: ({ crl }: CrlImportRow) => (crl?.nextUpdate != null ? formatInstant(crl.nextUpdate) : null),
  entries: ({ crl }: CrlImportRow) => crl?.entryCount ?? null,
}
