import { type CheckDefinition, rule } from './definition.ts'

/** Whether the authority behind a time-stamp is to be believed. A stamp that is not believed is a claim like any other. */
export const TIME_STAMP_CHECKS = {
  TIME_STAMP_AUTHORITY: {
    rule: rule('GB/T 20520；枢纽决定：存在证明', '9', 'GB/T 20520; hub decision: proof of existence'),
    passed: { zh: '时间戳机构可信，时间戳证明的时间', en: 'the time-stamp authority is believed; proven since' },
    noted: { zh: '时间戳机构未获认可，其时间只是声称', en: 'the time-stamp authority is not accepted: its time is a claim' },
    failed: { zh: '时间戳机构未获认可，其时间只是声称', en: 'the time-stamp authority is not accepted: its time is a claim' },
    next: { zh: '请枢纽管理员核对信任列表', en: 'ask the administrator of the hub to look at the trust lists' },
    onFailure: 'NO_POE',
    onUnknown: 'NO_POE',
  },
} satisfies Record<string, CheckDefinition>
