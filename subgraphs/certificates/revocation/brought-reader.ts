import type { CertificateReader, CrlLines, CrlQuestion, CrlSeries, CrlWord, HeldCrl } from '../store/certificate-store.ts'
import type { OcspQuestion, OcspWord } from '../store/ocsp-store.ts'

/** A CRL that came along and was admitted. */
export interface BroughtList {
  readonly crl: HeldCrl
  readonly scope: CrlSeries
  readonly lines: CrlLines
}

/**
 * What is held and what came along, asked as one: every rule on held evidence then holds for the other as well. Nothing is stored.
 * A piece that was held before it was first seen is left to the store.
 */
export function withBrought(
  store: CertificateReader,
  lists: readonly BroughtList[],
  ocspWords: readonly OcspWord[],
): CertificateReader {
  return {
    ...store,
    seriesOf: async (authority, points) => {
      const held = await store.seriesOf(authority, points)
      const brought = lists.map(({ scope }) => scope).filter((scope) => scope.authority === authority && isAt(scope, points))
      return [...new Map([...brought, ...held].map((one) => [one.series, one])).values()]
    },
    words: async (question) => {
      const held = await store.words(question)
      return [
        ...held,
        ...listWords(lists, question).filter(
          ({ crl }) =>
            !isHeld(
              crl,
              held.map((word) => word.crl),
            ),
        ),
      ]
    },
    ocspWords: async (question) => {
      const held = await store.ocspWords(question)
      return [...held, ...ocspWords.filter((word) => isAbout(word, question) && !isHeld(word, held))]
    },
  }
}

/** As the store finds series: those that name no point, and those at one of the points asked about. */
function isAt(scope: CrlSeries, points: readonly string[]): boolean {
  return scope.points.length === 0 || scope.points.some((point) => points.includes(point))
}

function listWords(lists: readonly BroughtList[], question: CrlQuestion): readonly CrlWord[] {
  const known = lists.filter(({ crl }) => crl.series === question.series && crl.recordedAt <= question.knownAt)
  return known.map(({ crl, lines }) => ({ crl, entry: lines.find(question) }))
}

function isAbout(word: OcspWord, { authority, serialNumber, knownAt }: OcspQuestion): boolean {
  return word.authority === authority && word.serialNumber === serialNumber && word.recordedAt <= knownAt
}

type Recorded = Pick<HeldCrl, 'digest' | 'recordedAt'>

function isHeld({ digest, recordedAt }: Recorded, held: readonly Recorded[]): boolean {
  return held.some((one) => one.digest === digest && one.recordedAt <= recordedAt)
}
