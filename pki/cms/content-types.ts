/** Whose object identifiers the outer layer uses; the structure is the same. */
export type CmsStandard = 'GB/T 35275' | 'RFC 5652'

/** Content type of SignedData, by standard. */
export const SIGNED_DATA: Readonly<Record<CmsStandard, string>> = {
  'GB/T 35275': '1.2.156.10197.6.1.4.2.2',
  'RFC 5652': '1.2.840.113549.1.7.2',
}

/** Content type of plain data, by standard. */
export const DATA: Readonly<Record<CmsStandard, string>> = {
  'GB/T 35275': '1.2.156.10197.6.1.4.2.1',
  'RFC 5652': '1.2.840.113549.1.7.1',
}

/** Whether a type is plain data under either name. */
export function isPlainData(contentType: string): boolean {
  return Object.values(DATA).includes(contentType)
}
