/** GB/T 2260: six digits, two each for province, prefecture and county; `000000` stands for the nation. */
export type DivisionCode = string

export const NATION: DivisionCode = '000000'

/** The 34 province-level divisions of GB/T 2260. */
export const PROVINCES: readonly DivisionCode[] = [
  11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71,
  81, 82,
].map((digits) => `${digits}0000`)

/** Whether the text has the shape of a division code; whether the division exists is asked of the table at an edge. */
export function isDivisionCode(text: string): boolean {
  return /^\d{6}$/.test(text)
}

/** A scope is a prefix of division codes: `3205` holds every county of Suzhou, the empty scope the whole nation. */
export type DivisionScope = string

/** Whether the text is a scope: empty, or the two, four or six leading digits of a division code. */
export function isDivisionScope(text: string): boolean {
  return /^(?:\d{2}){0,3}$/.test(text)
}

/** Turns a division into the scope it governs: 410000 → `41`, 411700 → `4117`, 411728 → `411728`, 000000 → ``. */
export function scopeOf(division: DivisionCode): DivisionScope {
  return division.replace(/(?:00){1,3}$/, '')
}

/** Whether the scope holds the division. */
export function isWithin(division: DivisionCode, scope: DivisionScope): boolean {
  return division.startsWith(scope)
}

/** The division and those above it, nearest first: 411728 → 411728, 411700, 410000, 000000. */
export function lineage(division: DivisionCode): readonly DivisionCode[] {
  const above = [division, `${division.slice(0, 4)}00`, `${division.slice(0, 2)}0000`, NATION]
  return [...new Set(above)]
}

/** The province-level division: 411728 → 410000. */
export function provinceOf(division: DivisionCode): DivisionCode {
  return `${division.slice(0, 2)}0000`
}
