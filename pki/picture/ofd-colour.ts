import { childOf, type XmlElement } from '../xml.ts'
import { notDrawn, numberOf } from './values.ts'

/** A colour as SVG has it, with its opacity from 0 to 1. */
export interface Colour {
  readonly colour: string
  readonly opacity: number
}

export const BLACK: Colour = { colour: 'rgb(0,0,0)', opacity: 1 }

/**
 * `FillColor` or `StrokeColor` of an object (GB/T 33190-2016 8.3.2): `Value` in grey, RGB or CMYK of eight bits, decimal or hex.
 * Null: the object has none of its own.
 * @throws PkiError UNSUPPORTED for patterns, shadings and palettes.
 */
export function colourOf(object: XmlElement, name: 'FillColor' | 'StrokeColor'): Colour | null {
  const element = childOf(object, name)
  if (element === null) return null
  if (element.children.length > 0 || element.attributes.has('Index')) throw notDrawn('a shading or palette')
  const parts = (element.attributes.get('Value') ?? '0').trim().split(/\s+/).map(component)
  const alpha = numberOf(element.attributes.get('Alpha') ?? '255') / 255
  return { colour: `rgb(${rgbOf(parts).map(Math.round).join(',')})`, opacity: Math.min(1, Math.max(0, alpha)) }
}

function component(text: string): number {
  const value = text.startsWith('#') ? Number.parseInt(text.slice(1), 16) : numberOf(text)
  return Math.min(255, Math.max(0, value))
}

function rgbOf(parts: readonly number[]): readonly number[] {
  const [first = 0, second = 0, third = 0, black = 0] = parts
  if (parts.length === 1) return [first, first, first]
  if (parts.length === 3) return parts
  if (parts.length === 4) return [first, second, third].map((ink) => ((255 - ink) * (255 - black)) / 255)
  throw notDrawn(`a colour of ${parts.length} parts`)
}
