import type { ObjectNumbers } from '../document/object-numbers.ts'
import type { Revision } from '../file/revision.ts'
import type { PdfView } from '../file/view.ts'
import type { FieldLock, Permissions } from '../signature/permissions.ts'

/** A signature, by what its later changes are measured against. */
export interface Signed {
  readonly revision: Revision
  /** Where the signed bytes end. */
  readonly end: number
  /** What its signer and those before allow. */
  readonly allowed: Permissions
}

/** A revision beside the document as it is shown now. */
export interface Comparison {
  readonly before: PdfView
  readonly now: PdfView
  /** Numbers of objects that were added, changed or removed. */
  readonly changed: ReadonlySet<number>
  readonly later: LaterSignatures
  /** Fields that may not change. */
  readonly locks: readonly FieldLock[]
  /** Objects with rules of their own, at which a walk ends: catalog, pages, fields, annotations. */
  readonly landmarks: ReadonlySet<number>
}

/** The sound signatures that were added after one, by the object numbers of their fields and widgets. */
export interface LaterSignatures {
  ofNode(number: number | null): { readonly isTimeStamp: boolean } | null
}

/** Whether anything that was come to was changed, but for what has rules of its own. */
export function meets({ changed, landmarks }: Comparison, reached: ObjectNumbers): boolean {
  for (const number of changed) if (reached.has(number) && !landmarks.has(number)) return true
  return false
}
