import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { importPrivateKey, spkiOf } from '../../pki/key.ts'
import { decodePem, encodePem } from '../../pki/pem.ts'
import { verifySignature } from '../../pki/signature.ts'
import { sm2On, verifySm2 } from '../../pki/sm2.ts'
import { digestVerifier, nobleEngine } from '../../pki/sm2-fallback.ts'
import { sm2PointOf, sm2SpkiOf } from '../../pki/sm2-key.ts'
import { nativeEngine } from '../../pki/sm2-native.ts'
import { type Certificate, decodeCertificate } from '../../pki/x509/certificate.ts'
import { sharedFile, testWithShared } from '../support/shared.ts'

const read = (path: string) => readFileSync(sharedFile(`samples/${path}`), 'utf8')
const certificate = (path: string) => decodeCertificate(decodePem(read(path), 'CERTIFICATE')[0]?.der ?? new Uint8Array())
const isSigned = ({ tbs, signature, signatureAlgorithm }: Certificate, issuer: Certificate) =>
  verifySignature(signatureAlgorithm, issuer.spki, tbs, signature)

testWithShared('Tongsuo’s vectors hold over the digest they give, and over no message with Z', () => {
  const text = read('keys/Tongsuo/evppkey_sm2.txt')
  const spki = spkiOf(importPrivateKey(encodePem('PRIVATE KEY', decodePem(text, 'PRIVATE KEY')[0]?.der ?? new Uint8Array())))
  const vectors = [...text.matchAll(/^Verify = SM2_key1\nCtrl = digest:SM3\nInput = ([0-9A-F]+)\nOutput = ([0-9A-F]+)$/gm)]
  expect(vectors).toHaveLength(2)
  for (const [, input = '', output = ''] of vectors) {
    const [digest, signature] = [Buffer.from(input, 'hex'), Buffer.from(output, 'hex')]
    expect(digestVerifier(sm2PointOf(spki))(digest, signature)).toBe(true)
    for (const engine of [nativeEngine, nobleEngine]) expect(sm2On(engine).verify(spki, digest, signature)).toBe(false)
  }
})

testWithShared('a certificate of the national root holds under it', () => {
  const root = certificate('certificates/national/ROOTCA.pem')
  expect(isSigned(root, root)).toBe(true)
})

testWithShared('a key under the curve’s own OID in place of id-ecPublicKey is refused as ALGORITHM', () => {
  const root = certificate('certificates/Tongsuo/sm2-root-cert.pem')
  expect(() => isSigned(root, root)).toThrow(expect.objectContaining({ code: 'ALGORITHM' }))
})

testWithShared('certificates that were signed without Z do not hold, those signed with it do', () => {
  const holds = ({ tbs, signature }: Certificate, issuer: Certificate) =>
    verifySm2(sm2SpkiOf(issuer.spki.subarray(-65)), tbs, signature)
  const withoutZ = certificate('certificates/Tongsuo/sm2-noza-root-cert.pem')
  expect(holds(withoutZ, withoutZ)).toBe(false)
  expect(holds(certificate('certificates/Tongsuo/sm2-noza-cert.pem'), withoutZ)).toBe(false)
  const root = certificate('certificates/Tongsuo/sm2-root-cert.pem')
  expect(holds(root, root)).toBe(true)
  expect(holds(certificate('certificates/Tongsuo/sm2-cert.pem'), root)).toBe(true)
})

testWithShared('private keys of n − 1, n and n + 1 are refused as KEY', () => {
  for (const name of ['sm2_bad_neg1', 'sm2_bad_0', 'sm2_bad_1']) {
    const pem = read(`certificates/Tongsuo/${name}.pem`)
    expect(() => importPrivateKey(pem), name).toThrow(expect.objectContaining({ code: 'KEY' }))
  }
})
