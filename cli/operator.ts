import { timingSafeEqual } from 'node:crypto'
import { type Caller, PUBLIC } from '../model/caller.ts'
import { HubError } from '../model/error.ts'

/** Whoever can read the data directory: the operator of this hub, with every scope. */
export const OPERATOR: Caller = { id: 'operator', scopes: ['member', 'adapter', 'administrator'] }

/** The hub's own guests: they carry standing and envelopes between rooms, and change no trust. */
export function guest(name: string): Caller {
  return { id: `guest:${name}`, scopes: ['adapter'] }
}

/**
 * Turns a bearer token into its caller: none is the public, the operator's own is the operator.
 * @throws HubError UNAUTHENTICATED for any other token.
 */
export function authenticator(operatorToken: string): (bearer: string | null) => Caller {
  const expected = Buffer.from(operatorToken)
  return (bearer) => {
    if (bearer === null) return PUBLIC
    const given = Buffer.from(bearer)
    if (given.length === expected.length && timingSafeEqual(given, expected)) return OPERATOR
    throw new HubError('UNAUTHENTICATED', '令牌无效', 'the token is not valid')
  }
}
