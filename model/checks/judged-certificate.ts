import { type CheckDefinition, rule } from './definition.ts'
import { ADMINISTRATOR, IMPORT_CRL, REJECT } from './next-steps.ts'

/** What a certificate may and whether it was good. */
export const JUDGED_CERTIFICATE_CHECKS = {
  CERTIFICATE_KEY_USAGE: {
    rule: rule('GM/T 0031-2014', '6.2.3 c'),
    passed: { zh: '密钥用途允许签名', en: 'the key may sign' },
    noted: { zh: '证书未限定密钥用途', en: 'the certificate does not restrict the use of its key' },
    failed: { zh: '密钥用途不允许签名', en: 'the key may not sign' },
    next: REJECT,
    onFailure: 'CHAIN_CONSTRAINTS_FAILURE',
    onUnknown: 'CHAIN_CONSTRAINTS_FAILURE',
  },
  CERTIFICATE_VALIDITY: {
    rule: rule('GM/T 0031-2014', '6.2.3 d 2'),
    passed: { zh: '证书在有效期内', en: 'the certificate was within its validity' },
    failed: { zh: '证书不在有效期内', en: 'the certificate was not within its validity' },
    next: REJECT,
    onFailure: 'EXPIRED',
    onUnknown: 'OUT_OF_BOUNDS_NO_POE',
  },
  CERTIFICATE_REVOCATION: {
    rule: rule('GM/T 0031-2014', '6.2.3 d 3'),
    passed: { zh: '证书未被吊销', en: 'the certificate was not revoked' },
    noted: { zh: '证书的吊销状态', en: 'the revocation of the certificate' },
    failed: { zh: '证书被吊销或吊销状态不明', en: 'the certificate was revoked, or that is not known' },
    next: IMPORT_CRL,
    onFailure: 'REVOKED',
    onUnknown: 'TRY_LATER',
  },
  BOUND_CERTIFICATE: {
    rule: rule('国办发〔2025〕33号', '2', 'national measure'),
    passed: { zh: '印章所关联的证书', en: 'the certificate tied to the seal' },
    failed: { zh: '没有取得签章所用的证书', en: 'the certificate used for signing is not at hand' },
    next: { zh: '请提供签章人证书', en: "provide the signer's certificate" },
    onFailure: 'NO_SIGNING_CERTIFICATE_FOUND',
    onUnknown: 'NO_SIGNING_CERTIFICATE_FOUND',
  },
  OTHER_CERTIFICATE: {
    rule: rule('国办发〔2025〕33号', '2', 'national measure'),
    passed: { zh: '没有关联其他证书', en: 'no other certificate is tied to the seal' },
    failed: { zh: '印章还关联其他证书', en: 'another certificate is tied to the seal too' },
    next: ADMINISTRATOR,
    onFailure: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    onUnknown: null,
  },
} satisfies Record<string, CheckDefinition>
