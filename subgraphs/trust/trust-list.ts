import { z } from 'zod'
import { canonicalJson } from '../../model/canonical-json.ts'
import { type DivisionCode, isDivisionCode, isDivisionScope } from '../../model/division-code.ts'
import { HubError } from '../../model/error.ts'
import { formatInstant, type Instant, parseInstant, type Span } from '../../model/time.ts'
import type { TrustRole, TrustStatement } from './service.ts'

/** A list of trusted entities as data: who says what is trusted in a territory, and until when this word is good. */
export interface TrustList {
  readonly territory: DivisionCode
  readonly operator: string
  readonly sequence: number
  readonly issuedAt: Instant
  readonly nextUpdate: Instant
  readonly statements: readonly TrustStatement[]
}

const TYPE = 'urn:sealhub:list:trusted-entities'
const SERVICE = 'urn:sealhub:service:'
const STATUS = 'urn:sealhub:status:'
const DIGEST = 'urn:sealhub:x509-sha256:'
const LISTABLE = ['ANCHOR', 'CA', 'MAKER', 'PLATFORM'] as const satisfies readonly TrustRole[]
const LANGUAGE = 'zh-CN'
const MAXIMUM_ENTITIES = 50_000

const time = z.string().transform((text, context) => {
  try {
    return parseInstant(text)
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    context.addIssue({ code: 'custom', message: error.en })
    return z.NEVER
  }
})
const names = z
  .array(z.strictObject({ lang: z.string().max(35), value: z.string().min(1).max(500) }))
  .min(1)
  .max(8)
const state = { ServiceStatus: z.enum([`${STATUS}granted`, `${STATUS}withdrawn`]), StatusStartingTime: time }
const service = z.strictObject({
  ServiceInformation: z.strictObject({
    ServiceName: names,
    ServiceTypeIdentifier: z.enum(LISTABLE.map((role) => `${SERVICE}${role}` as const)),
    ServiceDigitalIdentity: z.strictObject({ OtherIds: z.tuple([z.string().regex(new RegExp(`^${DIGEST}[0-9a-f]{64}$`))]) }),
    ...state,
    ServiceInformationExtensions: z.strictObject({
      DivisionScope: z.string().refine(isDivisionScope),
      Evidence: z.string().max(2_000).optional(),
    }),
  }),
  ServiceHistory: z.array(z.strictObject(state)).max(100).optional(),
})
const list = z.strictObject({
  LoTE: z.strictObject({
    ListAndSchemeInformation: z.strictObject({
      LoTEVersionIdentifier: z.literal(1),
      LoTESequenceNumber: z.int().min(1),
      LoTEType: z.literal(TYPE),
      SchemeOperatorName: names,
      SchemeTerritory: z.string().refine(isDivisionCode),
      ListIssueDateTime: time,
      NextUpdate: time,
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

type Service = z.infer<typeof service>

/**
 * Writes a list in the JSON element names of ETSI TS 119 602, canonical, so that the same list gives the same bytes.
 * A certificate is named by its SHA-256; each grant with its end is one service, with its grant in the history.
 */
export function encodeTrustList({ territory, operator, sequence, issuedAt, nextUpdate, statements }: TrustList): Uint8Array {
  const text = canonicalJson({
    LoTE: {
      ListAndSchemeInformation: {
        LoTEVersionIdentifier: 1,
        LoTESequenceNumber: sequence,
        LoTEType: TYPE,
        SchemeOperatorName: named(operator),
        SchemeTerritory: territory,
        ListIssueDateTime: formatInstant(issuedAt),
        NextUpdate: formatInstant(nextUpdate),
      },
      TrustedEntitiesList: statements.map((statement) => ({
        TrustedEntityInformation: { TEName: named(statement.name) },
        TrustedEntityServices: [encodeService(statement)],
      })),
    },
  })
  return new TextEncoder().encode(text)
}

function encodeService({ role, fingerprint, name, scope, span, evidence }: TrustStatement): object {
  const granted = { ServiceStatus: `${STATUS}granted`, StatusStartingTime: formatInstant(span.from) }
  const now =
    span.until === null ? granted : { ServiceStatus: `${STATUS}withdrawn`, StatusStartingTime: formatInstant(span.until) }
  return {
    ServiceInformation: {
      ServiceName: named(name),
      ServiceTypeIdentifier: `${SERVICE}${role}`,
      ServiceDigitalIdentity: { OtherIds: [`${DIGEST}${fingerprint}`] },
      ...now,
      ServiceInformationExtensions: { DivisionScope: scope, Evidence: evidence ?? undefined },
    },
    ServiceHistory: span.until === null ? undefined : [granted],
  }
}

function named(value: string): object {
  return [{ lang: LANGUAGE, value }]
}

/**
 * Reads a list strictly: an element nobody defined, a history out of order or a service stated twice is refused as a whole.
 * @throws HubError UNREADABLE naming the place.
 */
export function decodeTrustList(bytes: Uint8Array): TrustList {
  const parsed = list.safeParse(jsonOf(bytes))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw unreadable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  }
  const { ListAndSchemeInformation: scheme, TrustedEntitiesList: entities } = parsed.data.LoTE
  if (scheme.NextUpdate <= scheme.ListIssueDateTime) throw unreadable('NextUpdate is not after ListIssueDateTime')
  return {
    territory: scheme.SchemeTerritory,
    operator: scheme.SchemeOperatorName[0]?.value ?? '',
    sequence: scheme.LoTESequenceNumber,
    issuedAt: scheme.ListIssueDateTime,
    nextUpdate: scheme.NextUpdate,
    statements: entities.flatMap((entity) =>
      entity.TrustedEntityServices.flatMap((one) =>
        decodeService(one, entity.TrustedEntityInformation.TEName[0]?.value ?? '', scheme.SchemeTerritory),
      ),
    ),
  }
}

function decodeService(
  { ServiceInformation: now, ServiceHistory: past = [] }: Service,
  name: string,
  territory: DivisionCode,
): TrustStatement[] {
  const role = LISTABLE.find((known) => now.ServiceTypeIdentifier === `${SERVICE}${known}`)
  if (!role) throw unreadable(now.ServiceTypeIdentifier)
  const { DivisionScope: scope, Evidence: evidence = null } = now.ServiceInformationExtensions
  const fingerprint = now.ServiceDigitalIdentity.OtherIds[0].slice(DIGEST.length)
  return spansOf([...past, now]).map((span) => ({ role, fingerprint, name, scope, span, evidence, list: territory }))
}

/** Grants and withdrawals in turn, oldest first, beginning with a grant. */
function spansOf(states: readonly { ServiceStatus: string; StatusStartingTime: Instant }[]): Span[] {
  const spans: Span[] = []
  let from: Instant | null = null
  let last = Number.NEGATIVE_INFINITY
  for (const { ServiceStatus: status, StatusStartingTime: at } of states) {
    const grants = status === `${STATUS}granted`
    if (at <= last || grants !== (from === null)) throw unreadable('the history of a service is out of order')
    last = at
    if (from !== null) spans.push({ from, until: at })
    from = grants ? at : null
  }
  return from === null ? spans : [...spans, { from, until: null }]
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new HubError('UNREADABLE', '信任列表不是 JSON', 'the trust list is no JSON', { cause })
  }
}

function unreadable(what: string): HubError {
  return new HubError('UNREADABLE', `信任列表结构不符：${what}`, `not a well-formed trust list: ${what}`)
}
