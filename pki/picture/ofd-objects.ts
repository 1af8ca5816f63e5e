import { childOf, type XmlElement } from '../xml.ts'
import { BLACK } from './ofd-colour.ts'
import { pathData } from './ofd-path.ts'
import type { StampResources } from './ofd-resources.ts'
import { type Style, styleOf } from './ofd-style.ts'
import { drawnText, paint } from './ofd-text.ts'
import { dataAddress, rasterType } from './raster.ts'
import { type SvgElement, svg } from './svg.ts'
import { notDrawn, numbersOf } from './values.ts'

const MAXIMUM_DEPTH = 16

/** Counts the objects of one stamp. */
export interface ObjectBudget {
  left: number
}

/**
 * The objects of a layer or block, in the order they are painted (GB/T 33190-2016 7.7, 8).
 * @throws PkiError UNSUPPORTED for what is not drawn here, STRUCTURE for numbers that are none, TOO_LARGE over the budget.
 */
export function drawnObjects(
  holder: XmlElement,
  resources: StampResources,
  around: Style,
  budget: ObjectBudget,
  depth = 0,
): readonly SvgElement[] {
  if (depth > MAXIMUM_DEPTH) throw notDrawn('blocks within blocks')
  return holder.children.flatMap((object): readonly SvgElement[] => {
    if (--budget.left < 0) throw notDrawn('too many objects')
    if (object.attributes.get('Visible') === 'false') return []
    if (object.name === 'PageBlock') return drawnObjects(object, resources, around, budget, depth + 1)
    const style = styleOf(object, resources, around)
    if (object.name === 'PathObject') return [inBoundary(object, 'hidden', [drawnPath(object, style)])]
    if (object.name === 'TextObject') return [inBoundary(object, 'visible', drawnText(object, style, resources))]
    if (object.name === 'ImageObject') return [inBoundary(object, 'hidden', [drawnImage(object, resources)])]
    throw notDrawn(`a ${object.name}`)
  })
}

/**
 * An object's own coordinates, through its matrix, begin where its boundary begins (GB/T 33190-2016 8.5), and it is cut off there; text
 * is not, since another font than the stamp's is a little larger.
 */
function inBoundary(object: XmlElement, overflow: 'hidden' | 'visible', content: readonly SvgElement[]): SvgElement {
  if (childOf(object, 'Clips') !== null) throw notDrawn('a clip')
  const [x, y, width, height] = numbersOf(object.attributes.get('Boundary') ?? '', 4)
  const matrix = object.attributes.get('CTM')
  const transform = matrix === undefined ? null : `matrix(${numbersOf(matrix, 6).join(' ')})`
  const alpha = numbersOf(object.attributes.get('Alpha') ?? '255', 1)[0] ?? 255
  const opacity = alpha >= 255 ? null : Math.max(0, alpha) / 255
  const box = { x: x ?? 0, y: y ?? 0, width: Math.max(0, width ?? 0), height: Math.max(0, height ?? 0), overflow }
  return svg('svg', box, [svg('g', { transform, opacity }, content)])
}

function drawnPath(object: XmlElement, { fill, stroke, lineWidth }: Style): SvgElement {
  const { attributes } = object
  const isFilled = attributes.get('Fill') === 'true'
  const isStroked = attributes.get('Stroke') !== 'false'
  return svg('path', {
    d: pathData(childOf(object, 'AbbreviatedData')?.text ?? ''),
    ...paint('fill', isFilled ? (fill ?? BLACK) : null),
    'fill-rule': attributes.get('Rule') === 'Even-Odd' ? 'evenodd' : null,
    ...paint('stroke', isStroked ? (stroke ?? BLACK) : null),
    'stroke-width': isStroked ? lineWidth : null,
  })
}

/** A picture fills the unit square, which the matrix brings to its size. */
function drawnImage(object: XmlElement, { media }: StampResources): SvgElement {
  const bytes = media.get(object.attributes.get('ResourceID') ?? '')
  const type = bytes === undefined ? null : rasterType(bytes)
  if (bytes === undefined || type === null) throw notDrawn('a picture within it of another kind')
  return svg('image', { width: 1, height: 1, preserveAspectRatio: 'none', href: dataAddress(type, bytes) })
}
