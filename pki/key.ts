import { createCipheriv, createPrivateKey, generateKeyPairSync, type KeyObject, pbkdf2Sync, randomBytes } from 'node:crypto'
import { TAG } from './der/tag.ts'
import { encodeElement, encodeInteger, encodeObjectIdentifier, encodeOctetString, encodeSequence } from './der/writer.ts'
import { PkiError } from './error.ts'
import { decodePem, encodePem } from './pem.ts'
import { spkiOf } from './private-key.ts'
import { signingAlgorithmOf, signMessage } from './sign.ts'
import { verifySignature } from './signature.ts'

export { spkiOf } from './private-key.ts'

/** A private key of node:crypto with its SubjectPublicKeyInfo, DER. */
export interface KeyPair {
  readonly privateKey: KeyObject
  readonly spki: Uint8Array
}

/** PBKDF2 with HMAC-SHA-256; the count OWASP's password storage sheet asks for. */
const ITERATIONS = 600_000

/** A new SM2 key. Node makes it typed 'ec', which would sign ECDSA: exporting and importing again makes it a true SM2 key. */
export function generateSm2KeyPair(): KeyPair {
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'SM2',
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  })
  return { privateKey: createPrivateKey({ key: pair.privateKey, format: 'der', type: 'pkcs8' }), spki: pair.publicKey }
}

/**
 * Writes a private key as encrypted PKCS#8 in PEM: PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC (RFC 8018 §6.2), which openssl reads.
 * Node's own export would run PBKDF2 only 2048 times.
 */
export function exportPrivateKey(privateKey: KeyObject, passphrase: string): string {
  if (passphrase === '') throw new PkiError('PASSPHRASE', 'a private key is not stored without a passphrase')
  const salt = randomBytes(16)
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync(passphrase, salt, ITERATIONS, 32, 'sha256'), iv)
  const encrypted = Buffer.concat([cipher.update(privateKey.export({ format: 'der', type: 'pkcs8' })), cipher.final()])
  return encodePem('ENCRYPTED PRIVATE KEY', encodeSequence(encryptionAlgorithm(salt, iv), encodeOctetString(encrypted)))
}

/**
 * Reads a private key from PKCS#8 in PEM, encrypted or not: a true SM2 key, RSA, or ECDSA on P-256 or P-384.
 * @throws PkiError PEM; PASSPHRASE where it is wrong or missing (or the encrypted bytes are damaged: the two cannot be told apart);
 *   KEY, ALGORITHM for a key that is not accepted
 */
export function importPrivateKey(pem: string, passphrase?: string): KeyObject {
  const blocks = decodePem(pem).filter((block) => block.label.endsWith('PRIVATE KEY'))
  const [block] = blocks
  if (!block || blocks.length > 1) throw new PkiError('PEM', `${blocks.length} private keys where one is expected`)
  const key = block.label === 'ENCRYPTED PRIVATE KEY' ? decrypt(block.der, passphrase) : read(block.label, block.der)
  assertPair(key)
  return key
}

/** A file may carry a public key that is not the private key's: what is signed must hold under it. */
function assertPair(key: KeyObject): void {
  const message = Buffer.from('pairwise consistency', 'latin1')
  if (!verifySignature(signingAlgorithmOf(key), spkiOf(key), message, signMessage(key, message)))
    throw new PkiError('KEY', 'private and public key do not belong together')
}

function decrypt(der: Uint8Array, passphrase: string | undefined): KeyObject {
  if (passphrase === undefined) throw new PkiError('PASSPHRASE', 'the private key is encrypted')
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8', passphrase })
  } catch (cause) {
    throw new PkiError('PASSPHRASE', 'wrong passphrase, or damaged key', { cause })
  }
}

function read(label: string, der: Uint8Array): KeyObject {
  if (label !== 'PRIVATE KEY') throw new PkiError('KEY', `${label} is not PKCS#8; convert it with openssl pkcs8 -topk8`)
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
  } catch (cause) {
    throw new PkiError('KEY', 'not a private key', { cause })
  }
}

/** RFC 8018 §6.2 and appendix A.4, A.2; AES-256-CBC of NIST. */
function encryptionAlgorithm(salt: Uint8Array, iv: Uint8Array): Uint8Array {
  const hmacWithSha256 = encodeSequence(encodeObjectIdentifier('1.2.840.113549.2.9'), encodeElement(TAG.NULL, new Uint8Array()))
  const derivation = encodeSequence(
    encodeObjectIdentifier('1.2.840.113549.1.5.12'),
    encodeSequence(encodeOctetString(salt), encodeInteger(ITERATIONS), hmacWithSha256),
  )
  const encryption = encodeSequence(encodeObjectIdentifier('2.16.840.1.101.3.4.1.42'), encodeOctetString(iv))
  return encodeSequence(encodeObjectIdentifier('1.2.840.113549.1.5.13'), encodeSequence(derivation, encryption))
}
