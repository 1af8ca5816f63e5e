import { both, painted, table } from './terminal.ts'
import type { RecognitionAnswer, RecognitionMatrix } from './trust-recognition.ts'

/** Between two divisions, class by class. */
export function classesTable({ classes }: RecognitionAnswer): string {
  const rows = classes.map((one) => [
    painted(one.recognised ? 'green' : 'red', one.recognised ? '✓' : '✗'),
    one.class,
    one.basis,
    `${one.rule.source.zh} ${one.rule.clause}`,
    both(one.explanation),
  ])
  return table(['', '类别 class', '依据 basis', '条款 rule', '说明 explanation'], rows)
}

const LETTERS: Readonly<Record<string, string>> = { PUBLIC: '公', POSITION: '职', PRIVATE: '私', UNKNOWN: '?' }
const LEGEND = '公 public  职 position  私 private  ? unknown；* 对方不认可 not returned；– 均不认可 none'

/** What most divisions do once, and whoever does otherwise: a square of all provinces fits no terminal. */
export function matrixText({ rows }: RecognitionMatrix): string {
  const cells = rows.flatMap(({ reliedOnIn, cells: of }) => of.map((cell) => ({ ...cell, reliedOnIn, words: wordsOfCell(cell) })))
  const between = cells.filter(({ reliedOnIn, issuedIn }) => reliedOnIn !== issuedIn)
  const usual = mostCommon(between.map(({ words }) => words))
  const others = between.filter(({ words }) => words !== usual)
  const told = others.map(({ reliedOnIn, issuedIn, words, agreements }) => [reliedOnIn, issuedIn, words, agreements.join(' ')])
  const all = `${between.length} 对区划，一般认可 pairs of divisions, most accept：${usual ?? '–'}`
  const except = ['依赖方 relied on in', '签发方 issued in', '认可 accepted', '约定 agreements']
  return [all, ...(told.length > 0 ? [table(except, told)] : ['没有例外 without exception']), painted('gray', LEGEND)].join('\n')
}

type Cell = RecognitionMatrix['rows'][number]['cells'][number]

function wordsOfCell({ accepted, notReturned }: Cell): string {
  return accepted.map((one) => `${LETTERS[one] ?? one}${notReturned.includes(one) ? '*' : ''}`).join('') || '–'
}

function mostCommon(words: readonly string[]): string | null {
  const counted = [...Map.groupBy(words, (word) => word)].map(([word, of]) => [word, of.length] as const)
  return counted.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? null
}
