import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sealPicture } from '../../../cli/demo/seal-picture.ts'
import { shownPicture } from '../../../pki/picture/shown-picture.ts'
import { decodeSignature } from '../../../pki/ses/signature.ts'
import { parseXml, type XmlElement } from '../../../pki/xml.ts'
import { sampleBytes } from '../../support/samples.ts'
import { testWithShared } from '../../support/shared.ts'
import { zipOf } from '../../support/zip.ts'

const PNG = Buffer.from('89504e470d0a1a0a00', 'hex')
const ROUND = '<circle cx="21" cy="21" r="20" fill="none" stroke="red"/>'
const svgOf = (content: string, attributes = '') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 42 42" ${attributes}>${content}</svg>`)

const PAGE = '<Page><Area><PhysicalBox>0 0 40 40</PhysicalBox></Area><Content><Layer ID="1">OBJECTS</Layer></Content></Page>'
const LINE =
  '<PathObject ID="2" Boundary="0 0 40 40" LineWidth="1"><StrokeColor Value="255 0 0"/><AbbreviatedData>M 1 1 L 9 9 C</AbbreviatedData></PathObject>'
const IMAGE = '<ImageObject ID="3" Boundary="0 0 40 40" CTM="40 0 0 40 0 0" ResourceID="9"/>'

/** An OFD stamp of one page with these objects. */
function stampOf(objects: string, pages = '<Page ID="1" BaseLoc="P.xml"/>') {
  const files = {
    'OFD.xml': '<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>',
    'D.xml': `<Document><CommonData><PublicRes>R.xml</PublicRes></CommonData><Pages>${pages}</Pages></Document>`,
    'R.xml':
      '<Res><Fonts><Font ID="4" FontName="楷体"/></Fonts><MultiMedias><MultiMedia ID="9" Type="Image"><MediaFile>a.png</MediaFile></MultiMedia></MultiMedias></Res>',
    'P.xml': PAGE.replace('OBJECTS', objects),
    'a.png': PNG,
  }
  return zipOf({ entries: Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) })) })
}

function drawn(bytes: Uint8Array): XmlElement | null {
  const address = shownPicture(bytes)
  return address === null ? null : parseXml(Buffer.from(address.replace('data:image/svg+xml;base64,', ''), 'base64'))
}

function everything(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap(everything)]
}

const named = (root: XmlElement | null, name: string) => (root ? everything(root).filter((one) => one.name === name) : [])

test('a raster picture is shown as it is, by what its bytes are', () => {
  expect(shownPicture(PNG)).toBe(`data:image/png;base64,${PNG.toString('base64')}`)
})

test('an SVG stamp of shapes and text is drawn anew', () => {
  const root = drawn(sealPicture('遂平县演示教育局'))
  expect([root?.attributes.get('width'), root?.attributes.get('viewBox')]).toEqual(['42mm', '0 0 42 42'])
  expect([named(root, 'circle').length, named(root, 'polygon').length]).toEqual([1, 1])
  expect(named(root, 'textPath').map(({ text }) => text)).toEqual(['遂平县演示教育局'])
})

test.each([
  ['a script', svgOf(`${ROUND}<script>x()</script>`)],
  ['a handler', svgOf(ROUND.replace('/>', ' onload="x()"/>'))],
  ['a style sheet', svgOf(`<style>circle{display:none}</style>${ROUND}`)],
  ['a style of its own', svgOf(ROUND.replace('/>', ' style="fill:url(http://a.b/c)"/>'))],
  ['animation', svgOf(ROUND.replace('/>', '><animate attributeName="r" to="1"/></circle>'))],
  ['a picture from elsewhere', svgOf(`${ROUND}<image href="http://a.b/c.png"/>`)],
  ['a reference elsewhere', svgOf('<text><textPath href="http://a.b/c">章</textPath></text>')],
  ['text along a path it does not name', svgOf('<text><textPath>章</textPath></text>')],
  ['a paint from elsewhere', svgOf('<circle r="3" fill="url(#p)"/>')],
  ['HTML within it', svgOf('<foreignObject><p>章</p></foreignObject>')],
  ['a copy of its parts', svgOf(`<g id="a">${ROUND}</g><use href="#a"/>`)],
  ['entities', Buffer.from('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>')],
  ['another namespace', Buffer.from('<svg width="1" height="1"><circle r="3"/></svg>')],
  ['no size', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"/></svg>')],
  ['thousands of objects', svgOf(ROUND.repeat(2_001))],
])('an SVG stamp with %s is not shown at all', (_, bytes) => {
  expect(shownPicture(bytes)).toBeNull()
})

test('an OFD stamp of lines, text and pictures is drawn where it says', () => {
  const text =
    '<TextObject ID="5" Boundary="5 6 20 5" CTM="0 1 -1 0 0 0" Font="4" Size="4"><FillColor Value="#c8 #10 #2e"/><TextCode X="1" Y="4" DeltaX="g 2 4.5">专用章</TextCode></TextObject>'
  const root = drawn(stampOf(LINE + IMAGE + text))
  expect(root?.attributes.get('viewBox')).toBe('0 0 40 40')
  expect(
    named(root, 'path').map(({ attributes }) => [attributes.get('d'), attributes.get('stroke'), attributes.get('fill')]),
  ).toEqual([['M1 1L9 9Z', 'rgb(255,0,0)', 'none']])
  expect(named(root, 'image').map(({ attributes }) => attributes.get('href'))).toEqual([shownPicture(PNG)])
  expect(named(root, 'text').map(({ text: one, attributes }) => [one, attributes.get('x'), attributes.get('fill')])).toEqual([
    ['专', '1', 'rgb(200,16,46)'],
    ['用', '5.5', 'rgb(200,16,46)'],
    ['章', '10', 'rgb(200,16,46)'],
  ])
  expect(named(root, 'g').map(({ attributes }) => attributes.get('transform') ?? null)).toContain('matrix(0 1 -1 0 0 0)')
})

test.each([
  ['objects of other kinds', stampOf('<CompositeObject ID="7" Boundary="0 0 1 1" ResourceID="8"/>')],
  ['a picture that is not there', stampOf(IMAGE.replace('"9"', '"10"'))],
  ['a shading', stampOf(LINE.replace('<StrokeColor Value="255 0 0"/>', '<StrokeColor><AxialShd/></StrokeColor>'))],
  ['a clip', stampOf(LINE.replace('<StrokeColor', '<Clips/><StrokeColor'))],
  ['drawing parameters that are not there', stampOf(LINE.replace('LineWidth', 'DrawParam="6" LineWidth'))],
  ['a path that is none', stampOf(LINE.replace('L 9 9', 'X 9 9'))],
  ['a number that is none', stampOf(LINE.replace('L 9 9', 'L 9 1e999'))],
  ['no boundary', stampOf(LINE.replace('Boundary="0 0 40 40"', ''))],
  ['two pages', stampOf(LINE, '<Page ID="1" BaseLoc="P.xml"/><Page ID="2" BaseLoc="P.xml"/>')],
  ['thousands of objects', stampOf(LINE.repeat(2_001))],
])('an OFD stamp with %s is not shown at all', (_, bytes) => {
  expect(shownPicture(bytes)).toBeNull()
})

test('what is too large to look at is not shown', () => {
  expect(shownPicture(Buffer.concat([PNG, Buffer.alloc(600_000)]))).toBeNull()
})

testWithShared('the stamps of invoices, which are OFD, are drawn with every character of their text', () => {
  for (const sample of ['signatures/v4signed_7d3937__sig1/SignedValue.dat', 'signatures/draw_param_ref__sig2/SignedValue.dat']) {
    const root = drawn(decodeSignature(sampleBytes(sample)).toSign.eseal.eSealInfo.picture.data)
    expect(
      named(root, 'text')
        .map(({ text }) => text)
        .join(''),
    ).toContain('全国统一发票监制章')
    expect(named(root, 'path').length).toBeGreaterThanOrEqual(2)
  }
})

const HARMLESS = new Set([
  'svg',
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
  'image',
])

test('whatever is handed in, nothing is shown but shapes, text and raster pictures without handlers and links', () => {
  const scraps = fc.constantFrom(
    '<script/>',
    ' onload="x"',
    '<a href="x">',
    '</g>',
    '<g',
    '"',
    '>',
    'javascript:',
    '&#x3c;',
    ']]>',
    '<image',
    ' href="#a"',
  )
  const sources = [sealPicture('章').toString(), svgOf(ROUND).toString(), PAGE.replace('OBJECTS', LINE)]
  fc.assert(
    fc.property(fc.constantFrom(...sources), scraps, fc.nat(600), fc.nat(40), (source, scrap, at, dropped) => {
      const changed = source.slice(0, at) + scrap + source.slice(at + dropped)
      const root = drawn(changed.startsWith('<Page') ? stampOf(changed) : Buffer.from(changed))
      for (const { name, attributes } of root ? everything(root) : []) {
        expect(HARMLESS).toContain(name)
        for (const [key, value] of attributes) {
          expect(key).not.toMatch(/^on|style/i)
          if (key === 'href') expect(value).toMatch(/^(#|data:image\/(png|jpeg|gif|bmp);)/)
        }
      }
    }),
    { numRuns: 1_000 },
  )
})
