import { documentFiles, type Files, signedDocument, textOf } from '../../support/ofd.ts'

export const BODY = documentFiles()
/** The names of the files that are signed. */
export const ALL: readonly string[] = Object.keys(BODY)
export const LIST = 'Doc_0/Signs/Signatures.xml'
export const XML = 'Doc_0/Signs/Sign_0/Signature.xml'
export const VALUE = 'Doc_0/Signs/Sign_0/SignedValue.dat'
export const PAGE = 'Doc_0/Pages/Page_0/Content.xml'
export const DOCUMENT = 'Doc_0/Document.xml'

/** The document that is attacked; signed over all its files. */
export const signed = await signedDocument()

/** It with a text in one of its files replaced. */
export const edited = (path: string, from: string | RegExp, to: string): Files => ({
  ...signed,
  [path]: textOf(signed[path]).replace(from, to),
})
