import { type CheckDefinition, rule } from './definition.ts'
import { LATER, PROVE, REJECT } from './next-steps.ts'
import { PROOF } from './proof.ts'

const ABSENT = rule('枢纽决定：没有事实即不通过', '9', 'hub decision: absent evidence passes nothing')

/** What arrived, and when it was made and signed. */
export const JUDGED_EVIDENCE_CHECKS = {
  SEAL_EVIDENCE: {
    rule: ABSENT,
    passed: { zh: '已取得印章事实', en: 'the facts on the seal arrived' },
    failed: { zh: '未取得可信的印章事实', en: 'no facts on the seal arrived that can be believed' },
    next: LATER,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  CERTIFICATE_EVIDENCE: {
    rule: ABSENT,
    passed: { zh: '已取得证书事实', en: 'the facts on the certificates arrived' },
    failed: { zh: '未取得可信的证书事实', en: 'no facts on the certificates arrived that can be believed' },
    next: LATER,
    onFailure: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    onUnknown: 'TRY_LATER',
  },
  EVIDENCE_COMPLETE: {
    rule: ABSENT,
    passed: { zh: '必需的检查均已进行', en: 'every indispensable check was done' },
    failed: { zh: '必需的检查没有进行', en: 'an indispensable check was not done' },
    next: LATER,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  ASKED_MOMENT: {
    rule: ABSENT,
    passed: { zh: '所问时点不在未来', en: 'the moment asked about is not in the future' },
    failed: { zh: '所问时点晚于所知时点，无从判定', en: 'the moment asked about is later than what is known' },
    next: LATER,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  SIGNING_TIME: {
    rule: rule('GM/T 0031-2014', '6.2.3 d'),
    passed: { zh: '声称的签章时间', en: 'the signing time claimed' },
    failed: { zh: '没有签章时间，或与已知事实矛盾', en: 'there is no signing time, or it contradicts what is known' },
    next: PROVE,
    onFailure: 'TIMESTAMP_ORDER_FAILURE',
    onUnknown: 'NO_POE',
  },
  PROOF_OF_EXISTENCE: {
    rule: PROOF,
    passed: { zh: '已证明最迟存在于', en: 'it is proven to have existed by' },
    failed: { zh: '没有存在证明，签章时间只是声称', en: 'nothing proves when it existed: the signing time is a claim' },
    next: PROVE,
    onFailure: 'NO_POE',
    onUnknown: 'NO_POE',
  },
  MAKING_TIME: {
    rule: rule('GM/T 0031-2025', '验证电子印章 c'),
    passed: { zh: '制章时间在使用之前且在印章有效期内', en: 'the seal was made before it was used and within its validity' },
    failed: { zh: '制章时间不合理', en: 'the making time does not fit' },
    next: REJECT,
    onFailure: 'TIMESTAMP_ORDER_FAILURE',
    onUnknown: 'TIMESTAMP_ORDER_FAILURE',
  },
} satisfies Record<string, CheckDefinition>
