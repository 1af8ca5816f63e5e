import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { CertificateChainValidationEngine, Certificate as PkijsCertificate } from 'pkijs'
import { generateSm2KeyPair, type KeyPair } from '../pki/key.ts'
import { verifySignature } from '../pki/signature.ts'
import { decodeCertificate } from '../pki/x509/certificate.ts'
import { issueCertificate } from '../pki/x509/issue.ts'
import { validatePath } from '../pki/x509/path.ts'
import { EdgeMemory, type VerifiedEdges } from '../pki/x509/verified-edges.ts'
import { measure } from './measure.ts'
import type { BenchRow } from './row.ts'

const NOW = Date.UTC(2026, 5, 1)
const YEAR = 365 * 86_400_000
const FLOOR = 'two bare SM2 verifications'
const COLD_P256 = 'path, ECDSA P-256, cold'

/** A chain as DER: end entity, CA, root. */
type Chain = readonly [endEntity: Uint8Array, ca: Uint8Array, root: Uint8Array]

/**
 * Validations per second of a three-certificate path, from DER: cold (nothing remembered), warm issuer (the CA's own signature
 * remembered), warm all. The floor is the two signature checks alone. pkijs knows no SM2: it runs beside ours on ECDSA P-256.
 */
export async function benchPath(): Promise<BenchRow[]> {
  const sm2 = chainOf(generateSm2KeyPair)
  const p256 = chainOf(generateP256KeyPair)
  const issuerOnly = rememberedIssuer(sm2)
  const everything = new EdgeMemory()
  const bare = bareVerifications(sm2)
  const speeds = await measure({
    floor: bare,
    cold: () => validate(sm2),
    warmIssuer: () => validate(sm2, issuerOnly),
    warmAll: () => validate(sm2, everything),
    coldP256: () => validate(p256),
    pkijs: () => validateWithPkijs(p256),
  })
  const toFloor = (perSecond: number) => ({ perSecond, ratioTo: { name: FLOOR, ratio: perSecond / speeds.floor } })
  return [
    { name: FLOOR, perSecond: speeds.floor },
    { name: 'path, SM2, cold', ...toFloor(speeds.cold) },
    { name: 'path, SM2, warm issuer', ...toFloor(speeds.warmIssuer) },
    { name: 'path, SM2, warm all', ...toFloor(speeds.warmAll) },
    { name: COLD_P256, perSecond: speeds.coldP256 },
    {
      name: 'path, ECDSA P-256, pkijs 4.0.0',
      perSecond: speeds.pkijs,
      ratioTo: { name: COLD_P256, ratio: speeds.pkijs / speeds.coldP256 },
    },
  ]
}

function validate([endEntity, ca, root]: Chain, edges?: VerifiedEdges): void {
  const question = { endEntity, intermediates: [ca], anchors: [root], at: NOW, revocation: 'off' } as const
  const { outcome } = validatePath(edges ? { ...question, edges } : question)
  if (outcome !== 'VALID') throw new Error(`the path to measure is ${outcome}`)
}

async function validateWithPkijs([endEntity, ca, root]: Chain): Promise<void> {
  const [end, intermediate, anchor] = [endEntity, ca, root].map((der) => PkijsCertificate.fromBER(der))
  if (!end || !intermediate || !anchor) throw new Error('pkijs read no certificate')
  const engine = new CertificateChainValidationEngine({
    certs: [intermediate, end],
    trustedCerts: [anchor],
    checkDate: new Date(NOW),
  })
  const { result, resultMessage } = await engine.verify()
  if (!result) throw new Error(`pkijs: ${resultMessage}`)
}

/** Knows that the root signed the CA, and learns nothing more. */
function rememberedIssuer([, ca, root]: Chain): VerifiedEdges {
  const memory = new EdgeMemory()
  validatePath({ endEntity: ca, anchors: [root], at: NOW, revocation: 'off', edges: memory })
  return { has: (edge) => memory.has(edge), add: () => {} }
}

function bareVerifications([endEntity, ca, root]: Chain): () => void {
  const [end, intermediate, anchor] = [endEntity, ca, root].map(decodeCertificate)
  if (!end || !intermediate || !anchor) throw new Error('a chain of three certificates')
  return () => {
    const below = verifySignature(end.signatureAlgorithm, intermediate.spki, end.tbs, end.signature)
    const above = verifySignature(intermediate.signatureAlgorithm, anchor.spki, intermediate.tbs, intermediate.signature)
    if (!below || !above) throw new Error('the signatures to measure do not hold')
  }
}

function chainOf(generate: () => KeyPair): Chain {
  const [rootKey, caKey, endKey] = [generate(), generate(), generate()]
  const issue = (name: string, serialNumber: bigint, key: KeyPair, issuer: string, issuerKey: KeyObject, ca?: object) =>
    issueCertificate({
      subject: [['C', 'CN'], ['CN', name]], // biome-ignore format: a name
      issuer: [['C', 'CN'], ['CN', issuer]], // biome-ignore format: a name
      serialNumber,
      spki: key.spki,
      issuerKey,
      notBefore: NOW - YEAR,
      notAfter: NOW + YEAR,
      ...(ca ? { ca } : {}),
    })
  return [
    issue('印章', 3n, endKey, '运营CA', caKey.privateKey),
    issue('运营CA', 2n, caKey, '根', rootKey.privateKey, { pathLength: 0 }),
    issue('根', 1n, rootKey, '根', rootKey.privateKey, {}),
  ]
}

function generateP256KeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { privateKey, spki: publicKey.export({ format: 'der', type: 'spki' }) }
}
