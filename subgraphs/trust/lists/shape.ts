import { z } from 'zod'
import { CA_KINDS } from '../../../model/ca-kind.ts'
import { isDivisionCode, isDivisionScope } from '../../../model/division-code.ts'
import { instantText } from '../../../model/instant-text.ts'
import type { TrustRole } from '../service.ts'

/** URIs of a list. The element names are those of ETSI TS 119 602, the values are ours. */
export const LIST_TYPE = 'urn:sealhub:list:trusted-entities'
export const SERVICE_TYPE = 'urn:sealhub:service:'
export const GRANTED = 'urn:sealhub:status:granted'
export const WITHDRAWN = 'urn:sealhub:status:withdrawn'
/** Before the codes of `model/service-end.ts`. */
export const END_REASON = 'urn:sealhub:end:'
export const CERTIFICATE_DIGEST = 'urn:sealhub:x509-sha256:'

/** What a list may say of entities. Who signs lists stands among the pointers. */
export const LISTABLE = [
  'ANCHOR',
  'CA',
  'MAKER',
  'STATUS_PUBLISHER',
  'TIME_STAMP_AUTHORITY',
  'PLATFORM',
] as const satisfies readonly TrustRole[]

const MAXIMUM_ENTITIES = 50_000
const MAXIMUM_POINTERS = 1_000
const MAXIMUM_PIVOTS = 64

const names = z
  .array(z.strictObject({ lang: z.string().max(35), value: z.string().min(1).max(500) }))
  .min(1)
  .max(8)
const identity = z.strictObject({ OtherIds: z.tuple([z.string().regex(new RegExp(`^${CERTIFICATE_DIGEST}[0-9a-f]{64}$`))]) })
/** A status since a moment, why, and SM3 of the evidence. */
const state = {
  ServiceStatus: z.enum([GRANTED, WITHDRAWN]),
  StatusStartingTime: instantText,
  StatusReason: z.string().max(2_000).optional(),
  /** Of a withdrawal. A code of somebody else's is kept as it is; what nobody here knows casts doubt. */
  StatusReasonCode: z
    .string()
    .regex(/^[a-z][a-z0-9+.-]*:[!-~]+$/i)
    .max(200)
    .optional(),
  EvidenceDigest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
}
const history = z.array(z.strictObject(state)).max(100).optional()
const scope = z.string().refine(isDivisionScope)
const division = z.string().refine(isDivisionCode)
const location = z.url({ protocol: /^https?$/ }).max(2_000)

const service = z.strictObject({
  ServiceInformation: z.strictObject({
    ServiceName: names,
    ServiceTypeIdentifier: z.enum(LISTABLE.map((role) => `${SERVICE_TYPE}${role}` as const)),
    ServiceDigitalIdentity: identity,
    ...state,
    ServiceInformationExtensions: z.strictObject({
      DivisionScope: scope,
      SealClasses: z
        .array(z.enum(['PUBLIC', 'POSITION', 'PRIVATE']))
        .min(1)
        .refine((classes) => new Set(classes).size === classes.length)
        .optional(),
      CertificationBodyKind: z.enum(CA_KINDS).optional(),
      /** When the certificate itself runs out, for whoever does not hold it. */
      CertificateNotAfter: instantText.optional(),
    }),
  }),
  ServiceHistory: history,
})

/** Another list: who signs it, for which divisions, since when, and where it is. */
const pointer = z.strictObject({
  LoTELocation: location.optional(),
  ServiceDigitalIdentities: z.tuple([identity]),
  LoTEQualifiers: z.tuple([
    z.strictObject({
      LoTEType: z.literal(LIST_TYPE),
      SchemeTerritory: division,
      DivisionScope: scope,
      ...state,
      ServiceHistory: history,
    }),
  ]),
})

/** The whole list; whatever is not named here is refused. */
export const listShape = z.strictObject({
  LoTE: z.strictObject({
    ListAndSchemeInformation: z.strictObject({
      LoTEVersionIdentifier: z.literal(1),
      LoTESequenceNumber: z.int().min(1),
      LoTEType: z.literal(LIST_TYPE),
      SchemeOperatorName: names,
      SchemeInformationURI: z
        .array(z.strictObject({ lang: z.string().max(35), uriValue: z.string().min(1).max(500) }))
        .max(MAXIMUM_PIVOTS)
        .optional(),
      SchemeTerritory: division,
      PointersToOtherLoTE: z.array(pointer).max(MAXIMUM_POINTERS).optional(),
      ListIssueDateTime: instantText,
      NextUpdate: instantText,
    }),
    TrustedEntitiesList: z
      .array(
        z.strictObject({
          TrustedEntityInformation: z.strictObject({ TEName: names }),
          TrustedEntityServices: z.array(service).min(1).max(1_000),
        }),
      )
      .max(MAXIMUM_ENTITIES),
  }),
})

export type ListService = z.infer<typeof service>
export type ListPointer = z.infer<typeof pointer>

/** A status as a list states it. */
export interface ListState {
  readonly ServiceStatus: typeof GRANTED | typeof WITHDRAWN
  readonly StatusStartingTime: number
  readonly StatusReason?: string | undefined
  readonly StatusReasonCode?: string | undefined
  readonly EvidenceDigest?: string | undefined
}
