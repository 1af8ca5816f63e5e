import type { SealFormat } from '../seal.ts'
import { type CheckDefinition, rule } from './definition.ts'
import { ASK_SENDER, REJECT } from './next-steps.ts'

const VENDOR = { zh: '请印章制作单位按标准重新制作', en: 'ask the maker to make the seal by the standard' }
const SIGNING_SYSTEM = { zh: '请签章系统按标准重新签章', en: 'ask the signing system to sign by the standard' }
const UPGRADE = { zh: '请确认所用算法，并用接受该算法的系统验证', en: 'verify with a system that accepts this algorithm' }

/** The clause by structure. GM/T 0031-2014 has a verification clause of its own; the 2025 text is cited by its named steps. */
function clauses(v1: string, v4: string, v5: string, signedData = '8'): Readonly<Record<SealFormat, ReturnType<typeof rule>>> {
  return {
    SES_V1: rule('GM/T 0031-2014', v1),
    SES_V4: rule('GB/T 38540-2020', v4),
    SES_V5: rule('GM/T 0031-2025', v5),
    GBT_35275: rule('GB/T 35275-2017', signedData),
  }
}

/** Checks done on the bytes of a seal (验证电子印章). Domain reference 1.6. */
export const SEAL_CHECKS = {
  SEAL_FORMAT: {
    rule: rule('GB/T 38540-2020', '6.3 a'),
    rules: clauses('6.1.2 a', '6.3 a', '验证电子印章 a'),
    passed: { zh: '印章数据结构符合标准', en: 'the seal is well formed' },
    noted: { zh: '印章数据可读，但与标准写法略有出入', en: 'the seal can be read but deviates slightly from the standard' },
    failed: { zh: '印章数据结构不符合标准', en: 'the seal is not well formed' },
    next: ASK_SENDER,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'FORMAT_FAILURE',
  },
  SEAL_SIGNATURE: {
    rule: rule('GB/T 38540-2020', '6.3 b'),
    rules: clauses('6.1.2 b', '6.3 b', '验证电子印章 b'),
    passed: { zh: '制章人签名值正确', en: "the maker's signature over the seal holds" },
    failed: {
      zh: '制章人签名值不正确，印章数据可能被改动',
      en: "the maker's signature does not hold; the seal may have been altered",
    },
    next: REJECT,
    onFailure: 'SIG_CRYPTO_FAILURE',
    onUnknown: 'CRYPTO_CONSTRAINTS_FAILURE',
  },
  SEAL_ALGORITHM: {
    rule: rule('GB/T 38540-2020', '6.1'),
    rules: clauses('6.1.1', '6.1', '电子印章数据格式'),
    passed: { zh: '签名算法标识与制章人证书一致', en: "the signature algorithm agrees with the maker's certificate" },
    noted: {
      zh: '签名算法与制章人证书一致，标识写法非标准',
      en: "the signature algorithm agrees with the maker's certificate, but is not named by the standard's identifier",
    },
    failed: {
      zh: '签名算法标识与制章人证书不一致或不被接受',
      en: "the signature algorithm does not agree with the maker's certificate or is not accepted",
    },
    next: UPGRADE,
    onFailure: 'SIG_CRYPTO_FAILURE',
    onUnknown: 'CRYPTO_CONSTRAINTS_FAILURE',
  },
  SEAL_EXTENSIONS: {
    rule: rule('枢纽决定：未知关键扩展', '4', 'hub decision: unknown critical extensions'),
    passed: { zh: '没有不认识的关键扩展', en: 'no unknown critical extension' },
    noted: { zh: '含有不认识的非关键扩展', en: 'non-critical extensions that are not known here' },
    failed: {
      zh: '含有不认识的关键扩展，不能断定其含义',
      en: 'a critical extension is not known here; its meaning cannot be judged',
    },
    next: { zh: '请印章制作单位说明该扩展', en: 'ask the maker what the extension means' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  SEAL_TIME_STAMP: {
    rule: rule('GM/T 0031-2025', '验证电子印章 f'),
    passed: { zh: '印章时间戳有效', en: "the seal's time-stamp holds" },
    failed: { zh: '印章时间戳不能证明任何时间', en: "the seal's time-stamp proves no time" },
    next: VENDOR,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'TRY_LATER',
  },
  SEAL_VALIDITY_AGREES: {
    rule: rule('国办发〔2025〕33号；遂平 10；西藏 10；福建 8', '有效期一致', 'national measure; Suiping 10; Tibet 10; Fujian 8'),
    passed: { zh: '印章与证书有效期一致', en: 'seal and certificate validity agree' },
    failed: { zh: '印章与证书有效期相差超过一天', en: 'seal and certificate validity differ by more than a day' },
    next: { zh: '以较短者为准', en: 'the shorter one counts' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: null,
  },
} satisfies Record<string, CheckDefinition>

/** Checks done on the bytes of a signature (验证电子签章). Domain reference 1.7. */
export const SIGNATURE_CHECKS = {
  SIGNATURE_FORMAT: {
    rule: rule('GB/T 38540-2020', '7.3'),
    rules: clauses('6.2.3 a', '7.3', '验证电子签章 a'),
    passed: { zh: '签章数据结构符合标准', en: 'the signature value is well formed' },
    noted: {
      zh: '签章数据可读，但与标准写法略有出入',
      en: 'the signature value can be read but deviates slightly from the standard',
    },
    failed: { zh: '签章数据结构不符合标准', en: 'the signature value is not well formed' },
    next: ASK_SENDER,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'FORMAT_FAILURE',
  },
  SIGNATURE_VALUE: {
    rule: rule('GB/T 38540-2020', '7.3'),
    rules: clauses('6.2.3 b', '7.3', '验证电子签章 b', '8.2'),
    passed: { zh: '签章人签名值正确', en: "the signer's signature holds" },
    failed: {
      zh: '签章人签名值不正确，签章数据可能被改动',
      en: "the signer's signature does not hold; it may have been altered",
    },
    next: REJECT,
    onFailure: 'SIG_CRYPTO_FAILURE',
    onUnknown: 'CRYPTO_CONSTRAINTS_FAILURE',
  },
  SIGNATURE_ALGORITHM: {
    rule: rule('GB/T 38540-2020', '7.1'),
    rules: clauses('6.2.1', '7.1', '电子签章数据格式', '8.2'),
    passed: { zh: '签名算法标识与签章人证书一致', en: "the signature algorithm agrees with the signer's certificate" },
    noted: {
      zh: '签名算法与签章人证书一致，标识写法非标准',
      en: "the signature algorithm agrees with the signer's certificate, but is not named by the standard's identifier",
    },
    failed: {
      zh: '签名算法标识与签章人证书不一致或不被接受',
      en: "the signature algorithm does not agree with the signer's certificate or is not accepted",
    },
    next: UPGRADE,
    onFailure: 'SIG_CRYPTO_FAILURE',
    onUnknown: 'CRYPTO_CONSTRAINTS_FAILURE',
  },
  SIGNATURE_ENCODING: {
    rule: rule('GB/T 35276-2017', '7.3'),
    passed: { zh: '签名值为 DER 编码', en: 'the signature value is DER' },
    failed: {
      zh: '签名值为 64 字节 r‖s，非标准编码，予以接受',
      en: 'the signature value is 64 raw bytes r‖s, not the standard encoding; accepted',
    },
    next: SIGNING_SYSTEM,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: null,
  },
  SIGNER_CERTIFICATE: {
    rule: rule('GB/T 35275-2017', '8.1'),
    passed: { zh: '签名值带有签名人证书', en: "the value carries the signer's certificate" },
    failed: {
      zh: '签名值不带签名人证书，无从得知由谁签名',
      en: 'the value carries no certificate of its signer: who signed cannot be known',
    },
    next: { zh: '请发送方提供签名人证书', en: "ask the sender for the signer's certificate" },
    onFailure: 'SIG_CRYPTO_FAILURE',
    onUnknown: 'NO_SIGNING_CERTIFICATE_FOUND',
  },
  SIGNER_IN_SEAL: {
    rule: rule('GB/T 38540-2020', '7.3'),
    rules: clauses('6.2.2 c', '7.3', '验证电子签章'),
    passed: { zh: '签章人证书在印章的证书列表中', en: "the signer's certificate is in the seal's list" },
    failed: {
      zh: '签章人证书不在印章的证书列表中，盖章人无权使用此印章',
      en: "the signer's certificate is not in the seal's list: this signer may not use this seal",
    },
    next: REJECT,
    onFailure: 'SIG_CRYPTO_FAILURE',
    onUnknown: 'NO_SIGNING_CERTIFICATE_FOUND',
  },
  DATA_HASH: {
    rule: rule('GB/T 38540-2020', '7.3'),
    rules: clauses('6.2.3 e', '7.3', '验证电子签章', '8.1'),
    passed: { zh: '原文杂凑值一致', en: 'the digest of the content agrees' },
    failed: {
      zh: '原文杂凑值不一致，原文被改动或不是所签的原文',
      en: 'the digest of the content differs: it was altered or is not what was signed',
    },
    next: ASK_SENDER,
    onFailure: 'HASH_FAILURE',
    onUnknown: 'SIGNED_DATA_NOT_FOUND',
  },
  VERSIONS_AGREE: {
    rule: rule('GB/T 38540-2020', '7.1'),
    rules: clauses('6.2.1', '7.1', '电子签章数据格式'),
    passed: { zh: '签章版本与印章版本一致', en: 'signature and seal are of one version' },
    noted: {
      zh: '签章与印章结构一致，版本号不同',
      en: 'signature and seal are of one structure but state different version numbers',
    },
    failed: { zh: '签章版本与印章版本不一致', en: 'signature and seal are of different versions' },
    next: SIGNING_SYSTEM,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: null,
  },
  SIGNATURE_EXTENSIONS: {
    rule: rule('枢纽决定：未知关键扩展', '4', 'hub decision: unknown critical extensions'),
    passed: { zh: '没有不认识的关键扩展', en: 'no unknown critical extension' },
    noted: { zh: '含有不认识的非关键扩展', en: 'non-critical extensions that are not known here' },
    failed: {
      zh: '含有不认识的关键扩展，不能断定其含义',
      en: 'a critical extension is not known here; its meaning cannot be judged',
    },
    next: { zh: '请签章系统说明该扩展', en: 'ask the signing system what the extension means' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  SIGNATURE_TIME_STAMP: {
    rule: rule('GM/T 0031-2025', '验证电子签章'),
    rules: clauses('6.2.1', '7.1', '验证电子签章'),
    passed: { zh: '签章时间戳有效', en: "the signature's time-stamp holds" },
    failed: { zh: '签章时间戳不能证明任何时间', en: "the signature's time-stamp proves no time" },
    next: SIGNING_SYSTEM,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'TRY_LATER',
  },
} satisfies Record<string, CheckDefinition>
