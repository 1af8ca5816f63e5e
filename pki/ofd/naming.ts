import { joinRemarks, type Remark } from '../ses/check-row.ts'
import { legible } from './legible.ts'

/** Files named one by one; the rest are counted. */
export const MOST_NAMED = 20

/** The files a finding is about, the first twenty by name. */
export function naming(paths: readonly string[]): Remark {
  const named = paths.slice(0, MOST_NAMED).map((path) => ({ zh: legible(path), en: legible(path) }))
  const rest = paths.length - named.length
  return joinRemarks(rest > 0 ? [...named, { zh: `另有 ${rest} 个`, en: `and ${rest} more` }] : named)
}
