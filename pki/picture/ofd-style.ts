import type { XmlElement } from '../xml.ts'
import { type Colour, colourOf } from './ofd-colour.ts'
import type { StampResources } from './ofd-resources.ts'
import { notDrawn, numberOf } from './values.ts'

/** How objects are drawn where they do not say so themselves (GB/T 33190-2016 8.2). */
export interface Style {
  readonly fill: Colour | null
  readonly stroke: Colour | null
  readonly lineWidth: number
}

/** GB/T 33190-2016 table 17: millimetres. */
const LINE_WIDTH = 0.353

const PLAIN: Style = { fill: null, stroke: null, lineWidth: LINE_WIDTH }
const MAXIMUM_RELATIVES = 8

/** The style of a layer or object: its own attributes before its `DrawParam`, that before what surrounds it. */
export function styleOf(element: XmlElement, resources: StampResources, around: Style = PLAIN): Style {
  const reference = element.attributes.get('DrawParam')
  const inherited = reference === undefined ? around : drawParam(reference, resources, around, 0)
  return styled(element, inherited)
}

function drawParam(id: string, resources: StampResources, around: Style, depth: number): Style {
  const element = resources.drawParams.get(id)
  if (!element || depth > MAXIMUM_RELATIVES) throw notDrawn('drawing parameters that are not there')
  const relative = element.attributes.get('Relative')
  return styled(element, relative === undefined ? around : drawParam(relative, resources, around, depth + 1))
}

function styled(element: XmlElement, { fill, stroke, lineWidth }: Style): Style {
  const width = element.attributes.get('LineWidth')
  return {
    fill: colourOf(element, 'FillColor') ?? fill,
    stroke: colourOf(element, 'StrokeColor') ?? stroke,
    lineWidth: width === undefined ? lineWidth : numberOf(width),
  }
}
