import { z } from 'zod'
import { CA_KINDS } from '../model/ca-kind.ts'
import { SEAL_CHANGE_REASONS } from '../model/timeline.ts'
import { GENERAL_PURPOSES, NETWORK_ZONES, PURPOSES } from '../model/use.ts'

/** The shape of a `policies/*.yaml`: what its author writes, before its parent's rules are merged in. */
const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const clause = z.string().min(1)
const division = z.string().regex(/^\d{6}$/)
const sealClass = z.enum(['PUBLIC', 'POSITION', 'PRIVATE', 'UNKNOWN'])
const reason = z.enum(SEAL_CHANGE_REASONS)
const purpose = z.enum(PURPOSES)

const rules = z.strictObject({
  classes: z.strictObject({ allowed: z.array(sealClass).min(1), clause }).optional(),
  issuer: z.strictObject({ level: z.enum(['COUNTY', 'PREFECTURE', 'PROVINCE', 'NATION']), clause }).optional(),
  cancellation: z.strictObject({ reasons: z.array(reason).min(1), clause }).optional(),
  renewal: z.strictObject({ daysBeforeEnd: z.int().positive().nullable(), afterEnd: z.boolean(), clause }).optional(),
  disclosure: z.strictObject({ status: z.enum(['PUBLIC', 'MEMBERS']), clause }).optional(),
  /** `purposes` left out: all but tax and finance. */
  recognition: z
    .strictObject({ fromElsewhere: z.array(sealClass), purposes: z.array(purpose).default([...GENERAL_PURPOSES]), clause })
    .optional(),
  authority: z.strictObject({ forGovernment: z.array(z.enum(CA_KINDS)).min(1), clause }).optional(),
  network: z.strictObject({ zones: z.array(z.enum(NETWORK_ZONES)).min(1), clause }).optional(),
  revocation: z.strictObject({ requirement: z.enum(['REQUIRED', 'OPTIONAL']), clause }).optional(),
})

export const policyDocument = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().min(1),
  division,
  source: text,
  inherits: z.string().nullable(),
  effective: z.strictObject({
    from: z.iso.datetime({ offset: true }).nullable(),
    until: z.iso.datetime({ offset: true }).nullable(),
  }),
  rules,
  duties: z.array(z.strictObject({ topic: z.string().regex(/^[A-Z_]+$/), text, clause })),
})

export type PolicyDocument = z.infer<typeof policyDocument>
