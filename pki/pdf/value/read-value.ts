import { type PlacedValue, placeValue } from '../../cms/ber.ts'
import { PkiError } from '../../error.ts'
import { finding } from '../../ses/check-row.ts'
import { kindOfBytes } from '../../ses/kind.ts'
import type { PdfBudget } from '../limits.ts'
import type { SubFilter } from '../signature/sub-filter.ts'
import { brokenValue, NOTHING_READ, type ValueReading, valueRow } from './reading.ts'
import { readSealValue } from './seal-value.ts'
import { readSignedDataValue } from './signed-data-value.ts'

/** A value read, and where in /Contents it ends. */
export interface ReadValue extends ValueReading {
  /** The value without its padding, as received; null where no value could be made out. */
  readonly value: Uint8Array | null
  /** Whether all that follows the value in /Contents is zero. */
  readonly isPaddingZero: boolean
}

/**
 * Reads the value in /Contents by its bytes, whatever the dictionary calls it.
 * @param content the signed bytes of the file; null where they cannot be told.
 * @throws PkiError TOO_LARGE, TOO_DEEP
 */
export function readValue(contents: Uint8Array, content: Uint8Array | null, subFilter: SubFilter, budget: PdfBudget): ReadValue {
  const placed = placeOrReason(contents)
  if (typeof placed === 'string') return { ...brokenValue('签名值不是 DER', placed), value: null, isPaddingZero: true }
  return {
    ...readByKind(placed, content, subFilter, budget),
    value: contents.subarray(0, placed.length),
    isPaddingZero: contents.subarray(placed.length).every((byte) => byte === 0),
  }
}

function readByKind(
  { value, isBer }: PlacedValue,
  content: Uint8Array | null,
  subFilter: SubFilter,
  budget: PdfBudget,
): ValueReading {
  if (subFilter === 'RSA_SHA1') return weakValue()
  const kind = kindOfBytes(value)
  if (isBer && kind !== 'SIGNED_DATA')
    return brokenValue('签名值不是 DER', 'indefinite lengths where a signature covers the bytes')
  if (kind === 'SIGNATURE') return readSealValue(value, content, budget)
  if (kind === 'SIGNED_DATA') return readSignedDataValue(value, content, subFilter, isBer, budget)
  if (kind === 'BARE_SIGNATURE') return bareValue()
  return brokenValue('不是签名值', kind === 'SEAL' ? 'a seal, no signature' : 'no signature value')
}

/** A raw RSA value over SHA-1 (ISO 32000-2 12.8.3.2, deprecated): not even looked at. */
function weakValue(): ValueReading {
  const weak = finding('UNKNOWN', 'RSA 与 SHA-1', 'RSA with SHA-1')
  const rows = [
    valueRow('SIGNATURE_FORMAT', finding('NOTE', '只有签名值', 'a bare signature value')),
    ...(['SIGNATURE_ALGORITHM', 'SIGNATURE_VALUE', 'DATA_HASH'] as const).map((check) => valueRow(check, weak)),
  ]
  return { ...NOTHING_READ, rows }
}

/** A value without certificate or structure: whose it is cannot be told from it. */
function bareValue(): ValueReading {
  const elsewhere = finding('UNKNOWN', '须另行取得签名人公钥', "the signer's public key has to come from elsewhere")
  const rows = [
    valueRow(
      'SIGNATURE_FORMAT',
      finding('NOTE', '只有签名值，没有证书与签名结构', 'a bare value, without certificate or structure'),
    ),
    ...(['SIGNER_CERTIFICATE', 'SIGNATURE_VALUE', 'DATA_HASH'] as const).map((check) => valueRow(check, elsewhere)),
  ]
  return { ...NOTHING_READ, rows }
}

function placeOrReason(contents: Uint8Array): PlacedValue | string {
  try {
    return placeValue(contents)
  } catch (cause) {
    if (cause instanceof PkiError) return cause.message
    throw cause
  }
}
