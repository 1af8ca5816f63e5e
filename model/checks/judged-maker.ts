import { type CheckDefinition, rule } from './definition.ts'
import { ADMINISTRATOR, PROVE, REJECT, SEAL_NEW } from './next-steps.ts'
import { PROOF } from './proof.ts'

const MAKERS = rule('遂平 7；西藏 5；福建 5', '制作单位', 'Suiping 7; Tibet 5; Fujian 5')

/** Who made the seal. */
export const JUDGED_MAKER_CHECKS = {
  MAKER_LISTED: {
    rule: MAKERS,
    passed: { zh: '制章人在制作单位名单中', en: 'the maker is on the list of makers' },
    failed: { zh: '制章人不在任何制作单位名单中', en: 'the maker is on no list of makers' },
    next: ADMINISTRATOR,
    onFailure: 'NO_CERTIFICATE_CHAIN_FOUND',
    onUnknown: 'NO_CERTIFICATE_CHAIN_FOUND',
  },
  MAKER_SPAN: {
    rule: MAKERS,
    passed: { zh: '制章时制章人在列', en: 'the maker was listed at making' },
    failed: { zh: '制章时制章人不在列', en: 'the maker was not listed at making' },
    next: ADMINISTRATOR,
    onFailure: 'CHAIN_CONSTRAINTS_FAILURE',
    onUnknown: 'CHAIN_CONSTRAINTS_FAILURE',
  },
  MAKER_WITHDRAWN: {
    rule: PROOF,
    passed: { zh: '制章人未因可疑原因移出名单', en: 'the maker was not taken off a list for a reason that casts doubt' },
    noted: {
      zh: '制章人后来因可疑原因移出名单，印章已证明在此之前存在',
      en: 'the maker was taken off a list for a reason that casts doubt, but the seal is proven to be older',
    },
    failed: {
      zh: '制章人因可疑原因移出名单，没有证据证明印章在此之前已经存在',
      en: 'the maker was taken off a list for a reason that casts doubt, and nothing proves that the seal is older',
    },
    next: PROVE,
    onFailure: 'REVOKED_NO_POE',
    onUnknown: 'REVOKED_NO_POE',
  },
  MAKER_SCOPE: {
    rule: MAKERS,
    passed: { zh: '制章人可为该区划制作该类印章', en: 'the maker may make such seals for that division' },
    noted: { zh: '制章人的范围有限', en: 'the maker may not make seals for every division' },
    failed: { zh: '制章人不得为该区划制作该类印章', en: 'the maker may not make such seals for that division' },
    next: ADMINISTRATOR,
    onFailure: 'CHAIN_CONSTRAINTS_FAILURE',
    onUnknown: 'CHAIN_CONSTRAINTS_FAILURE',
  },
  MAKER_AT_MAKING: {
    rule: rule('GM/T 0031-2025', '验证电子印章 d'),
    passed: { zh: '制章时制章人证书有效', en: "the maker's certificate was good at making" },
    noted: { zh: '制章时制章人证书在有效期内', en: "the maker's certificate was within its validity at making" },
    failed: { zh: '制章时制章人证书不可信', en: "the maker's certificate cannot be relied on for the time of making" },
    next: REJECT,
    onFailure: 'REVOKED',
    onUnknown: 'TRY_LATER',
  },
  MAKER_AT_USE: {
    rule: rule('GB/T 38540-2020', '6.3 c'),
    passed: { zh: '使用时制章人证书有效', en: "the maker's certificate was good when the seal was used" },
    noted: { zh: '使用时的制章人证书', en: "the maker's certificate when the seal was used" },
    failed: {
      zh: '使用时制章人证书已不可信',
      en: "the maker's certificate could not be relied on any more when the seal was used",
    },
    next: SEAL_NEW,
    onFailure: 'OUT_OF_BOUNDS_NO_POE',
    onUnknown: 'TRY_LATER',
  },
  MAKER_NOW: {
    rule: rule('GB/T 38540-2020', '6.3 c'),
    passed: { zh: '目前制章人证书有效', en: "the maker's certificate is good at present" },
    failed: { zh: '目前的制章人证书', en: "the maker's certificate at present" },
    next: SEAL_NEW,
    onFailure: 'OUT_OF_BOUNDS_NO_POE',
    onUnknown: 'TRY_LATER',
  },
} satisfies Record<string, CheckDefinition>
