import { stripVTControlCharacters, styleText } from 'node:util'
import type { CheckOutcome } from '../model/check.ts'
import type { Indication } from '../model/indication.ts'
import type { Bilingual } from '../model/text.ts'

type Style = Parameters<typeof styleText>[0]

export const OUTCOME_MARKS: Readonly<Record<CheckOutcome, { readonly sign: string; readonly style: Style }>> = {
  PASSED: { sign: '✓', style: 'green' },
  FAILED: { sign: '✗', style: 'red' },
  UNKNOWN: { sign: '?', style: 'yellow' },
  NOTE: { sign: '!', style: 'cyan' },
  NOT_APPLICABLE: { sign: '–', style: 'gray' },
}

export const INDICATION_WORDS: Readonly<Record<Indication, Bilingual & { readonly style: Style }>> = {
  TOTAL_PASSED: { zh: '通过', en: 'passed', style: 'green' },
  TOTAL_FAILED: { zh: '不通过', en: 'failed', style: 'red' },
  INDETERMINATE: { zh: '不能断定', en: 'indeterminate', style: 'yellow' },
}

/** Colours only where a person looks: never into a pipe or a file, nor against NO_COLOR. */
export function painted(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

/** A sentence in both languages on one line, the English quieter. */
export function both({ zh, en }: Bilingual): string {
  return zh === en ? zh : `${zh}  ${painted('gray', en)}`
}

/** Width on a terminal: CJK and full-width signs take two columns. */
export function width(text: string): number {
  let columns = 0
  for (const sign of stripVTControlCharacters(text))
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(sign) ? 2 : 1
  return columns
}

/** `KEY_COMPROMISE` and others as they are typed: `key-compromise | …`. */
export function wordsOf(constants: readonly string[]): string {
  return constants.map((one) => one.toLowerCase().replaceAll('_', '-')).join(' | ')
}

/** `time-stamp-authority` → `TIME_STAMP_AUTHORITY`. */
export function constantOf(text: string): string {
  return text.trim().toUpperCase().replaceAll('-', '_')
}

/** Lines of a table whose columns stand under one another, also in Chinese. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(width(title), ...rows.map((row) => width(row[column] ?? ''))))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd()
  return [painted('bold', line(header)), ...rows.map(line)].join('\n')
}
