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
