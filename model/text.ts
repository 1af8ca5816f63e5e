/** A sentence in both languages of the hub: Chinese first, English beside. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}
