/** An SVG element as we write it: names and attributes are ours, values are escaped. */
export interface SvgElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number | null>>
  readonly children: readonly (SvgElement | string)[]
}

const NAMESPACE = 'http://www.w3.org/2000/svg'

export function svg(name: string, attributes: SvgElement['attributes'], children: SvgElement['children'] = []): SvgElement {
  return { name, attributes, children }
}

/** A whole picture of so many millimetres; attributes that are null are left out. */
export function svgPicture(
  { width, height, viewBox }: { readonly width: number; readonly height: number; readonly viewBox: string },
  attributes: SvgElement['attributes'],
  children: SvgElement['children'],
): Uint8Array {
  const size = { xmlns: NAMESPACE, width: `${width}mm`, height: `${height}mm`, viewBox }
  return Buffer.from(written(svg('svg', { ...size, ...attributes }, children)))
}

function written(element: SvgElement | string): string {
  if (typeof element === 'string') return escaped(element)
  const { name, attributes, children } = element
  const shown = Object.entries(attributes).filter(([, value]) => value !== null)
  const open = [name, ...shown.map(([key, value]) => `${key}="${escaped(String(value))}"`)].join(' ')
  return children.length === 0 ? `<${open}/>` : `<${open}>${children.map(written).join('')}</${name}>`
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '')
}
