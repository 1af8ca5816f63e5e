import { type CheckDefinition, rule } from './definition.ts'
import { LATER } from './next-steps.ts'

const ABSENT = rule('枢纽决定：没有事实即不通过', '9', 'hub decision: absent evidence passes nothing')

/** Checks of the judge on a document as a whole. */
export const DOCUMENT_JUDGEMENT_CHECKS = {
  DOCUMENT_EVIDENCE: {
    rule: ABSENT,
    passed: { zh: '已取得文件事实', en: 'the facts on the document arrived' },
    failed: { zh: '未取得可信的文件事实', en: 'no facts on the document arrived that can be believed' },
    next: LATER,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  SIGNATURE_CONCLUSION: {
    rule: rule('枢纽决定：文件结论取最差的签名', '13', 'hub decision: the worst signature decides'),
    passed: { zh: '所含签名可以采信', en: 'a signature in it may be relied on' },
    failed: { zh: '所含签名未通过', en: 'a signature in it did not pass' },
    next: { zh: '见该签名的各项检查', en: 'see the checks of that signature' },
    onFailure: 'FORMAT_FAILURE',
    onUnknown: 'TRY_LATER',
  },
} satisfies Record<string, CheckDefinition>
