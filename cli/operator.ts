import { timingSafeEqual } from 'node:crypto'
import type { Ask } from '../model/ask.ts'
import type { Caller } from '../model/caller.ts'
import { sm3Hex } from '../pki/sm3.ts'
import { dataOf } from './graph.ts'

/** Whoever can read the data directory: the operator of this hub, with every scope. */
export const OPERATOR: Caller = { id: 'operator', scopes: ['member', 'adapter', 'administrator'] }

/** The hub's own guests: they carry standing and envelopes between rooms, and change no trust. */
export function guest(name: string): Caller {
  return { id: `guest:${name}`, scopes: ['adapter'] }
}

const WHOSE = `query WhoseToken($digest: ID!) { administratorOf(tokenDigest: $digest) }`

/** What finding out who asks needs: planned at start. */
export const IDENTITY_DOCUMENTS = [WHOSE] as const

/** Knows the operator's token, and those of administrators by their digests. @param ask asks the hub as its own door. */
export function authenticator(operatorToken: string, ask: Ask): (token: string) => Promise<Caller | null> {
  const expected = Buffer.from(operatorToken)
  return async (token) => {
    const given = Buffer.from(token)
    if (given.length === expected.length && timingSafeEqual(given, expected)) return OPERATOR
    const { administratorOf: name } = dataOf<{ administratorOf: string | null }>(await ask(WHOSE, { digest: tokenDigest(token) }))
    return name === null ? null : { id: `administrator:${name}`, scopes: ['member', 'administrator'] }
  }
}

/** What the hub keeps of a token: SM3, lower-case hex. A token is 32 random bytes, so that its digest tells nothing of it. */
export function tokenDigest(token: string): string {
  return sm3Hex(Buffer.from(token))
}
