import { type CheckDefinition, rule } from './definition.ts'
import { LATER, PROVE, REJECT, SEAL_NEW } from './next-steps.ts'
import { PROOF } from './proof.ts'

/** The seal in time, in the register, and where it is recognised. */
export const JUDGED_STANDING_CHECKS = {
  SEAL_VALIDITY: {
    rule: rule('GM/T 0031-2014', '6.2.3 f'),
    passed: { zh: '印章在有效期内', en: 'the seal was within its validity' },
    failed: { zh: '印章不在有效期内', en: 'the seal was not within its validity' },
    next: SEAL_NEW,
    onFailure: 'EXPIRED',
    onUnknown: 'OUT_OF_BOUNDS_NO_POE',
  },
  SEAL_CARRIED: {
    rule: rule('GB/T 33190-2016', '18.1'),
    passed: { zh: '签名带有印章', en: 'the signature carries a seal' },
    failed: { zh: '签名不带印章', en: 'the signature carries no seal' },
    next: REJECT,
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  REGISTRATION: {
    rule: rule('国办发〔2025〕33号', '17', 'national measure'),
    passed: { zh: '印章已登记', en: 'the seal is registered' },
    failed: { zh: '印章未在本枢纽登记', en: 'the seal is not registered here' },
    next: { zh: '请向印章制作单位查询', en: 'ask the division that issued it' },
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  REGISTERED_DATA: {
    rule: rule('国办发〔2025〕33号', '17', 'national measure'),
    passed: { zh: '与登记的印章数据一致', en: 'it is the seal data registered' },
    failed: { zh: '与登记的印章数据不一致', en: 'it is not the seal data registered under its code' },
    next: { zh: '请登记平台确认此印章数据', en: 'ask the platform that registered it about this data' },
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  SEAL_STATUS: {
    rule: rule('国办发〔2025〕33号', '在电子签章时的有效性', 'national measure, validity at the moment of stamping'),
    passed: { zh: '印章状态有效', en: 'the seal was active' },
    failed: { zh: '印章不可使用', en: 'the seal was not to be used' },
    next: REJECT,
    onFailure: 'REVOKED',
    onUnknown: 'TRY_LATER',
  },
  SEAL_STATUS_LATER: {
    rule: PROOF,
    passed: { zh: '此后状态没有变化', en: 'it has not ended since' },
    noted: { zh: '此后状态有变，不影响此前', en: 'it ended later, which does not touch what is older' },
    failed: {
      zh: '此后状态有变，没有证据证明签章在此之前',
      en: 'it ended later for a reason that casts doubt, and nothing proves an earlier use',
    },
    next: PROVE,
    onFailure: 'REVOKED_NO_POE',
    onUnknown: 'REVOKED_NO_POE',
  },
  SOURCE_FRESHNESS: {
    rule: rule('福建 13', '状态公布', 'Fujian 13'),
    passed: { zh: '登记平台近期有消息', en: 'the platform was heard lately' },
    failed: { zh: '登记平台久无消息，状态可能已变', en: 'the platform was not heard for too long; the status may have changed' },
    next: LATER,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  STATUS_PUBLISHER: {
    rule: rule('福建 13、14', '状态公布', 'Fujian 13, 14'),
    passed: { zh: '状态出自列明的状态发布者', en: 'the status is the word of a publisher listed for it' },
    failed: {
      zh: '名单列明了该区划的状态发布者，而登记平台不在其中',
      en: 'lists name who publishes the status for this division, and the platform that registered the seal is not among them',
    },
    next: { zh: '请向列明的状态发布者查询', en: 'ask the publisher listed' },
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  RECOGNITION: {
    rule: rule('国办发〔2025〕33号', '27', 'national measure'),
    passed: { zh: '在所问区划予以认可', en: 'recognised in the division asked about' },
    failed: { zh: '在所问区划不予认可', en: 'not recognised in the division asked about' },
    next: { zh: '请按两地互认约定处理', en: 'look for an agreement between the two divisions' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  NETWORK_USE: {
    rule: rule('西藏 12', '网络', 'Tibet 12'),
    passed: { zh: '在允许使用该印章的网络上使用', en: 'relied on over a network on which such a seal may be used' },
    noted: {
      zh: '该印章所属地区规定不在此网络使用',
      en: 'the measure of the division it belongs to does not let it be used over this network',
    },
    failed: { zh: '不得在此网络使用', en: 'not to be used over this network' },
    next: { zh: '请在电子政务外网或办公网办理', en: 'use it over the government extranet or an office network' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
} satisfies Record<string, CheckDefinition>
