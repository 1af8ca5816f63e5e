import { childOf, childrenOf, type XmlElement } from '../xml.ts'
import { BLACK } from './ofd-colour.ts'
import type { StampResources } from './ofd-resources.ts'
import type { Style } from './ofd-style.ts'
import { type SvgElement, svg } from './svg.ts'
import { notDrawn, numberOf } from './values.ts'

const MAXIMUM_CHARACTERS = 256
/** Chinese stamps are cut in these; a machine without them takes the next. */
const FALLBACK_FONTS = 'SimSun,STSong,serif'

/** A TextObject (GB/T 33190-2016 11.2): each character by itself at the place its deltas give. */
export function drawnText(object: XmlElement, { fill, stroke }: Style, { fonts }: StampResources): readonly SvgElement[] {
  const { attributes } = object
  for (const turned of ['ReadDirection', 'CharDirection'])
    if (numberOf(attributes.get(turned) ?? '0') !== 0) throw notDrawn('text that runs another way')
  if (childOf(object, 'CGTransform') !== null) throw notDrawn('glyphs in place of characters')
  const font = fonts.get(attributes.get('Font') ?? '')
  const shown = {
    'font-family': font ? `${font},${FALLBACK_FONTS}` : FALLBACK_FONTS,
    'font-size': numberOf(attributes.get('Size') ?? '0'),
    'font-weight': weightOf(attributes),
    'font-style': attributes.get('Italic') === 'true' ? 'italic' : null,
    ...paint('fill', attributes.get('Fill') === 'false' ? null : (fill ?? BLACK)),
    ...paint('stroke', attributes.get('Stroke') === 'true' ? (stroke ?? BLACK) : null),
  }
  const scale = numberOf(attributes.get('HScale') ?? '1')
  return childrenOf(object, 'TextCode').flatMap((code) =>
    placed(code).map(({ character, x, y }) => {
      const place = scale === 1 ? { x, y } : { transform: `matrix(${scale} 0 0 1 ${x} ${y})` }
      return svg('text', { ...place, ...shown }, [character])
    }),
  )
}

function weightOf(attributes: ReadonlyMap<string, string>): number | null {
  const weight = numberOf(attributes.get('Weight') ?? '400')
  return weight === 400 || weight <= 0 || weight > 1000 ? null : weight
}

export function paint(kind: 'fill' | 'stroke', colour: Style['fill']): SvgElement['attributes'] {
  if (colour === null) return { [kind]: 'none' }
  return { [kind]: colour.colour, [`${kind}-opacity`]: colour.opacity === 1 ? null : colour.opacity }
}

interface Placed {
  readonly character: string
  readonly x: number
  readonly y: number
}

function placed(code: XmlElement): readonly Placed[] {
  const characters = [...code.text]
  if (characters.length > MAXIMUM_CHARACTERS) throw notDrawn(`over ${MAXIMUM_CHARACTERS} characters in a row`)
  const [right, down] = ['DeltaX', 'DeltaY'].map((name) => deltas(code.attributes.get(name) ?? ''))
  let [x, y] = [numberOf(code.attributes.get('X') ?? '0'), numberOf(code.attributes.get('Y') ?? '0')]
  return characters.map((character, i) => {
    if (i > 0) {
      x += right?.[i - 1] ?? 0
      y += down?.[i - 1] ?? 0
    }
    return { character, x, y }
  })
}

/** `g 3 2.5` stands for three times 2.5 (GB/T 33190-2016 11.3). */
function deltas(text: string): readonly number[] {
  const words = text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
  const numbers: number[] = []
  for (let i = 0; i < words.length; i++) {
    if (words[i] !== 'g') numbers.push(numberOf(words[i] ?? ''))
    else {
      const [times, value] = [numberOf(words[i + 1] ?? ''), numberOf(words[i + 2] ?? '')]
      for (let n = 0; n < Math.min(times, MAXIMUM_CHARACTERS); n++) numbers.push(value)
      i += 2
    }
  }
  return numbers
}
