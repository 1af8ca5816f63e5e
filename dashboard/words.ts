import type { CheckOutcome } from '../model/check.ts'
import type { DocumentKind } from '../model/facts.ts'
import type { Indication } from '../model/indication.ts'
import type { Bilingual } from '../model/text.ts'
import type { SealChangeKind, SealChangeReason, SealState } from '../model/timeline.ts'

/** The states of a seal in the words of the measures. */
export const STATES: Readonly<Record<SealState, Bilingual & { readonly mark: 'good' | 'ended' | 'held' }>> = {
  ACTIVE: { zh: '有效', en: 'valid', mark: 'good' },
  NOT_YET_VALID: { zh: '尚未生效', en: 'not yet valid', mark: 'held' },
  SUSPENDED: { zh: '停用', en: 'suspended', mark: 'held' },
  LOST: { zh: '挂失', en: 'reported lost', mark: 'ended' },
  CANCELLED: { zh: '注销', en: 'cancelled', mark: 'ended' },
  REVOKED: { zh: '吊销', en: 'revoked', mark: 'ended' },
  INVALID: { zh: '标识为无效', en: 'marked invalid', mark: 'ended' },
  EXPIRED: { zh: '已过期', en: 'expired', mark: 'ended' },
  UNREGISTERED: { zh: '未登记', en: 'not registered', mark: 'held' },
}

export const CHANGES: Readonly<Record<SealChangeKind, Bilingual>> = {
  REGISTERED: { zh: '登记', en: 'registered' },
  SUSPENDED: { zh: '停用', en: 'suspended' },
  RESUMED: { zh: '恢复使用', en: 'resumed' },
  LOST: { zh: '挂失', en: 'reported lost' },
  CANCELLED: { zh: '注销', en: 'cancelled' },
  REVOKED: { zh: '吊销', en: 'revoked' },
  INVALIDATED: { zh: '标识为无效', en: 'marked invalid' },
  CORRECTED: { zh: '更正', en: 'corrected' },
}

export const REASONS: Readonly<Record<SealChangeReason, Bilingual>> = {
  KEY_COMPROMISE: { zh: '密钥泄露', en: 'key compromise' },
  LOSS: { zh: '丢失', en: 'loss' },
  MISUSE: { zh: '冒用、盗用', en: 'misuse' },
  ILLEGALLY_MADE: { zh: '违法违规制作', en: 'illegally made' },
  UNSPECIFIED: { zh: '未说明', en: 'unspecified' },
  RENAME: { zh: '单位更名', en: 'rename' },
  HOLDER_CHANGED: { zh: '持有人信息变更', en: "holder's particulars changed" },
  PHYSICAL_SEAL_CHANGED: { zh: '实物印章变更', en: 'physical seal changed' },
  DAMAGE: { zh: '印章损坏', en: 'damage' },
  REPLACEMENT: { zh: '更换', en: 'replacement' },
  RENEWAL: { zh: '延期', en: 'renewal' },
  MERGER: { zh: '单位撤并', en: 'merger' },
  DISSOLUTION: { zh: '单位注销', en: 'dissolution' },
  END_OF_USE: { zh: '不再使用', en: 'no longer used' },
}

/** What a verification ends in. */
export const INDICATIONS: Readonly<Record<Indication, Bilingual & { readonly mark: 'good' | 'ended' | 'held' }>> = {
  TOTAL_PASSED: { zh: '通过，可以采信', en: 'passed, may be relied on', mark: 'good' },
  TOTAL_FAILED: { zh: '不通过，不可采信', en: 'failed, must not be relied on', mark: 'ended' },
  INDETERMINATE: { zh: '不能断定', en: 'indeterminate', mark: 'held' },
}

export const OUTCOMES: Readonly<Record<CheckOutcome, Bilingual & { readonly sign: string; readonly mark: string }>> = {
  FAILED: { zh: '没有通过', en: 'failed', sign: '✗', mark: 'ended' },
  UNKNOWN: { zh: '不能断定', en: 'could not be told', sign: '?', mark: 'held' },
  NOTE: { zh: '请注意', en: 'note', sign: '!', mark: 'held' },
  PASSED: { zh: '通过', en: 'holds', sign: '✓', mark: 'good' },
  NOT_APPLICABLE: { zh: '不适用', en: 'does not apply', sign: '–', mark: 'quiet' },
}

export const DOCUMENT_KINDS: Readonly<Record<DocumentKind, Bilingual>> = {
  OFD: { zh: 'OFD 版式文件', en: 'OFD document' },
  PDF: { zh: 'PDF 文件', en: 'PDF document' },
  SIGNATURE_VALUE: { zh: '签章值', en: 'signature value' },
}

export const ORIGINALITY: Readonly<Record<string, Bilingual>> = {
  ORIGINAL: { zh: '原件', en: 'the original' },
  CONVERTED_COPY: { zh: '转换而来的副本，视为复印件', en: 'a converted copy' },
  PRINTED_COPY: { zh: '打印或扫描的副本，视为复印件', en: 'a printed or scanned copy' },
  UNDECIDED: { zh: '无从断定是否原件', en: 'whether it is the original cannot be told' },
}

const BEIJING = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'medium' })

/** An ISO 8601 time as people in China read it: in Beijing time, which the foot of every page says. */
export function inBeijing(iso: string): string {
  return BEIJING.format(new Date(iso))
}

/** A length of time in the largest unit that fits. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} 秒`
  if (seconds < 7200) return `${Math.floor(seconds / 60)} 分钟`
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} 小时`
  return `${Math.floor(seconds / 86_400)} 天`
}
