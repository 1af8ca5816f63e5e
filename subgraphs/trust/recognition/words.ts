import type { SealClass } from '../../../model/seal.ts'
import type { Bilingual } from '../../../model/text.ts'
import { formatInstant } from '../../../model/time.ts'
import type { Purpose } from '../../../model/use.ts'
import type { Recognition } from '../recognition.ts'
import type { Agreement, Unmet } from './agreement.ts'

const CLASS_WORDS: Readonly<Record<SealClass, Bilingual>> = {
  PUBLIC: { zh: '电子公章', en: 'public seal' },
  POSITION: { zh: '电子职务章', en: 'position seal' },
  PRIVATE: { zh: '电子私章', en: 'private seal' },
  UNKNOWN: { zh: '类别不明的印章', en: 'seal of unknown class' },
}

const PURPOSE_WORDS: Readonly<Record<Purpose, Bilingual>> = {
  OFFICIAL_DOCUMENT: { zh: '公文', en: 'official documents' },
  LICENSE: { zh: '证照', en: 'licences' },
  AGREEMENT: { zh: '协议', en: 'contracts' },
  VOUCHER: { zh: '凭据', en: 'vouchers' },
  CIRCULATION: { zh: '流转单', en: 'circulation forms' },
  TAX: { zh: '税务', en: 'tax' },
  FINANCE: { zh: '财政金融', en: 'finance' },
}

/** Recognition in a sentence. */
export function recognitionWords(recognition: Recognition): Bilingual {
  const { question, basis, recognised, agreement, unmet } = recognition
  const { sealClass, issuedIn, reliedOnIn, use } = question
  const { zh, en } = CLASS_WORDS[sealClass]
  const from = { zh: issuedIn ?? '区划不明', en: issuedIn ?? 'an unknown division' }
  if (basis === 'OWN')
    return { zh: `${from.zh} 的${zh}在本辖区内使用`, en: `a ${en} of ${from.en}, used in its own jurisdiction` }
  const purpose = use.purpose === null ? null : PURPOSE_WORDS[use.purpose]
  const forPurpose = purpose ? { zh: `用于${purpose.zh}`, en: ` for ${purpose.en}` } : { zh: '', en: '' }
  const verdict = recognised
    ? {
        zh: `${reliedOnIn} 认可 ${from.zh} 的${zh}${forPurpose.zh}`,
        en: `${reliedOnIn} accepts a ${en} of ${from.en}${forPurpose.en}`,
      }
    : {
        zh: `${reliedOnIn} 不认可 ${from.zh} 的${zh}${forPurpose.zh}`,
        en: `${reliedOnIn} does not accept a ${en} of ${from.en}${forPurpose.en}`,
      }
  if (agreement === null || unmet === null) return verdict
  const lacking = UNMET_WORDS[unmet](agreement)
  return { zh: `${verdict.zh}（互认约定 ${lacking.zh}）`, en: `${verdict.en} (the agreement ${lacking.en})` }
}

const UNMET_WORDS: Readonly<Record<Unmet, (agreement: Agreement) => Bilingual>> = {
  CLASS: () => ({ zh: '不含此类印章', en: 'does not name this class' }),
  PURPOSE: () => ({ zh: '不含此用途', en: 'does not name this purpose' }),
  TIME: ({ span }) => {
    const until = span.until === null ? '' : formatInstant(span.until)
    return { zh: `只在 ${formatInstant(span.from)}…${until} 有效`, en: `holds for ${formatInstant(span.from)}…${until} only` }
  },
  NETWORK: ({ networks }) => ({ zh: `只限网络 ${networks.join('、')}`, en: `is for the networks ${networks.join(', ')} only` }),
  ASSURANCE: ({ assurance }) => ({
    zh: `要求等级保护 ${assurance} 级以上`,
    en: `demands protection level ${assurance} or higher`,
  }),
  CA_KIND: () => ({
    zh: '要求证书由电子政务电子认证服务机构签发',
    en: 'demands a certificate of an e-government certification body',
  }),
}
