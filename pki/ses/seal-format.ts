import type { Remark } from './check-row.ts'
import type { ExtensionDatas } from './extension-data.ts'
import type { Seal } from './seal.ts'
import type { SesFormat } from './seal-info.ts'
import type { TagForm } from './tag-form.ts'

const VISIBLE = /^[\x20-\x7e]+$/
/** GM/T 0031-2014 leaves the number open: 1, 2 and 11 are met. */
const VERSIONS: Readonly<Partial<Record<SesFormat, number>>> = { SES_V4: 4, SES_V5: 5 }

/** What breaks the standard's rules although the structure could be read. */
export function sealFaults({ format, eSealInfo }: Seal, makerIsReadable: boolean): readonly Remark[] {
  const { header, esID, property, picture } = eSealInfo
  const expected = VERSIONS[format]
  const list = property.certList.certListType === 1 ? property.certList.certs : property.certList.digests
  return [
    header.id !== 'ES' && remark(`header.ID 为“${shown(header.id)}”，应为“ES”`, `header.ID is “${shown(header.id)}”, not “ES”`),
    expected !== undefined &&
      header.version !== expected &&
      remark(
        `header.version 为 ${header.version}，此结构应为 ${expected}`,
        `header.version is ${header.version}, this structure has ${expected}`,
      ),
    !VISIBLE.test(esID) && remark('印章编码为空或含不可见字符', 'the seal code is empty or holds invisible characters'),
    property.name.trim() === '' && remark('印章名称为空', 'the name is empty'),
    list.length === 0 && remark('证书列表为空，无人可用此印章', 'the list of certificates is empty: nobody may use the seal'),
    property.validEnd < property.validStart && remark('有效期止于起始之前', 'it ends before it begins'),
    picture.data.length === 0 && remark('没有印章图像', 'it has no picture'),
    !makerIsReadable && remark('制章人证书不可读', "the maker's certificate cannot be read"),
  ].filter((fault) => fault !== false)
}

/** Ways of writing that differ from the standard, or that it leaves open, and change nothing of the meaning. */
export function sealQuirks({ format, eSealInfo, timeStamp, departures }: Seal): readonly Remark[] {
  const { extDatas } = eSealInfo
  const isTagged = format !== 'SES_V1' && extDatas !== null && extDatas.form !== 'UNTAGGED'
  return [
    ...departures,
    ...extensionQuirks(extDatas),
    isTagged && TAGGED[extDatas.form],
    timeStamp && tagQuirk('timeStamp', timeStamp.form),
  ].filter((quirk) => quirk !== false && quirk !== null)
}

/** Quirks of writing extensions, the same in seals and signatures. */
export function extensionQuirks(extensions: ExtensionDatas | null): readonly Remark[] {
  const items = extensions?.items ?? []
  const isRepeated = new Set(items.map(({ extnID }) => extnID)).size < items.length
  return [
    items.some(({ writesDefault }) => writesDefault) &&
      remark('扩展写出了默认值 FALSE', 'an extension writes out the default FALSE'),
    isRepeated && remark('同一扩展出现多次', 'an extension stands there more than once'),
  ].filter((quirk) => quirk !== false)
}

/** A field under `[0]`: EXPLICIT is what implementations write; the other forms are remarked upon. */
export function tagQuirk(field: string, form: TagForm): Remark | null {
  if (form === 'EXPLICIT') return null
  return form === 'IMPLICIT'
    ? remark(`${field} 用 [0] IMPLICIT`, `${field} is [0] IMPLICIT`)
    : remark(`${field} 未加标签 [0]`, `${field} has no tag [0]`)
}

const TAGGED: Readonly<Record<TagForm, Remark | null>> = {
  UNTAGGED: null,
  EXPLICIT: remark('extDatas 加了标签 [0] EXPLICIT', 'extDatas is [0] EXPLICIT'),
  IMPLICIT: remark('extDatas 加了标签 [0] IMPLICIT', 'extDatas is [0] IMPLICIT'),
}

/** Seven-bit text fit for a report: what is not visible there becomes `·`. */
export function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '·')
}

export function remark(zh: string, en: string): Remark {
  return { zh, en }
}
