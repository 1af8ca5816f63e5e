import type { Instant } from '../../model/time.ts'
import { makeSignature } from '../../pki/ses/make-signature.ts'
import { sm3 } from '../../pki/sm3.ts'
import { writeArchive } from '../../pki/zip/write-archive.ts'
import type { DemoSeal } from './seals.ts'

const DAY_MS = 86_400_000
const OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const SIGNATURE = 'Doc_0/Signs/Sign_0/Signature.xml'
const PAGE = 'Doc_0/Pages/Page_0/Content.xml'

/** A notice of one page in OFD, stamped by its unit; and the same with the sum it grants changed afterwards. */
export interface DemoNotice {
  readonly stamped: Uint8Array
  readonly altered: Uint8Array
}

/** Writes the notice and stamps it, as of 30 days ago (GB/T 33190-2016 18, GB/T 38540-2020). */
export async function makeNotice(seal: DemoSeal, now: Instant): Promise<DemoNotice> {
  const content = new Map<string, Uint8Array>([
    ...Object.entries(pages(seal)).map(([name, text]) => [name, xml(text)] as const),
    ['Doc_0/Signs/Sign_0/Seal.esl', seal.bytes],
  ])
  const signature = xml(signatureOver(content))
  const value = await makeSignature(
    { seal: seal.bytes, content: signature, protects: `/${SIGNATURE}`, signedAt: now - 30 * DAY_MS },
    seal.signer,
  )
  const files = new Map([
    ...content,
    ['Doc_0/Signs/Signatures.xml', xml(LIST)],
    [SIGNATURE, signature],
    ['Doc_0/Signs/Sign_0/SignedValue.dat', value],
  ])
  const altered = new Map(files).set(PAGE, xml(pageOf(seal, '90000')))
  return { stamped: writeArchive(files), altered: writeArchive(altered) }
}

function xml(text: string): Uint8Array {
  return Buffer.from(`${HEAD}${text}\n`)
}

const LIST = `<ofd:Signatures ${OFD}><ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ID="1" Type="Seal" BaseLoc="/${SIGNATURE}"/></ofd:Signatures>`

function pages(seal: DemoSeal): Readonly<Record<string, string>> {
  return {
    'OFD.xml': `<ofd:OFD ${OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>5ea15ea15ea15ea15ea15ea15ea15ea1</ofd:DocID><ofd:Creator>SEALHUB-DEMO</ofd:Creator></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `<ofd:Document ${OFD}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
    'Doc_0/PublicRes.xml': `<ofd:Res ${OFD} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体"/></ofd:Fonts></ofd:Res>`,
    [PAGE]: pageOf(seal, '10000'),
  }
}

function pageOf({ name }: DemoSeal, sum: string): string {
  const lines = ['关于拨付演示经费的通知', `现拨付演示经费 ${sum} 元，请专款专用。`, name]
  const objects = lines.map(
    (line, i) =>
      `<ofd:TextObject ID="${i + 4}" Boundary="30 ${40 + 20 * i} 150 8" Font="2" Size="6"><ofd:TextCode X="0" Y="6" DeltaX="g ${[...line].length - 1} 6">${line}</ofd:TextCode></ofd:TextObject>`,
  )
  return `<ofd:Page ${OFD}><ofd:Content><ofd:Layer ID="3">${objects.join('')}</ofd:Layer></ofd:Content></ofd:Page>`
}

function signatureOver(files: ReadonlyMap<string, Uint8Array>): string {
  const references = [...files].map(
    ([name, bytes]) =>
      `<ofd:Reference FileRef="/${name}"><ofd:CheckValue>${Buffer.from(sm3(bytes)).toString('base64')}</ofd:CheckValue></ofd:Reference>`,
  )
  return `<ofd:Signature ${OFD}><ofd:SignedInfo><ofd:Provider ProviderName="SEALHUB-DEMO"/><ofd:References CheckMethod="1.2.156.10197.1.401">${references.join('')}</ofd:References><ofd:StampAnnot ID="1" PageRef="1" Boundary="30 65 42 42"/><ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>`
}
