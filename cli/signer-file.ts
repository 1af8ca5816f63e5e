import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { HubError } from '../model/error.ts'
import { PkiError } from '../pki/error.ts'
import { importPrivateKey } from '../pki/key.ts'
import { decodePem } from '../pki/pem.ts'
import { type Signer, softwareSigner } from '../pki/signer.ts'
import { readSecretFile } from '../runtime/config.ts'
import { readInput } from './input.ts'

const MAXIMUM_BYTES = 64 * 1024

/**
 * A signer from files: the private key as PKCS#8 in PEM, encrypted or not, and the certificate in the same file or one of its own.
 * The passphrase comes from a file or is asked for on the terminal; never from an argument, which others could see.
 * @throws HubError UNREADABLE for files that are not these, BAD_INPUT for a wrong or missing passphrase or a key of another certificate.
 */
export async function readSigner(
  keyFile: string,
  certificateFile: string | null,
  passphraseFile: string | null,
): Promise<Signer> {
  const pem = Buffer.from(await readInput(keyFile, MAXIMUM_BYTES)).toString('latin1')
  const certificatePem =
    certificateFile === null ? pem : Buffer.from(await readInput(certificateFile, MAXIMUM_BYTES)).toString('latin1')
  const isEncrypted = pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----')
  const passphrase = isEncrypted ? await passphraseOf(passphraseFile) : undefined
  try {
    const [certificate] = decodePem(certificatePem, 'CERTIFICATE')
    if (!certificate)
      throw new HubError(
        'UNREADABLE',
        `没有证书：${certificateFile ?? keyFile}`,
        `holds no certificate: ${certificateFile ?? keyFile}`,
      )
    return softwareSigner(importPrivateKey(pem, passphrase), certificate.der)
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    const code = cause.code === 'PASSPHRASE' || cause.code === 'KEY' ? 'BAD_INPUT' : 'UNREADABLE'
    throw new HubError(code, `私钥不可用：${cause.message}`, `the key cannot be used: ${cause.message}`, { cause })
  }
}

async function passphraseOf(file: string | null): Promise<string> {
  if (file !== null) return readSecretFile(file, 1).toString()
  if (!process.stdin.isTTY)
    throw new HubError('BAD_INPUT', '私钥已加密：请用 --passphrase-file', 'the key is encrypted: give --passphrase-file')
  process.stderr.write('私钥口令 passphrase: ')
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}
