import { type CheckDefinition, rule } from './definition.ts'
import { ASK_SENDER } from './next-steps.ts'

const STANDARD = 'GB/T 33190-2016'

/** Checks done on a document and its package around a signature value. Domain reference 2. */
export const DOCUMENT_CHECKS = {
  DOCUMENT_FORMAT: {
    rule: rule(STANDARD, '7'),
    passed: { zh: '文件包结构完好', en: 'the package is whole' },
    failed: { zh: '文件包损坏或含有危险内容', en: 'the package is broken or holds something dangerous' },
    next: ASK_SENDER,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'FORMAT_FAILURE',
  },
  DOCUMENT_SIGNED: {
    rule: rule('国办发〔2025〕33号', '2', 'national measure'),
    passed: { zh: '文件带有电子签名', en: 'the document is signed' },
    failed: { zh: '文件未签名，也未盖电子印章', en: 'the document is not signed and bears no electronic seal' },
    next: ASK_SENDER,
    onFailure: 'SIGNED_DATA_NOT_FOUND',
    onUnknown: 'SIGNED_DATA_NOT_FOUND',
  },
  DOCUMENT_TIME_STAMP: {
    rule: rule('ISO 32000-2:2020', '12.8.5'),
    passed: { zh: '文件时间戳完好', en: 'the time-stamp over the document holds' },
    failed: { zh: '文件时间戳不成立', en: 'the time-stamp over the document does not hold' },
    next: ASK_SENDER,
    onFailure: 'HASH_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  ORIGINALITY: {
    rule: rule('西藏自治区电子印章管理办法', '2', 'Tibet 2: a re-conversion of a signed document counts as a copy'),
    passed: { zh: '是签署时的电子文件', en: 'it is the electronic document that was signed' },
    noted: { zh: '不能断定是否为原件', en: 'whether it is the original cannot be told' },
    failed: {
      zh: '是复制、打印或转换而来的副本，视为复印件',
      en: 'it is a converted, printed or scanned copy, not the original',
    },
    next: { zh: '请发送方提供签署的电子原件', en: 'ask the sender for the electronic original that was signed' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  UNCOVERED_FILES: {
    rule: rule('枢纽决定：未受保护的文件', '4', 'hub decision: unprotected files'),
    passed: { zh: '所有文件都受至少一个签名保护', en: 'every file is protected by at least one signature' },
    noted: { zh: '含有不受任何签名保护的文件', en: 'it holds files that no signature protects' },
    failed: { zh: '含有不受任何签名保护的文件', en: 'it holds files that no signature protects' },
    next: { zh: '核对所列文件是否影响所见内容', en: 'see whether the files named change what is seen' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  ADDED_LATER: {
    rule: rule(STANDARD, '18.1'),
    passed: { zh: '签名之后没有增添内容', en: 'nothing was added after the signature' },
    noted: {
      zh: '签名之后增添了内容，由后来的签名保护',
      en: 'something was added after the signature and is protected by a later one',
    },
    failed: { zh: '签名之后增添了内容', en: 'something was added after the signature' },
    next: { zh: '核对增添的内容', en: 'look at what was added' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  SIGNATURE_FILE: {
    rule: rule(STANDARD, '18.2'),
    passed: { zh: '签名描述文件完好', en: 'the file that describes the signature is whole' },
    failed: { zh: '签名描述文件不符合标准', en: 'the file that describes the signature is not well formed' },
    next: ASK_SENDER,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'FORMAT_FAILURE',
  },
  PROTECTED_FILES: {
    rule: rule(STANDARD, '18.2.2'),
    passed: { zh: '受保护的文件均未改动', en: 'every protected file is unchanged' },
    failed: { zh: '受保护的文件与签名时不一致', en: 'a protected file is not what was signed' },
    next: ASK_SENDER,
    onFailure: 'HASH_FAILURE',
    onUnknown: 'CRYPTO_CONSTRAINTS_FAILURE',
  },
  PROTECTED_RANGE: {
    rule: rule(STANDARD, '18.2'),
    passed: { zh: '签章所指的正是此签名描述文件', en: 'the seal signature names this very file' },
    noted: {
      zh: '签章的保护范围没有写成路径；杂凑值即此签名描述文件的',
      en: 'the seal signature states its range otherwise than by a path; the digest is that of this very file',
    },
    failed: { zh: '签章所指的不是此签名描述文件', en: 'the seal signature names another file than the one it is over' },
    next: ASK_SENDER,
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  SEAL_FILE: {
    rule: rule(STANDARD, '18.2'),
    passed: { zh: '文件包中的印章与签章中的一致', en: 'the seal in the package is the one in the signature' },
    failed: { zh: '文件包中的印章与签章中的不一致', en: 'the seal in the package is not the one in the signature' },
    next: { zh: '不予采信，并向发送方核实', en: 'do not rely on it; ask the sender' },
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  BASE_SIGNATURE: {
    rule: rule(STANDARD, '18.1'),
    passed: { zh: '所依据的签名经核对', en: 'the signature this one builds upon was checked' },
    failed: { zh: '所依据的签名不成立或不存在', en: 'the signature this one builds upon does not hold or is not there' },
    next: ASK_SENDER,
    onFailure: 'SIG_CRYPTO_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  UNPROTECTED_FILES: {
    rule: rule('枢纽决定：未受保护的文件', '4', 'hub decision: unprotected files'),
    passed: { zh: '文件包中没有未受保护的内容', en: 'nothing in the package is unprotected' },
    noted: {
      zh: '含有未受保护、但不改变所签内容的文件',
      en: 'it holds unprotected files that change nothing of what was signed',
    },
    failed: { zh: '所显示的内容未全部受签名保护', en: 'not all that is shown is protected by the signature' },
    next: { zh: '核对所列文件是否影响所见内容', en: 'see whether the files named change what is seen' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
} satisfies Record<string, CheckDefinition>
