import { z } from 'zod'
import { parseInstant } from './time.ts'

/** A time on the wire: ISO 8601 with a zone, parsed into an instant. */
export const instantText = z.string().transform((text, context) => {
  try {
    if (text.includes('T')) return parseInstant(text)
  } catch {
    // Falls through to the one refusal below: a shape tells what is wrong by its issues, it does not throw.
  }
  context.addIssue({ code: 'custom', message: 'not an ISO 8601 time with a zone' })
  return z.NEVER
})
