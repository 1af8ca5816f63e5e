/** A map of bounded size that forgets what was used longest ago. */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #maximum: number

  /** @param maximum how many entries are kept, at least 1. */
  constructor(maximum: number) {
    this.#maximum = maximum
  }

  get size(): number {
    return this.#entries.size
  }

  /** The value of a key, made and kept if it is not held. A maker that throws leaves nothing behind. */
  get(key: string, make: () => Value): Value {
    const held = this.#entries.get(key)
    if (held !== undefined) this.#entries.delete(key)
    const value = held ?? make()
    this.#entries.set(key, value)
    if (this.#entries.size > this.#maximum) this.#forgetOldest()
    return value
  }

  #forgetOldest(): void {
    const oldest = this.#entries.keys().next()
    if (!oldest.done) this.#entries.delete(oldest.value)
  }
}
