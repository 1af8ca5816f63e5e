import { type Finding, finding, NOT_APPLICABLE, PASSED, type Remark } from './check-row.ts'
import type { ExtensionDatas } from './extension-data.ts'

/** Extensions whose meaning is known and asks nothing of a verifier. Domain reference 1.4. */
const KNOWN: Readonly<Record<string, Remark>> = {
  '1.2.156.112600.7.1': { zh: '统一社会信用代码与单位名称', en: 'credit code and unit name' },
  '1.2.156.112600.7.2': { zh: '传统蒙古文名称', en: 'name in traditional Mongolian script' },
  '1.2.156.112600.7.3': { zh: '拉丁字母名称', en: 'name in Latin letters' },
}

/**
 * Critical extensions that are not known here leave it UNKNOWN, each named: what they demand cannot be judged.
 * Known critical ones are noted; the others may be passed over by definition and are only named.
 */
export function checkExtensions(extensions: ExtensionDatas | null): Finding {
  if (extensions === null || extensions.items.length === 0) return NOT_APPLICABLE
  const { items } = extensions
  const unknown = items.filter(({ critical, extnID }) => critical && !KNOWN[extnID]).map(({ extnID }) => extnID)
  if (unknown.length > 0) return finding('UNKNOWN', unknown.join('、'), unknown.join(', '))
  const critical = items.filter((item) => item.critical)
  if (critical.length > 0) return finding('NOTE', critical.map(named('zh')).join('；'), critical.map(named('en')).join('; '))
  return { ...PASSED, detail: { zh: items.map(named('zh')).join('；'), en: items.map(named('en')).join('; ') } }
}

function named(language: keyof Remark): (item: { extnID: string }) => string {
  return ({ extnID }) => `${extnID}${KNOWN[extnID] ? ` (${KNOWN[extnID][language]})` : ''}`
}
