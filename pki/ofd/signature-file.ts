import { decodeBase64 } from '../base64.ts'
import { PkiError } from '../error.ts'
import { childOf, childrenOf, parseXml, type XmlElement } from '../xml.ts'
import { locate, locationFault, resolveLocation } from './location.ts'
import type { OfdPackage } from './package.ts'

const MAXIMUM_REFERENCES = 20_000

/** Signature.xml (GB/T 33190-2016 18.2): what one signature protects and where its parts lie. */
export interface SignatureFile {
  /** Absolute path of Signature.xml. */
  readonly path: string
  /** Its bytes as stored: what the signature value is over. */
  readonly bytes: Uint8Array
  readonly provider: string | null
  readonly checkMethod: string | null
  readonly references: readonly FileReference[]
  readonly stamps: readonly StampAnnotation[]
  /** Absolute path of the seal beside the value (`Seal`/`BaseLoc`); null when none is named. */
  readonly sealPath: string | null
  /** Absolute path of the signature value. */
  readonly valuePath: string
  readonly value: Uint8Array
}

/** A protected file with its digest. */
export interface FileReference {
  /** As written. */
  readonly fileRef: string
  /** Absolute path: of the file meant, or where it should be. Null when the location leaves the package, or may mean two files. */
  readonly path: string | null
  readonly isAmbiguous: boolean
  readonly checkValue: Uint8Array
}

/** Where the stamp is shown. */
export interface StampAnnotation {
  readonly id: string
  readonly pageRef: string
  /** `x y width height` in millimetres, as written. */
  readonly boundary: string
}

/**
 * Reads a Signature.xml.
 * @throws PkiError STRUCTURE for what the standard requires and is not there; TOO_LARGE, TOO_DEEP.
 */
export function readSignatureFile(files: OfdPackage, path: string): SignatureFile {
  const bytes = files.get(path)
  if (!bytes) throw new PkiError('STRUCTURE', `no file at ${path}`)
  const root = parseXml(bytes)
  const signedInfo = required(root.name === 'Signature' ? root : null, 'SignedInfo')
  const references = required(signedInfo, 'References')
  const listed = childrenOf(references, 'Reference')
  if (listed.length > MAXIMUM_REFERENCES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_REFERENCES} references`)
  if (listed.length === 0) throw new PkiError('STRUCTURE', 'a signature that protects no file')
  const valuePath = requiredFile(files, path, required(root, 'SignedValue').text)
  const value = files.get(valuePath)
  if (!value) throw new PkiError('STRUCTURE', 'no signature value')
  return {
    path,
    bytes,
    provider: childOf(signedInfo, 'Provider')?.attributes.get('ProviderName') ?? null,
    checkMethod: references.attributes.get('CheckMethod') ?? null,
    references: listed.map((reference) => readReference(files, path, reference)),
    stamps: childrenOf(signedInfo, 'StampAnnot').map(readStamp),
    sealPath: sealPathIn(files, path, signedInfo),
    valuePath,
    value,
  }
}

function readReference(files: OfdPackage, holder: string, reference: XmlElement): FileReference {
  const fileRef = reference.attributes.get('FileRef') ?? ''
  const located = locate(files, holder, fileRef)
  const isAmbiguous = located.path === null && located.fault === 'AMBIGUOUS'
  const path = isAmbiguous ? null : (located.path ?? resolveLocation(holder, fileRef))
  return { fileRef, path, isAmbiguous, checkValue: decodeBase64(required(reference, 'CheckValue').text.replace(/\s/g, '')) }
}

function readStamp({ attributes }: XmlElement): StampAnnotation {
  return { id: attributes.get('ID') ?? '', pageRef: attributes.get('PageRef') ?? '', boundary: attributes.get('Boundary') ?? '' }
}

function sealPathIn(files: OfdPackage, holder: string, signedInfo: XmlElement): string | null {
  const location = childOf(childOf(signedInfo, 'Seal'), 'BaseLoc')?.text ?? null
  if (location === null) return null
  const located = locate(files, holder, location)
  if (located.path === null && located.fault === 'AMBIGUOUS')
    throw new PkiError('STRUCTURE', locationFault(location, 'AMBIGUOUS'))
  return located.path ?? resolveLocation(holder, location)
}

function requiredFile(files: OfdPackage, holder: string, location: string): string {
  const located = locate(files, holder, location)
  if (located.path === null) throw new PkiError('STRUCTURE', locationFault(location, located.fault))
  return located.path
}

function required(parent: XmlElement | null, name: string): XmlElement {
  const element = childOf(parent, name)
  if (element === null) throw new PkiError('STRUCTURE', `${name} is missing`)
  return element
}
