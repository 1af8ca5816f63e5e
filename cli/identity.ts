import { createHmac, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Clock, Instant } from '../model/time.ts'
import { exportPrivateKey, generateSm2KeyPair, importPrivateKey, spkiOf } from '../pki/key.ts'
import { decodePem, encodePem } from '../pki/pem.ts'
import { type Signer, softwareSigner } from '../pki/signer.ts'
import { issueCertificate } from '../pki/x509/issue.ts'
import { type Config, readSecretFile } from '../runtime/config.ts'
import { type DataDirectory, secretFile, writeOnce } from '../runtime/data-directory.ts'

/** The secrets one hub shares among its rooms, each derived from the hub key for one use alone. */
export interface HubKeys {
  readonly facts: Uint8Array
  readonly channel: Uint8Array
  readonly operatorToken: string
}

const VALIDITY_MS = 10 * 366 * 86_400_000
const MINIMUM_KEY_BYTES = 32

/** The hub's keys: from the file the operator named, or made in the data directory at first use. */
export function openKeys(config: Config, directory: DataDirectory): HubKeys {
  const hubKey = config.keyFile
    ? readSecretFile(config.keyFile, MINIMUM_KEY_BYTES)
    : Buffer.from(secretFile(directory.key('hub.key')), 'hex')
  const derive = (use: string) => createHmac('sm3', hubKey).update(`sealhub ${use}`).digest()
  return { facts: derive('facts'), channel: derive('channel'), operatorToken: secretFile(directory.key('operator.token')) }
}

/**
 * The hub's own signer for receipts: a software key, encrypted at rest and not a certified device, with a certificate it made itself
 * at first use. Where a device or a CA's certificate is required, both files are replaced by the operator.
 */
export async function openSigner(config: Config, directory: DataDirectory, now: Clock): Promise<Signer> {
  const passphrase = config.passphraseFile
    ? readSecretFile(config.passphraseFile, 12).toString()
    : secretFile(directory.key('passphrase'))
  const keyFile = directory.key('signing.key.pem')
  const certificateFile = directory.key('signing.cer.pem')
  if (!existsSync(certificateFile)) {
    if (!existsSync(keyFile)) writeOnce(keyFile, exportPrivateKey(generateSm2KeyPair().privateKey, passphrase))
    writeOnce(
      certificateFile,
      encodePem('CERTIFICATE', selfIssued(importPrivateKey(readFileSync(keyFile, 'utf8'), passphrase), config, now())),
    )
  }
  const [certificate] = decodePem(readFileSync(certificateFile, 'utf8'), 'CERTIFICATE')
  return softwareSigner(importPrivateKey(readFileSync(keyFile, 'utf8'), passphrase), certificate?.der ?? new Uint8Array())
}

function selfIssued(privateKey: KeyObject, { division }: Config, now: Instant): Uint8Array {
  return issueCertificate({
    subject: [
      ['C', 'CN'],
      ['O', '电子印章互信互认枢纽'],
      ['CN', `Sealhub ${division}`],
    ],
    spki: spkiOf(privateKey),
    serialNumber: BigInt(`0x7f${randomBytes(15).toString('hex')}`),
    notBefore: now,
    notAfter: now + VALIDITY_MS,
    issuerKey: privateKey,
  })
}
