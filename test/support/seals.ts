import { makeSeal, type SealToMake } from '../../pki/ses/make-seal.ts'
import { makeSignature, type SignatureToMake } from '../../pki/ses/make-signature.ts'
import type { SesFormat } from '../../pki/ses/seal-info.ts'
import { testPki } from './pki.ts'
import { type TestTokenOptions, testTimeStampToken } from './signed-time-stamp.ts'

/** The moment the test PKI stands around: 2026-01-01T00:00:00Z. */
export const MADE_AT = Date.UTC(2026, 0, 1)
const YEAR_MS = 365 * 86_400_000

export const FORMATS: readonly SesFormat[] = ['SES_V1', 'SES_V4', 'SES_V5']
export const pki = testPki(MADE_AT)
export const timeStampAuthority = pki.issue('时间戳机构', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] })
export const CONTENT = Buffer.from('<ofd:Signature>演示</ofd:Signature>')

/** What a seal of 遂平县民政局 says; anything may be replaced. */
export function sealToMake(format: SesFormat, changes: Partial<SealToMake> = {}): SealToMake {
  return {
    format,
    vid: 'sealhub-test',
    esID: '41172800000001',
    property: {
      type: 1,
      name: '遂平县民政局',
      certList: { certListType: 1, certs: [pki.signer.certificate] },
      createDate: MADE_AT,
      validStart: MADE_AT - YEAR_MS,
      validEnd: MADE_AT + 2 * YEAR_MS,
    },
    picture: { type: 'png', data: Uint8Array.of(0x89, 0x50, 0x4e, 0x47), width: 40, height: 40 },
    ...changes,
  }
}

/** A seal made by the test PKI's maker. */
export function sealOf(format: SesFormat, changes: Partial<SealToMake> = {}): Promise<Uint8Array> {
  return makeSeal(sealToMake(format, changes), pki.maker.signer)
}

/** A signature with a seal, by the test PKI's signer, over CONTENT. */
export function signatureWith(
  seal: Uint8Array,
  changes: Partial<SignatureToMake> = {},
  signer = pki.signer,
): Promise<Uint8Array> {
  const protects = '/Doc_0/Signs/Sign_0/Signature.xml'
  return makeSignature({ seal, content: CONTENT, protects, signedAt: MADE_AT, ...changes }, signer.signer)
}

/** A time-stamp over bytes by the test PKI's authority. */
export function stampOver(stamped: Uint8Array, genTime = MADE_AT, changes: Partial<TestTokenOptions> = {}): Uint8Array {
  return testTimeStampToken({ stamped, genTime, authority: timeStampAuthority, ...changes })
}
