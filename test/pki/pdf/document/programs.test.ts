import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { programsOf } from '../../../../pki/pdf/document/programs.ts'
import { openPdf } from '../../../../pki/pdf/file/file.ts'
import { onePage, type PdfObjects, writePdf } from '../../../support/pdf.ts'

const CATALOG = '<< /Type /Catalog /Pages 2 0 R /Metadata 9 0 R >>'
const programs = (objects: PdfObjects, trailer = '') =>
  programsOf(openPdf(writePdf({ ...onePage(), 1: CATALOG, ...objects }, { trailer })))
const stream = (text: string) => ({ entries: '/Type /Metadata /Subtype /XML', data: Buffer.from(text) })
const NAMESPACES =
  'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:e="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"'
const xmp = (attributes: string, inside: string) =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ${NAMESPACES}><rdf:Description ${attributes}>${inside}</rdf:Description></rdf:RDF></x:xmpmeta>${' '.repeat(200)}<?xpacket end="w"?>`

test('programs are named by the document information, then by the metadata, each once', () => {
  const metadata = xmp('', '<xmp:CreatorTool>Tool</xmp:CreatorTool><pdf:Producer>Producer</pdf:Producer>')
  const found = programs(
    { 9: stream(metadata), 25: '<< /Creator (Writer) /Producer 26 0 R >>', 26: '(Producer)' },
    '/Info 25 0 R',
  )
  expect(found).toEqual(['Writer', 'Producer', 'Tool'])
})

test('metadata name them by elements, by attributes, and in their history', () => {
  const history =
    '<xmpMM:History><rdf:Seq><rdf:li e:softwareAgent="First"/><rdf:li><rdf:Description><e:softwareAgent>Second</e:softwareAgent></rdf:Description></rdf:li></rdf:Seq></xmpMM:History>'
  expect(programs({ 9: stream(xmp('xmp:CreatorTool="Tool" pdf:Producer="Producer" e:when="now"', history)) })).toEqual([
    'Tool',
    'Producer',
    'First',
    'Second',
  ])
})

test('names of another namespace, and empty ones, are no programs', () => {
  const metadata = xmp('xmlns:o="urn:other" o:Producer="Other" pdf:Producer=" "', '<o:CreatorTool>Other</o:CreatorTool>')
  expect(programs({ 9: stream(metadata) })).toEqual([])
})

test.each<[string, string]>([
  ['no XML', 'made by a scanner'],
  ['not well formed', '<x:xmpmeta xmlns:x="adobe:ns:meta/"><pdf:Producer>'],
  ['with entities of their own', `<!DOCTYPE x [<!ENTITY e "Scanner">]>${xmp('', '<pdf:Producer>&e;</pdf:Producer>')}`],
  ['nested too deep', '<a>'.repeat(100) + '</a>'.repeat(100)],
])('metadata that are %s say nothing', (_, text) => {
  expect(programs({ 9: stream(text) })).toEqual([])
})

test('metadata that are missing, no stream, or that expand to more than is allowed say nothing', () => {
  const bomb = { entries: '/Filter /FlateDecode', data: deflateSync(Buffer.alloc(4 * 1024 * 1024, 0x20)) }
  for (const objects of [{}, { 9: '5' }, { 9: bomb }]) expect(programs(objects)).toEqual([])
  const written = { entries: '/Filter /FlateDecode', data: deflateSync(Buffer.from(xmp('pdf:Producer="Scanner"', ''))) }
  expect(programs({ 9: written })).toEqual(['Scanner'])
})

test('no more than 32 programs are told, none at more length than 256 characters', () => {
  const items = Array.from({ length: 100 }, (_, i) => `<rdf:li e:softwareAgent="${i}${'x'.repeat(300)}"/>`).join('')
  const found = programs({ 9: stream(xmp('', items)) })
  expect([found.length, found[0]?.length]).toEqual([32, 256])
})
