import type { ScalarPaths } from './planner/plan.ts'
import { isRecord, type Rec } from './record.ts'

/**
 * Merges what a subgraph answered into the tree, in place. A null never takes the place of a value. Values of custom scalars
 * are never merged into. Lists merge item by item; of lists of unequal length the first stays.
 * @param isConcrete whether a type name is an object type's: the name of an interface, as an `@interfaceObject` answers it,
 * does not take the place of one.
 * @returns whether everything fitted together.
 */
export function mergeInto(
  target: Rec,
  source: Rec,
  scalars: ScalarPaths | null | undefined,
  isConcrete: (typename: string) => boolean,
): boolean {
  let fits = true
  for (const key of Object.keys(source)) {
    const value = source[key]
    if (key === '__proto__') continue
    const present = target[key]
    if (present === undefined || present === null) {
      target[key] = value
    } else if (key === '__typename') {
      if (typeof value === 'string' && isConcrete(value)) target[key] = value
    } else if (value !== null && value !== undefined) {
      const below = scalars?.children?.[key]
      if (below?.terminal || typeof value !== 'object' || typeof present !== 'object') target[key] = value
      else fits = mergeValue(present, value, below, isConcrete) && fits
    }
  }
  return fits
}

function mergeValue(
  present: object,
  value: object,
  scalars: ScalarPaths | undefined,
  isConcrete: (typename: string) => boolean,
): boolean {
  if (isRecord(present) && isRecord(value)) return mergeInto(present, value, scalars, isConcrete)
  if (!Array.isArray(present) || !Array.isArray(value) || present.length !== value.length) return false
  let fits = true
  for (const [index, item] of value.entries()) {
    const there: unknown = present[index]
    if (there === null || there === undefined || typeof there !== 'object') present[index] = item ?? there
    else if (typeof item === 'object' && item !== null) fits = mergeValue(there, item, scalars, isConcrete) && fits
  }
  return fits
}
