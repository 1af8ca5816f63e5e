import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import { sm3 } from '../../pki/sm3.ts'
import { pki, sealOf, signatureWith } from './seals.ts'

export type Files = Readonly<Record<string, string | Uint8Array>>

/** An archive of files in the order given; names without the leading `/`. */
export async function archiveOf(files: Files): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, dataDescriptor: false, extendedTimestamp: false })
  for (const [name, content] of Object.entries(files)) await writer.add(name, new Uint8ArrayReader(bytesOf(content)))
  return writer.close()
}

export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}

/** A file's text. */
export function textOf(content: string | Uint8Array | undefined): string {
  return Buffer.from(bytesOf(content ?? '')).toString()
}

/** A text in UTF-16 with its mark. */
export function utf16(text: string): Uint8Array {
  return Buffer.from(`\ufeff${text}`, 'utf16le')
}

const NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'

/** An unsigned document of one page and a picture. */
export function documentFiles(lists = '<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>'): Files {
  return {
    'OFD.xml': `<ofd:OFD ${NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>${lists}</ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `<ofd:Document ${NAMESPACE}><ofd:CommonData><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
    'Doc_0/PublicRes.xml': `<ofd:Res ${NAMESPACE} BaseLoc="Res"><ofd:MediaFile>stamp.png</ofd:MediaFile></ofd:Res>`,
    'Doc_0/Res/stamp.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47),
    'Doc_0/Pages/Page_0/Content.xml': `<ofd:Page ${NAMESPACE}><ofd:TextCode>同意</ofd:TextCode></ofd:Page>`,
  }
}

/** How one signature is to be written. */
export interface SignaturePlan {
  readonly protects: readonly string[]
  readonly checkMethod?: string
  readonly digest?: (bytes: Uint8Array) => Uint8Array
  /** Makes the value over Signature.xml; a seal of GB/T 38540-2020 by the test PKI unless told otherwise. */
  readonly value?: (signatureXml: Uint8Array, path: string) => Promise<Uint8Array>
  readonly type?: string
  /** More for SignedInfo. */
  readonly signedInfo?: string
  /** How a file is named in a Reference; absolute unless told otherwise. */
  readonly fileRef?: (name: string) => string
  /** What is made of Signature.xml before it is signed. */
  readonly rewrite?: (xml: string) => string | Uint8Array
}

export async function listedSignature(number: number, plan: SignaturePlan, files: Files): Promise<Files> {
  const folder = `Doc_0/Signs/Sign_${number}`
  const digest = plan.digest ?? ((bytes: Uint8Array) => sm3(bytes))
  const references = plan.protects.map((name) => {
    const value = Buffer.from(digest(bytesOf(files[name] ?? ''))).toString('base64')
    return `<ofd:Reference FileRef="${plan.fileRef?.(name) ?? `/${name}`}"><ofd:CheckValue>${value}</ofd:CheckValue></ofd:Reference>`
  })
  const method = plan.checkMethod === '' ? '' : ` CheckMethod="${plan.checkMethod ?? 'SM3'}"`
  const xml = bytesOf(
    (plan.rewrite ?? ((text) => text))(
      `<ofd:Signature ${NAMESPACE}><ofd:SignedInfo><ofd:Provider ProviderName="test"/><ofd:References${method}>${references.join('')}</ofd:References>${plan.signedInfo ?? ''}</ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>`,
    ),
  )
  const path = `/${folder}/Signature.xml`
  const value = await (plan.value ?? sealedValue)(xml, path)
  return { [`${folder}/Signature.xml`]: xml, [`${folder}/SignedValue.dat`]: value }
}

/** A value with a seal of the test PKI over Signature.xml. */
export async function sealedValue(content: Uint8Array, protects: string): Promise<Uint8Array> {
  return signatureWith(await sealOf('SES_V4'), { content, protects }, pki.signer)
}

/** Signatures.xml over signatures 0 … count − 1. */
export function listOf(
  count: number,
  types: readonly (string | undefined)[] = [],
  relatives: readonly (string | undefined)[] = [],
): string {
  const signatures = Array.from({ length: count }, (_, i) => {
    const type = types[i] === undefined ? '' : ` Type="${types[i]}"`
    const relative = relatives[i] === undefined ? '' : ` Relative="${relatives[i]}"`
    return `<ofd:Signature ID="s${i + 1}"${type}${relative} BaseLoc="Sign_${i}/Signature.xml"/>`
  })
  return `<ofd:Signatures ${NAMESPACE}>${signatures.join('')}</ofd:Signatures>`
}

/** A document signed once over all its files. */
export async function signedDocument(plan: Partial<SignaturePlan> = {}, changes: Files = {}): Promise<Files> {
  const files = { ...documentFiles(), ...changes }
  const listed = { ...files, 'Doc_0/Signs/Signatures.xml': listOf(1, [plan.type]) }
  return { ...listed, ...(await listedSignature(0, { protects: Object.keys(files), ...plan }, listed)) }
}
