import type { DivisionCode } from './division-code.ts'

/** The structures a seal or signature comes in. */
export type SealFormat =
  | 'SES_V1' // GM/T 0031-2014
  | 'SES_V4' // GB/T 38540-2020
  | 'SES_V5' // GM/T 0031-2025
  | 'GBT_35275' // a plain SignedData, no seal

/** The classes the measures know: 电子公章, 电子职务章 (电子名章), 电子私章. UNKNOWN is recognised by nobody but its own division. */
export type SealClass = 'PUBLIC' | 'POSITION' | 'PRIVATE' | 'UNKNOWN'

/** Type codes of the unified national seal (domain reference 4.4); anything else is OTHER and keeps its raw value. */
export type SealKind =
  | 'PERSONAL' // 0 电子个人名章
  | 'LEGAL_NAME' // 1 电子法定名称章
  | 'FINANCE' // 2 电子财务专用章
  | 'INVOICE' // 3 电子发票专用章
  | 'CONTRACT' // 4 电子合同专用章
  | 'LEGAL_REPRESENTATIVE' // 5 电子法定代表人名章
  | 'BUSINESS' // 6 业务专用章
  | 'OTHER' // 99 and everything unmapped

const KINDS: Readonly<Record<number, SealKind>> = {
  0: 'PERSONAL',
  1: 'LEGAL_NAME',
  2: 'FINANCE',
  3: 'INVOICE',
  4: 'CONTRACT',
  5: 'LEGAL_REPRESENTATIVE',
  6: 'BUSINESS',
  99: 'OTHER',
}

/** The kind behind the raw `type` of SES_ESPropertyInfo. GM/T 0031-2014 names only 1 (unit) and 2 (person). */
export function kindOf(format: SealFormat, typeCode: number): SealKind {
  if (format === 'SES_V1' && typeCode === 2) return 'PERSONAL'
  return KINDS[typeCode] ?? 'OTHER'
}

/**
 * The class of a seal from its kind. A type code nobody defined gives PUBLIC only when the certificate names a unit by a
 * valid credit code, and UNKNOWN otherwise: it is never guessed upward.
 */
export function classOf(kind: SealKind, certificateNamesUnit: boolean): SealClass {
  if (kind === 'PERSONAL') return 'PRIVATE'
  if (kind === 'LEGAL_REPRESENTATIVE') return 'POSITION'
  if (kind !== 'OTHER') return 'PUBLIC'
  return certificateNamesUnit ? 'PUBLIC' : 'UNKNOWN'
}

/**
 * The issuing division a seal code begins with: e-seal codes are 14 digits, police codes 13 or 14, the first six a division.
 * Null when the code has another shape (older test seals carry UUIDs): the division is then unknown, never guessed.
 */
export function divisionOfSealCode(code: string): DivisionCode | null {
  return /^\d{13,19}$/.test(code) ? code.slice(0, 6) : null
}
