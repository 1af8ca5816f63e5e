import { randomBytes } from 'node:crypto'
import { bareAlgorithm } from '../pki/algorithm.ts'
import { decodeSignature } from '../pki/ses/signature.ts'
import { verifySignature } from '../pki/signature.ts'
import { sm3 } from '../pki/sm3.ts'
import { decodeCertificate } from '../pki/x509/certificate.ts'
import { findPaths } from '../pki/x509/find-paths.ts'
import { EdgeMemory } from '../pki/x509/verified-edges.ts'
import { decodedCertificate } from '../subgraphs/certificates/decoded-certificate.ts'
import { type CandidatePaths, candidatePaths } from '../subgraphs/certificates/path-cache.ts'
import { inspectDocumentBytes } from '../subgraphs/seals/facts/document.ts'
import { type DocumentReaders, documentReaders } from '../subgraphs/seals/facts/read-pool.ts'
import type { DocumentReading } from '../subgraphs/seals/facts.ts'
import { importRoom } from '../test/subgraphs/certificates/support.ts'
import { archiveOf, bytesOf, documentFiles, type Files, signedDocument } from '../test/support/ofd.ts'
import { pki } from '../test/support/seals.ts'
import { measure } from './measure.ts'
import type { BenchRow } from './row.ts'

const VALUE = 'Doc_0/Signs/Sign_0/SignedValue.dat'
const DIGEST = 'ab'.repeat(32)
/** What the hub holds is decoded once. */
const HELD = { roots: [decodeCertificate(pki.root.certificate)], intermediates: [decodeCertificate(pki.ca.certificate)] }
/**
 * Stamped documents per second, of 40 kB and of 10 MB, one signature with a seal each. The floor is what no verifier can leave out:
 * the digests of the protected files and the signatures, of seal and signature with a warm chain, of the chain too with a cold one.
 * What a large document costs beyond it is expanding its files and their checksums.
 */
export async function benchDocuments(): Promise<BenchRow[]> {
  return [...(await benchSize('40 kB', 36_000)), ...(await benchSize('10 MB', 10_000_000))]
}

async function benchSize(size: string, pictureBytes: number): Promise<BenchRow[]> {
  const files = await documentOf(pictureBytes)
  const archive = await archiveOf(files)
  const { store, takeIn } = importRoom()
  await takeIn(pki.root.certificate, pki.ca.certificate)
  const warmPaths = candidatePaths(store)
  const reading = () => holding(inspectDocumentBytes(archive, null, DIGEST))
  const [one, two] = [documentReaders({ size: 1 }), documentReaders({ size: 2 })]
  try {
    const contenders = {
      floor: floor(files, false),
      coldFloor: floor(files, true),
      read: reading,
      warm: () => askChains(reading(), warmPaths),
      cold: () => searchChains(reading()),
      oneWorker: inWorkers(one, archive, 1),
      twoWorkers: inWorkers(two, archive, 2),
    }
    const speeds = await measure(contenders, { milliseconds: 400 })
    const names = { warm: `${size}, floor`, cold: `${size}, floor with the chain` }
    const row = (name: string, perSecond: number, chain: 'warm' | 'cold' = 'warm'): BenchRow => {
      const floorSpeed = chain === 'warm' ? speeds.floor : speeds.coldFloor
      return { name: `${size}, ${name}`, perSecond, ratioTo: { name: names[chain], ratio: perSecond / floorSpeed } }
    }
    return [
      { name: names.warm, perSecond: speeds.floor },
      row('read', speeds.read),
      row('read, paths with a warm chain', speeds.warm),
      { name: names.cold, perSecond: speeds.coldFloor },
      row('read, paths with a cold chain', speeds.cold, 'cold'),
      row('read by one worker', speeds.oneWorker),
      row('read by two workers', speeds.twoWorkers * 2),
    ]
  } finally {
    await Promise.all([one.close(), two.close()])
  }
}

/** A document with a picture that does not compress, as scans and photographs do not. */
function documentOf(pictureBytes: number): Promise<Files> {
  return signedDocument({ protects: Object.keys(documentFiles()) }, { 'Doc_0/Res/stamp.png': randomBytes(pictureBytes) })
}

/** Digests and signatures, nothing read. */
function floor(files: Files, withChain: boolean): () => void {
  const value = decodeSignature(bytesOf(files[VALUE] ?? ''))
  const { eseal } = value.toSign
  const checks = [
    [value.signatureAlgID, value.cert, value.signedBytes, value.signature],
    [eseal.signAlgID, eseal.cert, eseal.signedBytes, eseal.signedValue],
  ] as const
  const certificates = [pki.signer, pki.maker, pki.ca].map((party) => decodeCertificate(party.certificate))
  const issuers = [pki.ca.spki, pki.ca.spki, pki.root.spki]
  const protectedFiles = Object.entries(files)
    .filter(([name]) => name !== VALUE)
    .map(([, content]) => bytesOf(content))
  return () => {
    for (const content of protectedFiles) sm3(content)
    for (const [algorithm, certificate, message, signature] of checks)
      must(verifySignature(bareAlgorithm(algorithm), decodeCertificate(certificate).spki, message, signature))
    if (!withChain) return
    for (const [i, { signatureAlgorithm, tbs, signature }] of certificates.entries())
      must(verifySignature(signatureAlgorithm, issuers[i] ?? new Uint8Array(), tbs, signature))
  }
}

/** As the hub asks for certificates it has met before. */
async function askChains({ signatures }: DocumentReading, known: CandidatePaths): Promise<void> {
  const brought = signatures.flatMap(({ certificates }) => certificates).map(decodedCertificate)
  for (const certificate of brought) must((await known.of(certificate, brought)).paths.length > 0)
}

/** As for certificates never met; what signer and maker have in common is verified once, as the hub does. */
function searchChains({ signatures }: DocumentReading): void {
  const edges = new EdgeMemory()
  for (const certificate of signatures.flatMap(({ certificates }) => certificates))
    must(findPaths(certificate, { ...HELD, edges }).paths.length > 0)
}

/** One operation keeps every worker busy; the bytes are handed over, so each has its own. */
function inWorkers(readers: DocumentReaders, archive: Uint8Array, workers: number): () => Promise<void> {
  const one = async () => void holding(await readers.read(Uint8Array.from(archive), null, DIGEST))
  return async () => {
    await Promise.all(Array.from({ length: workers }, one))
  }
}

function holding(reading: DocumentReading): DocumentReading {
  must(reading.signatures.length === 1 && reading.signatures.every(({ checks }) => checks.every(isPassed)))
  return reading
}

function isPassed({ outcome }: { readonly outcome: string }): boolean {
  return outcome !== 'FAILED' && outcome !== 'UNKNOWN'
}

function must(holds: boolean): void {
  if (!holds) throw new Error('the document to measure does not hold')
}
