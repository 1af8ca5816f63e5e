import { type ArgumentNode, type FieldNode, print } from 'graphql'

/**
 * Internal keys for a client's response keys. The planner and the entity representations work on the merged result by field
 * name; a client's alias must never stand where an entity key or a required field is looked for, nor its arguments reach
 * one. So every field with an alias, and every field that takes arguments, gets a key of its own (`a0`, `a1`, …) before
 * planning; a field by its bare name keeps it. Fields that GraphQL merges (§5.3.2: same response key, name and arguments
 * under the same parent) share one key.
 */
export class KeyScope {
  readonly #byIdentity = new Map<string, KeyedField>()
  readonly #byInternalKey = new Map<string, KeyedField>()
  readonly #counter: KeyCounter

  constructor(counter: KeyCounter) {
    this.#counter = counter
  }

  /** The key of one field under this parent; the same for fields that merge. */
  keyed(field: FieldNode, takesArguments: boolean): KeyedField {
    const responseKey = field.alias?.value ?? field.name.value
    const identity = `${responseKey}:${field.name.value}${printArguments(field.arguments)}`
    const known = this.#byIdentity.get(identity)
    if (known) return known
    const isPlain = responseKey === field.name.value && !takesArguments
    const keyed = {
      identity,
      responseKey,
      internalKey: isPlain ? responseKey : this.#counter.next(),
      scope: new KeyScope(this.#counter),
    }
    this.#byIdentity.set(identity, keyed)
    this.#byInternalKey.set(keyed.internalKey, keyed)
    return keyed
  }

  /**
   * An error path in internal keys as the client knows it. It ends where the client's own selection ends: a field that only
   * the planner asked for is not named.
   */
  clientPath(internal: readonly (string | number)[]): (string | number)[] {
    const path: (string | number)[] = []
    let scope: KeyScope = this
    for (const segment of internal) {
      if (typeof segment === 'number') {
        path.push(segment)
        continue
      }
      const keyed = scope.#byInternalKey.get(segment)
      if (!keyed) break
      path.push(keyed.responseKey)
      scope = keyed.scope
    }
    return path
  }
}

export interface KeyedField {
  /** Response key, name and arguments: what must agree for fields to be merged. */
  readonly identity: string
  readonly responseKey: string
  readonly internalKey: string
  /** The keys below this field. */
  readonly scope: KeyScope
}

/** Counts internal keys through one document. */
export interface KeyCounter {
  next(): string
}

/** Counts `a0`, `a1`, … for the prefix `a`. */
export function keyCounter(prefix: string): KeyCounter {
  let count = 0
  return { next: () => `${prefix}${count++}` }
}

/** The shortest prefix of `a`s that, followed by digits, is no field's name. */
export function internalKeyPrefix(fieldNames: Iterable<string>): string {
  let prefix = 'a'
  const names = [...fieldNames]
  while (names.some((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))) prefix += 'a'
  return prefix
}

function printArguments(args: readonly ArgumentNode[] | undefined): string {
  if (!args || args.length === 0) return ''
  return `(${args.map(print).sort().join(',')})`
}
