const LONGEST = 200

/** What an outsider wrote, fit for a report: no control or direction characters, and not without end. */
export function legible(text: string): string {
  const shown = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·')
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown
}
