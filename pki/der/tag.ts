/** ITU-T X.690: identifier octets met in certificates, CRLs, CMS and seals. */
export const TAG = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OBJECT_IDENTIFIER: 0x06,
  ENUMERATED: 0x0a,
  UTF8_STRING: 0x0c,
  PRINTABLE_STRING: 0x13,
  TELETEX_STRING: 0x14,
  IA5_STRING: 0x16,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  VISIBLE_STRING: 0x1a,
  UNIVERSAL_STRING: 0x1c,
  BMP_STRING: 0x1e,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const

/** `[n]` with primitive content, as IMPLICIT tagging of a primitive gives. */
export function contextPrimitive(number: number): number {
  return 0x80 | number
}

/** `[n]` with constructed content: EXPLICIT tagging, or IMPLICIT tagging of a SEQUENCE or SET. */
export function contextConstructed(number: number): number {
  return 0xa0 | number
}
