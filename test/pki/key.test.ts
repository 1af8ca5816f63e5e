import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { exportPrivateKey, generateSm2KeyPair, importPrivateKey, spkiOf } from '../../pki/key.ts'
import { decodePem, encodePem } from '../../pki/pem.ts'
import { softwareSigner } from '../../pki/signer.ts'
import { verifySm2 } from '../../pki/sm2.ts'
import { openssl, testWithOpenssl } from '../support/openssl.ts'
import { testPki } from '../support/pki.ts'

const pair = generateSm2KeyPair()
const stored = exportPrivateKey(pair.privateKey, '通行字 1234')

describe('stored keys', () => {
  test('a key comes back from its encrypted form and signs as before', () => {
    const key = importPrivateKey(stored, '通行字 1234')
    expect(Buffer.compare(spkiOf(key), pair.spki)).toBe(0)
    expect(stored).not.toContain(
      Buffer.from(pair.privateKey.export({ format: 'der', type: 'pkcs8' }))
        .toString('base64')
        .slice(0, 40),
    )
  })

  test('a wrong or missing passphrase is refused as PASSPHRASE', () => {
    expect(() => importPrivateKey(stored, '通行字 1235')).toThrow(expect.objectContaining({ code: 'PASSPHRASE' }))
    expect(() => importPrivateKey(stored, '')).toThrow(expect.objectContaining({ code: 'PASSPHRASE' }))
    expect(() => importPrivateKey(stored)).toThrow(expect.objectContaining({ code: 'PASSPHRASE' }))
    expect(() => exportPrivateKey(pair.privateKey, '')).toThrow(expect.objectContaining({ code: 'PASSPHRASE' }))
  })

  test('unencrypted PKCS#8 is read; PKCS#1, SEC 1, two keys and none are refused', () => {
    const pem = encodePem('PRIVATE KEY', pair.privateKey.export({ format: 'der', type: 'pkcs8' }))
    expect(Buffer.compare(spkiOf(importPrivateKey(pem)), pair.spki)).toBe(0)
    expect(() => importPrivateKey(pem.replaceAll('PRIVATE', 'EC PRIVATE'))).toThrow(expect.objectContaining({ code: 'KEY' }))
    expect(() => importPrivateKey(pem + pem)).toThrow(expect.objectContaining({ code: 'PEM' }))
    expect(() => importPrivateKey('')).toThrow(expect.objectContaining({ code: 'PEM' }))
  })

  test('a private key with the public key of another is refused as KEY', () => {
    const der = Buffer.from(pair.privateKey.export({ format: 'der', type: 'pkcs8' }))
    generateSm2KeyPair()
      .spki.subarray(-65)
      .forEach((byte, i) => {
        der[der.length - 65 + i] = byte
      })
    expect(() => importPrivateKey(encodePem('PRIVATE KEY', der))).toThrow(expect.objectContaining({ code: 'KEY' }))
  })

  test('keys of kinds that are not accepted are refused', () => {
    const pemOf = (type: 'rsa' | 'ed25519') => {
      const { privateKey } = type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 1024 }) : generateKeyPairSync('ed25519')
      return encodePem('PRIVATE KEY', privateKey.export({ format: 'der', type: 'pkcs8' }))
    }
    expect(() => importPrivateKey(pemOf('rsa'))).toThrow(expect.objectContaining({ code: 'KEY' }))
    expect(() => importPrivateKey(pemOf('ed25519'))).toThrow(expect.objectContaining({ code: 'ALGORITHM' }))
  })

  test('the encrypted form names PBES2, PBKDF2 600000 times with HMAC-SHA-256, and AES-256-CBC', () => {
    const [block] = decodePem(stored)
    const hex = Buffer.from(block?.der ?? []).toString('hex')
    expect(block?.label).toBe('ENCRYPTED PRIVATE KEY')
    for (const part of ['2a864886f70d01050d', '2a864886f70d01050c', '02030927c0', '2a864886f70d0209', '60864801650304012a'])
      expect(hex).toContain(part)
    expect(createPrivateKey({ key: stored, passphrase: '通行字 1234' }).type).toBe('private')
  })
})

describe('software signer', () => {
  const { maker, signer } = testPki(Date.UTC(2026, 0, 1))

  test('what it signs holds under its certificate’s key', async () => {
    const message = Buffer.from('eSealInfo')
    expect(maker.signer.algorithm).toBe('1.2.156.10197.1.501')
    expect(verifySm2(maker.spki, message, await maker.signer.sign(message))).toBe(true)
  })

  test('a key that is not the certificate’s is refused as KEY', () => {
    expect(() => softwareSigner(signer.privateKey, maker.certificate)).toThrow(expect.objectContaining({ code: 'KEY' }))
  })
})

testWithOpenssl('openssl reads the stored key with its passphrase only', () => {
  const read = (passphrase: string) => openssl(['pkcs8', '-passin', `pass:${passphrase}`, '-outform', 'der'], stored)
  expect(Buffer.from(read('通行字 1234').out).subarray(-65)).toEqual(Buffer.from(pair.spki.subarray(-65)))
  expect(read('wrong').ok).toBe(false)
})
