import { type CheckDefinition, rule } from './definition.ts'
import { ASK_SENDER, REJECT } from './next-steps.ts'

const SIGNING_SYSTEM = { zh: '请签章系统按标准重新签名', en: 'ask the signing system to sign by the standard' }
const STANDARD = 'ISO 32000-2:2020'
const PADES = 'ETSI EN 319 142-1 V1.2.1'

/** Checks done on a PDF file around a signature value; the value itself is checked as any other. */
export const PDF_CHECKS = {
  PDF_FORMAT: {
    rule: rule(STANDARD, '7.5'),
    passed: { zh: 'PDF 文件结构完好', en: 'the PDF file is whole' },
    failed: { zh: 'PDF 文件损坏、已加密或有两种读法', en: 'the PDF file is broken, encrypted or can be read in two ways' },
    next: ASK_SENDER,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  PDF_SECURITY_STORE: {
    rule: rule(STANDARD, '12.8.4.3'),
    passed: { zh: '附有长期验证资料', en: 'it brings along material for later validation' },
    noted: {
      zh: '附有长期验证资料，不受签名保护；其中证书仅作候选，吊销资料须由其颁发者签名方才采用',
      en: 'it brings along material for later validation, which no signature covers: its certificates are candidates, and its CRLs and OCSP responses count only as far as their issuers signed them',
    },
    failed: { zh: '所附长期验证资料无法读取', en: 'the material for later validation cannot be read' },
    next: SIGNING_SYSTEM,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'FORMAT_FAILURE',
  },
  PDF_USAGE_RIGHTS: {
    rule: rule(STANDARD, '12.8.2.3'),
    passed: { zh: '没有使用权限签名', en: 'no usage rights are granted' },
    noted: { zh: '带有阅读器使用权限，它不是签署人的签名', en: 'it grants usage rights, which are no signature of a signer' },
    failed: { zh: '使用权限签名不成立', en: 'the usage rights do not stand' },
    next: SIGNING_SYSTEM,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'FORMAT_FAILURE',
  },
  PDF_SIGNATURE_FIELD: {
    rule: rule(STANDARD, '12.7.3'),
    passed: { zh: '签名域登记在文档的表单中', en: 'the signature field is one of the form' },
    failed: {
      zh: '签名域不在文档的表单中，有的阅读器显示并验证，有的不会',
      en: 'the signature stands outside the form: some readers show and check it and others never see it',
    },
    next: SIGNING_SYSTEM,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  PDF_SIGNATURE_DICTIONARY: {
    rule: rule(STANDARD, '12.8.1'),
    passed: { zh: '签名字典完好', en: 'the signature dictionary is whole' },
    failed: { zh: '签名字典不符合标准', en: 'the signature dictionary is not well formed' },
    next: ASK_SENDER,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'FORMAT_FAILURE',
  },
  PDF_BYTE_RANGE: {
    rule: rule(STANDARD, '12.8.1'),
    noted: { zh: '签名覆盖签名值以外的全部字节', en: 'the signature covers every byte but its own value' },
    passed: { zh: '签名覆盖除签名值以外的全部字节', en: 'the signature covers every byte but its own value' },
    failed: { zh: '签名范围留有未签名的字节', en: 'the signed range leaves room for bytes that nobody signed' },
    next: REJECT,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'FORMAT_FAILURE',
  },
  PDF_REVISION: {
    rule: rule(STANDARD, '7.5.6'),
    passed: { zh: '签名覆盖文件的一个完整版本', en: 'the signature covers a whole revision of the file' },
    failed: { zh: '签名所覆盖的不是文件的一个完整版本', en: 'what the signature covers is no whole revision of the file' },
    next: REJECT,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'FORMAT_FAILURE',
  },
  PDF_LATER_CHANGES: {
    rule: rule(STANDARD, '12.8.2.2'),
    passed: { zh: '签名之后没有改动', en: 'nothing was changed after signing' },
    noted: { zh: '签名之后有所允许的改动', en: 'what was changed after signing is allowed' },
    failed: {
      zh: '签名之后有改动，所见不一定是所签',
      en: 'it was changed after signing: what is seen may not be what was signed',
    },
    next: {
      zh: '请以所签版本为准，并向发送方核实改动',
      en: 'rely on the signed revision only, and ask the sender about the changes',
    },
    onFailure: 'HASH_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  PDF_SUB_FILTER: {
    rule: rule(STANDARD, '12.8.3'),
    passed: { zh: '签名值与签名字典所称的种类一致', en: 'the value is of the kind the dictionary announces' },
    noted: { zh: '签名值的种类以其内容为准', en: 'the kind of the value was told by its bytes' },
    failed: { zh: '签名的种类不被接受，或与所称不符', en: 'this kind of signature is not accepted, or not what is announced' },
    next: SIGNING_SYSTEM,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'CRYPTO_CONSTRAINTS_FAILURE',
  },
  PDF_SIGNING_CERTIFICATE: {
    rule: rule(PADES, '6.3'),
    passed: { zh: '签名属性指明签名人证书', en: "the signed attributes name the signer's certificate" },
    noted: { zh: '签名属性以旧方式指明签名人证书', en: "the signed attributes name the signer's certificate in an old way" },
    failed: { zh: '签名属性未指明此签名人证书', en: 'the signed attributes do not name this certificate' },
    next: REJECT,
    onFailure: 'SIG_CRYPTO_FAILURE',
    onUnknown: 'NO_SIGNING_CERTIFICATE_FOUND',
  },
  PDF_SIGNING_TIME: {
    rule: rule(PADES, '6.3'),
    passed: { zh: '两处所称签名时间一致', en: 'both claims of the signing time agree' },
    noted: { zh: '两处所称签名时间不同', en: 'the two claims of the signing time differ' },
    failed: { zh: '所称签名时间不成立', en: 'the claimed signing time does not stand' },
    next: SIGNING_SYSTEM,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: null,
  },
} satisfies Record<string, CheckDefinition>
