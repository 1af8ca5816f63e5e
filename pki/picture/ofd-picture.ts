import { documentBodies } from '../ofd/document.ts'
import { findFile } from '../ofd/location.ts'
import { type OfdPackage, openPackage } from '../ofd/package.ts'
import { childOf, childrenOf, parseXml, type XmlElement } from '../xml.ts'
import { drawnObjects } from './ofd-objects.ts'
import { type StampResources, stampResources } from './ofd-resources.ts'
import { styleOf } from './ofd-style.ts'
import { svgPicture } from './svg.ts'
import { notDrawn, numbersOf } from './values.ts'

const MAXIMUM_OBJECTS = 2_000
const ENTRY = '/OFD.xml'

interface Part {
  readonly path: string
  readonly root: XmlElement
}

/**
 * Draws a stamp that is itself an OFD of one page (GB/T 38540-2020 allows `ofd` pictures; invoices carry them) as SVG: lines, text and
 * raster pictures. All of it or nothing: a stamp that uses anything else is not drawn.
 * @throws PkiError UNSUPPORTED for such, STRUCTURE for a broken one, TOO_LARGE, TOO_DEEP.
 */
export function ofdPicture(bytes: Uint8Array): Uint8Array {
  const files = openPackage(bytes)
  const [body, another] = documentBodies(files)
  if (!body || another) throw notDrawn('several documents')
  const document = partOf(files, ENTRY, childOf(body.element, 'DocRoot')?.text)
  const common = childOf(document.root, 'CommonData')
  const [listed, second] = childrenOf(childOf(document.root, 'Pages'), 'Page')
  if (!listed || second) throw notDrawn('pages other than one')
  const page = partOf(files, document.path, listed.attributes.get('BaseLoc'))
  if (childOf(page.root, 'Template') !== null) throw notDrawn('a template')
  const resources = stampResources(files, [
    ...resourcePaths(files, document.path, common),
    ...resourcePaths(files, page.path, page.root),
  ])
  const [x = 0, y = 0, width = 0, height = 0] = pageBox(page.root, common)
  const layers = childrenOf(childOf(page.root, 'Content'), 'Layer')
  return svgPicture({ width, height, viewBox: `${x} ${y} ${width} ${height}` }, {}, drawnLayers(layers, resources))
}

function drawnLayers(layers: readonly XmlElement[], resources: StampResources) {
  const budget = { left: MAXIMUM_OBJECTS }
  return layers.flatMap((layer) => drawnObjects(layer, resources, styleOf(layer, resources), budget))
}

function partOf(files: OfdPackage, holder: string, location: string | undefined): Part {
  const path = findFile(files, holder, location ?? '')
  const bytes = path === null ? undefined : files.get(path)
  if (path === null || bytes === undefined) throw notDrawn('a page that is not there')
  return { path, root: parseXml(bytes) }
}

function resourcePaths(files: OfdPackage, holder: string, element: XmlElement | null): readonly string[] {
  const listed = ['PublicRes', 'DocumentRes', 'PageRes'].flatMap((name) => childrenOf(element, name))
  return listed.map(({ text }) => findFile(files, holder, text)).filter((path) => path !== null)
}

function pageBox(page: XmlElement, common: XmlElement | null): readonly number[] {
  const areas = [childOf(page, 'Area'), childOf(common, 'PageArea')]
  const box = areas.map((area) => childOf(area, 'PhysicalBox')?.text).find((text) => text !== undefined)
  return numbersOf(box ?? '', 4)
}
