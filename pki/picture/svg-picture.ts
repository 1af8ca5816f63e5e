import { childrenOf, parseXml, type XmlElement } from '../xml.ts'
import { type SvgElement, svg, svgPicture } from './svg.ts'
import { notDrawn, numberOf, numbersOf } from './values.ts'

const NAMESPACE = 'http://www.w3.org/2000/svg'
const MAXIMUM_OBJECTS = 2_000
const MILLIMETRES: Readonly<Record<string, number>> = { '': 25.4 / 96, px: 25.4 / 96, mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72 }

/** Shapes and text. Everything that refers elsewhere, moves, or draws by program is left out of this list on purpose. */
const DRAWN: ReadonlySet<string> = new Set([
  'g',
  'path',
  'circle',
  'ellipse',
  'rect',
  'line',
  'polyline',
  'polygon',
  'text',
  'tspan',
  'textPath',
  'defs',
])
/** What is passed over, since it shows nothing. */
const SILENT: ReadonlySet<string> = new Set(['title', 'desc', 'metadata'])

const NUMBERS = /^[\s\d.,eE+%a-zA-Z-]*$/
const COLOUR = /^(?:#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20}|rgba?\([\d\s.,%/]+\))$/
const WORDS = /^[\p{L}\p{N}\s,.'"_-]*$/u
const IDENTIFIER = /^[A-Za-z][\w.-]{0,63}$/

/** Attributes with the form their values must have; an element with any other is not drawn. */
const ATTRIBUTES: ReadonlyMap<string, RegExp> = new Map([
  ...['x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'dx', 'dy', 'rotate', 'width', 'height', 'd', 'points',
    'opacity', 'fill-opacity', 'stroke-opacity', 'stroke-width', 'stroke-miterlimit', 'stroke-dasharray', 'stroke-dashoffset',
    'stroke-linecap', 'stroke-linejoin', 'fill-rule', 'font-size', 'font-weight', 'font-style', 'letter-spacing', 'word-spacing',
    'text-anchor', 'dominant-baseline', 'textLength', 'lengthAdjust', 'startOffset', 'method', 'spacing', 'writing-mode',
    ].map((name) => [name, NUMBERS] as const),
  ...['fill', 'stroke', 'color'].map((name) => [name, COLOUR] as const),
  ['transform', /^[\s\d.,eE+()a-zA-Z-]*$/],
  ['font-family', WORDS],
  ['id', IDENTIFIER],
  ['href', /^#[A-Za-z][\w.-]{0,63}$/],
]) // biome-ignore format: a table

/** Attributes that describe and show nothing. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  'version',
  'baseProfile',
  'lang',
  'space',
  'class',
  'role',
  'viewBox',
  'preserveAspectRatio',
])

/**
 * An SVG stamp written anew: shapes and text with plain attributes. Scripts, styles, animation, links, filters, pictures
 * within it and everything unknown make it one that is not drawn.
 * @throws PkiError UNSUPPORTED for such, STRUCTURE for what is no SVG, TOO_LARGE, TOO_DEEP.
 */
export function redrawnSvg(bytes: Uint8Array): Uint8Array {
  const root = parseXml(bytes)
  if (root.name !== 'svg' || root.namespace !== NAMESPACE) throw notDrawn('no SVG in it')
  const budget = { left: MAXIMUM_OBJECTS }
  const [, , boxWidth, boxHeight] = root.attributes.has('viewBox') ? numbersOf(root.attributes.get('viewBox') ?? '', 4) : []
  const [width, height] = [lengthOf(root.attributes.get('width'), boxWidth), lengthOf(root.attributes.get('height'), boxHeight)]
  const viewBox =
    root.attributes.get('viewBox') ??
    `0 0 ${Number.parseFloat(root.attributes.get('width') ?? '0')} ${Number.parseFloat(root.attributes.get('height') ?? '0')}`
  const { width: _, height: __, ...rest } = attributesOf(root)
  return svgPicture({ width, height, viewBox }, rest, redrawn(root, budget))
}

function redrawn(element: XmlElement, budget: { left: number }): readonly (SvgElement | string)[] {
  return element.children.flatMap((child) => {
    if (SILENT.has(child.name)) return []
    if (--budget.left < 0 || child.namespace !== NAMESPACE || !DRAWN.has(child.name)) throw notDrawn(`a ${child.name}`)
    if (child.name === 'textPath' && !child.attributes.has('href')) throw notDrawn('text along no path')
    const text = child.text === '' ? [] : [child.text]
    if (text.length > 0 && childrenOf(child, 'tspan').length > 0) throw notDrawn('text around parts of text')
    return [svg(child.name, attributesOf(child), [...text, ...redrawn(child, budget)])]
  })
}

function attributesOf({ attributes }: XmlElement): Readonly<Record<string, string>> {
  const kept = [...attributes].filter(([name]) => !PASSED_OVER.has(name))
  for (const [name, value] of kept) if (!ATTRIBUTES.get(name)?.test(value)) throw notDrawn(`the attribute ${name}`)
  return Object.fromEntries(kept)
}

/** In millimetres. */
function lengthOf(text: string | undefined, box: number | undefined): number {
  const [, value = '', unit = ''] = /^\s*([\d.]+)\s*([a-z]*)\s*$/.exec(text ?? '') ?? []
  const millimetres = value === '' ? box : numberOf(value) * (MILLIMETRES[unit] ?? Number.NaN)
  if (!(millimetres !== undefined && millimetres > 0)) throw notDrawn('no size')
  return millimetres
}
