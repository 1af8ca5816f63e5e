import { type Finding, finding, PASSED } from '../../ses/check-row.ts'
import type { PdfRow } from '../check-row.ts'
import type { PdfView } from '../file/view.ts'
import { ofKind } from '../syntax/value.ts'
import { catalogOf } from './catalog.ts'
import type { SecurityStore } from './security-store.ts'

/** What is told of a document as a whole, whatever its signatures are. @param unsearched why its pages could not be walked; null when they were. */
export function documentRows(view: PdfView, store: SecurityStore | null, unsearched: string | null): readonly PdfRow[] {
  const row = (check: PdfRow['check'], found: Finding): PdfRow => ({ check, object: 'document', ...found })
  return [
    row('PDF_FORMAT', checkFormat(unsearched)),
    ...(store ? [row('PDF_SECURITY_STORE', contentOf(store))] : []),
    ...(hasUsageRights(view) ? [row('PDF_USAGE_RIGHTS', USAGE_RIGHTS)] : []),
  ]
}

/** Where pages cannot be walked two readers may show two things, and a signature that stands on a page alone is not found. */
function checkFormat(unsearched: string | null): Finding {
  if (unsearched === null) return PASSED
  return finding('UNKNOWN', '页面或批注无法逐一读取', `pages or annotations cannot be read one by one: ${unsearched}`)
}

function contentOf({ certificates, crls, ocspResponses, signatures, leftOut, fault }: SecurityStore): Finding {
  const parts = [
    {
      zh: `证书 ${certificates.length}、CRL ${crls}、OCSP 响应 ${ocspResponses}，涉及签名 ${signatures}`,
      en: `${certificates.length} certificates, ${crls} CRLs, ${ocspResponses} OCSP responses, for ${signatures} signatures`,
    },
    ...(leftOut > 0
      ? [{ zh: `${leftOut} 份因过多或过大未采用`, en: `${leftOut} of them too many or too large, and left out` }]
      : []),
    ...(fault === null ? [] : [{ zh: '部分无法读取', en: `some cannot be read: ${fault}` }]),
  ]
  return finding('NOTE', parts.map(({ zh }) => zh).join('；'), parts.map(({ en }) => en).join('; '))
}

const USAGE_RIGHTS = finding('NOTE', '阅读器使用权限（UR3）', 'usage rights for a reader (UR3)')

/** ISO 32000-2 12.8.2.3: a maker of software signs what its reader may do. That says nothing of who signed the document. */
function hasUsageRights(view: PdfView): boolean {
  const permissions = ofKind('DICTIONARY', view.resolve(catalogOf(view).get('Perms')))?.entries
  return permissions?.has('UR3') === true || permissions?.has('UR') === true
}
