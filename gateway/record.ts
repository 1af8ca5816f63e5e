/** An object as it comes from outside: members unknown. */
export type Rec = Record<string, unknown>

/** Whether a value is an object with members: no list, no null. */
export function isRecord(value: unknown): value is Rec {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
