import type { RegisteredSeal, SealReader } from './ports.ts'

/** Looks a registered seal up by its code; null when there is none. */
export type SealLoader = (code: string) => Promise<RegisteredSeal | null>

/** A loader for one request: what is asked for in one turn is read together, and nothing twice. */
export function sealLoader(store: Pick<SealReader, 'seals'>): SealLoader {
  const asked = new Map<string, Promise<RegisteredSeal | null>>()
  let waiting: { readonly codes: string[]; readonly answer: ReturnType<SealReader['seals']> } | null = null

  function nextBatch() {
    const codes: string[] = []
    const answer = Promise.resolve().then(() => {
      waiting = null
      return store.seals(codes)
    })
    return { codes, answer }
  }

  return (code) => {
    const known = asked.get(code)
    if (known) return known
    waiting ??= nextBatch()
    waiting.codes.push(code)
    const seal = waiting.answer.then((seals) => seals.get(code) ?? null)
    asked.set(code, seal)
    return seal
  }
}
