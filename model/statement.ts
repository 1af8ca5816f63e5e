import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'
import { HubError } from './error.ts'
import { instantText } from './instant-text.ts'
import { formatInstant, type Instant } from './time.ts'
import { NETWORK_ZONES, PURPOSES } from './use.ts'

/** What the hub signs of a decision: canonical JSON inside a GB/T 35275 SignedData, to be filed and checked without the hub. */
export const STATEMENT_FORMAT = 'sealhub-statement-1'

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const division = z.string().regex(/^\d{6}$/)
const text = z.strictObject({ zh: z.string(), en: z.string() })
const rule = z.strictObject({ source: text, clause: z.string() })
const check = z.strictObject({
  check: z.string(),
  object: z.string(),
  outcome: z.enum(['PASSED', 'FAILED', 'UNKNOWN', 'NOTE', 'NOT_APPLICABLE']),
  rule,
  explanation: text,
  next: text.nullable(),
})
const freshness = z.union([
  z.strictObject({ kind: z.enum(['FRESH', 'STALE']), age: z.number(), bound: z.number() }),
  z.strictObject({ kind: z.literal('UNKNOWN'), reason: text }),
])

/** Where times are instants in the house, they are ISO 8601 in the statement. */
const statement = z.strictObject({
  format: z.literal(STATEMENT_FORMAT),
  /** Division of the hub that answers. */
  hub: division,
  issuedAt: instantText,
  question: z.strictObject({
    subject: z.enum(['SEAL', 'SIGNATURE', 'CERTIFICATE', 'DOCUMENT']),
    /** Code of a registered seal, digest of a file or signature, fingerprint of a certificate. */
    id: z.string().max(200),
    certificatePurpose: z.string().nullable(),
    reliedOnIn: division,
    at: instantText.nullable(),
    knownAt: instantText.nullable(),
    revocation: z.enum(['REQUIRED', 'OPTIONAL']),
    use: z.strictObject({
      purpose: z.enum(PURPOSES).nullable(),
      network: z.enum(NETWORK_ZONES).nullable(),
      assurance: z.number().nullable(),
    }),
  }),
  answer: z.strictObject({
    indication: z.enum(['TOTAL_PASSED', 'INDETERMINATE', 'TOTAL_FAILED']),
    subIndication: z.string().nullable(),
    summary: text,
    because: z.array(check),
    asOf: instantText,
    knownAt: instantText,
    freshness,
  }),
  policy: z.strictObject({ id: z.string(), version: z.string(), digest: hex }),
  evidence: z.strictObject({
    snapshot: instantText.nullable(),
    lists: z.array(z.strictObject({ territory: division, sequence: z.int(), digest: hex })),
    agreements: z.array(z.string()),
    /** `brought`: it came with the document, so that who repeats the answer needs the document. */
    sources: z.array(z.strictObject({ kind: z.string(), digest: z.string(), brought: z.literal(true).exactOptional() })),
  }),
})

export type Statement = Omit<z.infer<typeof statement>, 'format'>

/** The bytes a statement signs: the same answer always gives the same bytes but for the moment it was issued. */
export function formatStatement({ issuedAt, question, answer, evidence, ...rest }: Statement): Uint8Array {
  const written = {
    ...rest,
    format: STATEMENT_FORMAT,
    issuedAt: formatInstant(issuedAt),
    question: { ...question, at: orNull(question.at), knownAt: orNull(question.knownAt) },
    answer: { ...answer, asOf: formatInstant(answer.asOf), knownAt: formatInstant(answer.knownAt) },
    evidence: { ...evidence, snapshot: orNull(evidence.snapshot) },
  }
  return new TextEncoder().encode(canonicalJson(written))
}

function orNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}

/** Parses the content of a statement whose signature has been checked. @throws HubError UNREADABLE for anything else. */
export function parseStatement(content: Uint8Array): Statement {
  try {
    const { format: _, ...parsed } = statement.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content)))
    return parsed
  } catch (cause) {
    throw new HubError('UNREADABLE', '不是本系统的判定书', 'not a statement of a hub', { cause })
  }
}
