import { type Finding, finding, PASSED, type Remark } from './check-row.ts'
import { extensionQuirks, remark, tagQuirk } from './seal-format.ts'
import type { SealSignature } from './signature.ts'
import type { TimeInfo } from './time-info.ts'

/** What breaks the standard's rules although the structure could be read. */
export function signatureFaults({ toSign }: SealSignature, signerIsReadable: boolean): readonly Remark[] {
  return [
    !signerIsReadable && remark('签章人证书不可读', "the signer's certificate cannot be read"),
    toSign.timeInfo.form === 'UNREADABLE' && remark('签章时间不可读', 'the signing time cannot be read'),
    toSign.dataHash.length === 0 && remark('没有原文杂凑值', 'it has no digest of the content'),
  ].filter((fault) => fault !== false)
}

/** Ways of writing that differ from the standard, or that it leaves open, and change nothing of the meaning. */
export function signatureQuirks({ toSign, timeStamp, departures }: SealSignature): readonly Remark[] {
  const { extDatas, timeInfo } = toSign
  return [
    ...departures,
    ...extensionQuirks(extDatas),
    extDatas && tagQuirk('extDatas', extDatas.form),
    timeStamp && tagQuirk('timeStamp', timeStamp.form),
    TIME_FORMS[timeInfo.form],
  ].filter((quirk) => quirk !== null)
}

const TIME_FORMS: Readonly<Record<TimeInfo['form'], Remark | null>> = {
  TIME: null,
  TOKEN: null,
  UNREADABLE: null,
  TEXT: remark('签章时间写作文本', 'the signing time is written as text'),
  TEXT_WITHOUT_ZONE: remark(
    '签章时间写作文本且无时区，按北京时间理解',
    'the signing time is text without a zone, read as Beijing time',
  ),
}

/**
 * Whether signature and seal are of one version (GB/T 38540-2020 7.1). GM/T 0031-2014 leaves the numbers to the maker, so there
 * only the structures must agree and differing numbers are noted.
 */
export function versionsAgree({ format, toSign }: SealSignature): Finding {
  const { version, eseal } = toSign
  const sealVersion = eseal.eSealInfo.header.version
  if (format !== eseal.format)
    return finding('FAILED', `签章 ${format}，印章 ${eseal.format}`, `signature ${format}, seal ${eseal.format}`)
  if (version === sealVersion) return PASSED
  const outcome = format === 'SES_V1' ? 'NOTE' : 'FAILED'
  return finding(outcome, `签章 ${version}，印章 ${sealVersion}`, `signature ${version}, seal ${sealVersion}`)
}
