import type { Bilingual } from '../../model/text.ts'
import type { Extension } from '../../pki/x509/extension.ts'
import type { DecodedCertificate } from './decoded-certificate.ts'
import { EXTENSION_NAMES, EXTENSION_READERS } from './extension-words.ts'

/** `CertificateExtension` of the graph. */
export interface ExtensionField {
  readonly oid: string
  readonly name: Bilingual
  readonly critical: boolean
  /** What it says, for people. */
  readonly value: Bilingual
}

const UNKNOWN: Bilingual = { zh: '未知扩展', en: 'unknown extension' }

/** The extensions of a certificate in its own order, readable. */
export function extensionFields(certificate: DecodedCertificate): readonly ExtensionField[] {
  return [...certificate.certificate.extensions.all.values()].map((extension) => ({
    oid: extension.oid,
    name: EXTENSION_NAMES[extension.oid] ?? UNKNOWN,
    critical: extension.critical,
    value: readValue(extension, certificate),
  }))
}

/** What nobody here reads is told by its length: it may hold the number of a person's identity card. */
function readValue({ oid, value }: Extension, { certificate }: DecodedCertificate): Bilingual {
  const read = EXTENSION_READERS[oid]
  return read?.(certificate.extensions) ?? { zh: `未解读，${value.length} 字节`, en: `not read, ${value.length} bytes` }
}
