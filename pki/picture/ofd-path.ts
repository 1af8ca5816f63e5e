import { notDrawn, numberOf } from './values.ts'

/** The operators of AbbreviatedData (GB/T 33190-2016 9.3), as SVG has them, with their numbers of operands. */
const OPERATORS: Readonly<Record<string, { readonly letter: string; readonly operands: number }>> = {
  S: { letter: 'M', operands: 2 },
  M: { letter: 'M', operands: 2 },
  L: { letter: 'L', operands: 2 },
  Q: { letter: 'Q', operands: 4 },
  B: { letter: 'C', operands: 6 },
  A: { letter: 'A', operands: 7 },
  C: { letter: 'Z', operands: 0 },
}

/** The path data of SVG for AbbreviatedData. @throws PkiError STRUCTURE, UNSUPPORTED for what is no operator */
export function pathData(abbreviated: string): string {
  const words = abbreviated.trim().split(/[\s,]+/)
  const parts: string[] = []
  for (let i = 0; i < words.length; ) {
    const operator = OPERATORS[words[i] ?? '']
    if (!operator) throw notDrawn('a path of other operators')
    const operands = words.slice(i + 1, i + 1 + operator.operands).map(numberOf)
    if (operands.length !== operator.operands) throw notDrawn('a path that breaks off')
    parts.push(`${operator.letter}${operands.join(' ')}`)
    i += 1 + operator.operands
  }
  return parts.join('')
}
