import type { Change } from '../world.ts'
import { type CaseGroup, passes, stops } from './case.ts'

const REGISTERED: Change = { kind: 'REGISTERED', at: '2025-01-10', valid: ['2025-01-01', '2027-01-01'] }
const after = (...changes: readonly Change[]) => ({ registered: [REGISTERED, ...changes] })
/** CRLs of every week, so that each moment of knowledge has one. */
const WEEKLY = { valid: ['2024-01-01', '2028-01-01'], usage: ['digitalSignature'], crl: 'WEEKLY' } as const
const THEN = {
  maker: WEEKLY,
  signer: { ...WEEKLY, valid: ['2025-01-01', '2027-01-01'] },
  authority: { ...WEEKLY, valid: ['2020-01-01', '2035-01-01'] },
  firstSeen: null,
} as const
const SEAL = { subject: 'SEAL', mustBeRegistered: true } as const

/** The register: the state then, and what became of it since. */
export const REGISTER: CaseGroup = {
  title: { zh: '登记与状态', en: 'The register' },
  cases: [
    passes('签章的印章未在此登记', 'a signature whose seal is not registered here', { registered: null }, 'REGISTRATION'),
    passes('印章文件未在此登记', 'a seal file not registered here', { subject: 'SEAL', registered: null }, 'REGISTRATION'),
    stops('TRY_LATER', 'REGISTRATION', '按编码查询而无登记', 'asked for by code, without a registration', { ...SEAL, registered: null }),
    stops('TRY_LATER', 'REGISTRATION', '彼时尚不知道登记', 'a registration not known then', { ...SEAL, knownAt: '2025-06-01', registered: [{ ...REGISTERED, recorded: '2025-07-01' }], revocation: 'OPTIONAL' }),
    stops('TRY_LATER', 'SEAL_STATUS', '所问时点尚未登记', 'asked about a moment before it was registered', { ...SEAL, at: '2025-01-11', registered: [{ ...REGISTERED, at: '2025-02-01' }] }),
    passes('签章时尚未登记', 'signed before it was registered', { registered: [{ ...REGISTERED, at: '2025-07-01' }] }, 'SEAL_STATUS'),
    stops('TRY_LATER', 'REGISTERED_DATA', '与登记的数据不同', 'not the data registered', { registeredData: 'OTHER' }),
    stops('REVOKED', 'SEAL_STATUS', '签章前已注销', 'cancelled before signing', after({ kind: 'CANCELLED', at: '2025-05-01', reason: 'RENAME' })),
    stops('REVOKED', 'SEAL_STATUS', '签章前已挂失', 'reported lost before signing', after({ kind: 'LOST', at: '2025-05-01', reason: 'LOSS' })),
    stops('REVOKED', 'SEAL_STATUS', '签章前已停用', 'suspended before signing', after({ kind: 'SUSPENDED', at: '2025-05-01' })),
    stops('REVOKED', 'SEAL_STATUS', '签章时停用，所问时点已恢复', 'suspended when signed, resumed at the moment asked about', { ...after({ kind: 'SUSPENDED', at: '2025-05-01' }, { kind: 'RESUMED', at: '2025-07-01' }), at: '2025-10-01' }),
    stops('REVOKED', 'SEAL_STATUS', '签章前已吊销', 'revoked before signing', after({ kind: 'REVOKED', at: '2025-05-01', reason: 'MISUSE' })),
    stops('REVOKED', 'SEAL_STATUS', '签章前已标识为无效', 'marked invalid before signing', after({ kind: 'INVALIDATED', at: '2025-05-01', reason: 'ILLEGALLY_MADE' })),
    stops('REVOKED', 'SEAL_STATUS', '迟报的挂失：生效在签章之前', 'a loss reported late, effective before signing', after({ kind: 'LOST', at: '2025-05-01', recorded: '2025-08-01', reason: 'LOSS' })),
    passes('迟报的挂失：彼时尚不知道', 'a loss reported late, not known then', { ...after({ kind: 'LOST', at: '2025-05-01', recorded: '2025-12-31T11:30Z', reason: 'LOSS' }), knownAt: '2025-12-31T11:00Z' }),
    passes('签章前停用又恢复', 'suspended and resumed before signing', after({ kind: 'SUSPENDED', at: '2025-04-01' }, { kind: 'RESUMED', at: '2025-05-01' })),
    stops('EXPIRED', 'SEAL_STATUS', '登记的有效期已过', 'after its registered validity', { registered: [{ ...REGISTERED, valid: ['2025-01-01', '2025-05-01'] }] }),
    stops('NOT_YET_VALID', 'SEAL_STATUS', '登记的有效期未到', 'before its registered validity', { registered: [{ ...REGISTERED, valid: ['2025-07-01', '2027-01-01'] }] }),
    passes('签章后因更名注销', 'cancelled after signing for a rename', after({ kind: 'CANCELLED', at: '2025-10-01', reason: 'RENAME' }), 'SEAL_STATUS_LATER'),
    passes('签章后因更换注销', 'cancelled after signing for a replacement', after({ kind: 'CANCELLED', at: '2025-10-01', reason: 'REPLACEMENT' }), 'SEAL_STATUS_LATER'),
    stops('REVOKED_NO_POE', 'SEAL_STATUS_LATER', '签章后挂失，没有证明', 'lost after signing, without proof', after({ kind: 'LOST', at: '2025-10-01', reason: 'LOSS' })),
    stops('REVOKED_NO_POE', 'SEAL_STATUS_LATER', '签章后因密钥泄露吊销，没有证明', 'revoked after signing for compromise, without proof', after({ kind: 'REVOKED', at: '2025-10-01', reason: 'KEY_COMPROMISE' })),
    stops('REVOKED_NO_POE', 'SEAL_STATUS_LATER', '签章后注销，未说明原因，没有证明', 'cancelled after signing for no stated reason, without proof', after({ kind: 'CANCELLED', at: '2025-10-01' })),
    stops('REVOKED_NO_POE', 'SEAL_STATUS_LATER', '签章后先挂失、后因更换注销', 'lost, then cancelled for a replacement', after({ kind: 'LOST', at: '2025-09-01', reason: 'LOSS' }, { kind: 'CANCELLED', at: '2025-10-01', reason: 'REPLACEMENT' })),
    stops('REVOKED_NO_POE', 'SEAL_STATUS_LATER', '挂失，枢纽同时才见到签章', 'lost, and the signature seen at that very moment', { ...after({ kind: 'LOST', at: '2025-10-01', reason: 'LOSS' }), firstSeen: '2025-10-01' }),
    stops('REVOKED', 'SEAL_STATUS', '挂失刚刚得知，记录时间略早于时钟', 'a loss recorded a moment ahead of the clock', after({ kind: 'LOST', at: '2025-05-01', recorded: '2025-12-31T12:01Z', reason: 'LOSS' })),
    passes('已登记将来才注销', 'to be cancelled in the future', { ...SEAL, ...after({ kind: 'CANCELLED', at: '2026-03-01', recorded: '2025-12-01' }) }),
    passes('签章后挂失，此前已被枢纽见到', 'lost after signing, seen by the hub before that', { ...after({ kind: 'LOST', at: '2025-10-01', reason: 'LOSS' }), firstSeen: '2025-06-02' }, 'SEAL_STATUS_LATER'),
    passes('签章后挂失，又找回恢复', 'lost after signing, found and resumed', after({ kind: 'LOST', at: '2025-09-01', reason: 'LOSS' }, { kind: 'RESUMED', at: '2025-10-01' })),
    stops('REVOKED_NO_POE', 'SEAL_STATUS_LATER', '签章后标识为违法制作，证明也无用', 'found to be illegally made: no proof helps', { ...after({ kind: 'INVALIDATED', at: '2025-10-01', reason: 'ILLEGALLY_MADE' }), firstSeen: '2025-06-02' }),
    stops('REVOKED', 'SEAL_STATUS', '登记印章现已注销', 'a registered seal, cancelled by now', { ...SEAL, ...after({ kind: 'CANCELLED', at: '2025-10-01', reason: 'RENAME' }) }),
    passes('登记印章注销前', 'the same, asked about before', { ...SEAL, at: '2025-06-01', ...after({ kind: 'CANCELLED', at: '2025-10-01', reason: 'RENAME' }) }, 'SEAL_STATUS_LATER'),
    stops('REVOKED_NO_POE', 'SEAL_STATUS_LATER', '登记印章挂失前', 'a seal lost later, asked about before', { ...SEAL, at: '2025-06-01', ...after({ kind: 'LOST', at: '2025-10-01', reason: 'LOSS' }) }),
    passes('登记印章挂失前，按当时所知', 'the same, by what was known then', { ...SEAL, at: '2025-06-01', knownAt: '2025-12-31T11:00Z', ...after({ kind: 'LOST', at: '2025-10-01', reason: 'LOSS', recorded: '2025-12-31T11:30Z' }) }),
    stops('TRY_LATER', 'SOURCE_FRESHNESS', '登记平台久无消息', 'a platform not heard for too long', { heard: '2025-12-25' }),
    stops('TRY_LATER', 'SOURCE_FRESHNESS', '登记平台从未有消息', 'a platform never heard', { heard: null }),
    stops('TRY_LATER', 'SOURCE_FRESHNESS', '按当时所知，平台久无消息，后来又有', 'silent for too long then, heard again since', { ...THEN, knownAt: '2025-11-20', silences: [['2025-11-10', '2025-12-01']] }),
    passes('按当时所知，平台刚停止报送', 'silent for less than the bound then', { ...THEN, knownAt: '2025-11-10T12:00Z', silences: [['2025-11-10', '2025-12-01']] }),
    passes('平台曾久无消息，问恢复之后', 'silent once, asked by what was known after that', { ...THEN, knownAt: '2025-12-02', silences: [['2025-11-10', '2025-12-01']] }),
    passes('登记平台即列明的状态发布者', 'the platform is the publisher listed for its division', { publishers: [{ who: 'PLATFORM', scope: '41' }, { who: 'OTHER', scope: '35' }] }),
    stops('TRY_LATER', 'STATUS_PUBLISHER', '该区划另有列明的状态发布者', 'another is listed to publish the status for its division', { publishers: [{ who: 'OTHER', scope: '41' }] }),
    stops('TRY_LATER', 'STATUS_PUBLISHER', '问登记印章，另有列明的状态发布者', 'the same, asked about the registered seal', { ...SEAL, publishers: [{ who: 'OTHER', scope: '' }] }),
    stops('TRY_LATER', 'STATUS_PUBLISHER', '登记平台的状态发布资格已终止，另一平台接替', 'the platform was the publisher until another took over', { publishers: [{ who: 'PLATFORM', scope: '41', until: '2025-09-01' }, { who: 'OTHER', scope: '41', from: '2025-09-01' }] }),
    stops('TRY_LATER', 'STATUS_PUBLISHER', '列明登记平台为状态发布者的列表逾期', 'the list that names the platform as publisher is overdue', { publishers: [{ who: 'PLATFORM', scope: '41', list: 'OVERDUE' }] }),
    stops('TRY_LATER', 'STATUS_PUBLISHER', '另有状态发布者，列明它的列表逾期', 'another is listed as publisher, by a list that is overdue', { publishers: [{ who: 'OTHER', scope: '41', list: 'OVERDUE' }] }),
    passes('另一平台只为别的区划发布状态', 'another is listed for another division only', { publishers: [{ who: 'OTHER', scope: '35' }, { who: 'OTHER', scope: '4101' }] }),
    passes('另一平台的状态发布资格已终止', 'another was listed, but is no more', { publishers: [{ who: 'OTHER', scope: '41', until: '2025-09-01' }] }),
    passes('彼时尚不知道另有状态发布者', 'another is listed, not known then', { publishers: [{ who: 'OTHER', scope: '41', recorded: '2025-12-31T11:30Z' }], knownAt: '2025-12-31T11:00Z' }),
    stops('REVOKED', 'SEAL_STATUS', '非状态发布者报告挂失，仍然算数', 'lost by the word of a platform that is not the publisher: it counts', { ...SEAL, ...after({ kind: 'LOST', at: '2025-05-01', reason: 'LOSS' }), publishers: [{ who: 'OTHER', scope: '41' }] }),
    passes('登记平台久无消息，不要求核查', 'the same where it is not demanded', { heard: '2025-12-25', revocation: 'OPTIONAL' }, 'SOURCE_FRESHNESS'),
  ],
} // biome-ignore format: a table
