import { joinRemarks, type Remark } from '../../ses/check-row.ts'

/** What was done to a document after it was signed, the least first. */
export const CHANGE_LEVELS = [
  'NOTHING',
  'ARCHIVE', // validation data, document time-stamps, document information: nothing that is shown
  'SIGNATURE', // further signatures, each of which covers what it brought
  'STAMP', // further signatures where there was no field for one, shown on a page: they may cover what was signed
  'FORM', // fields filled in
  'ANNOTATION', // annotations or fields added, changed or removed: they may cover what was signed
  'UNCLEAR', // what it does to what is shown cannot be told
  'LOCKED', // fields filled in that a signer had locked
  'CONTENT', // what is shown was changed
] as const

export type ChangeLevel = (typeof CHANGE_LEVELS)[number]

const MOST_NAMED = 8

/** What was found, and the worst of it. */
export class ChangeList {
  #worst: ChangeLevel = 'NOTHING'
  readonly #remarks = new Map<ChangeLevel, Remark[]>()

  get level(): ChangeLevel {
    return this.#worst
  }

  add(level: ChangeLevel, zh: string, en: string): void {
    if (CHANGE_LEVELS.indexOf(level) > CHANGE_LEVELS.indexOf(this.#worst)) this.#worst = level
    const remarks = this.#remarks.get(level) ?? []
    if (remarks.length < MOST_NAMED && !remarks.some((remark) => remark.en === en)) remarks.push({ zh, en })
    this.#remarks.set(level, remarks)
  }

  /** What makes up the worst level, at most eight things of it; null when there is nothing. */
  get detail(): Remark | null {
    const remarks = this.#remarks.get(this.#worst) ?? []
    return remarks.length === 0 ? null : joinRemarks(remarks)
  }
}
