import { timingSafeEqual } from 'node:crypto'
import type { Caller } from '../model/caller.ts'

/** Whoever can read the data directory: the operator of this hub, with every scope. */
export const OPERATOR: Caller = { id: 'operator', scopes: ['member', 'adapter', 'administrator'] }

/** The hub's own guests: they carry standing and envelopes between rooms, and change no trust. */
export function guest(name: string): Caller {
  return { id: `guest:${name}`, scopes: ['adapter'] }
}

/** Knows the operator's token, and no other. */
export function authenticator(operatorToken: string): (token: string) => Promise<Caller | null> {
  const expected = Buffer.from(operatorToken)
  return async (token) => {
    const given = Buffer.from(token)
    return given.length === expected.length && timingSafeEqual(given, expected) ? OPERATOR : null
  }
}
