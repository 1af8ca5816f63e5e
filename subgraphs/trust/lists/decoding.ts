import type { DivisionCode } from '../../../model/division-code.ts'
import { HubError } from '../../../model/error.ts'
import type { Instant, Span } from '../../../model/time.ts'
import type { Ending, TrustStatement } from '../service.ts'
import type { TrustList } from '../trust-list.ts'
import {
  CERTIFICATE_DIGEST,
  END_REASON,
  GRANTED,
  LISTABLE,
  type ListPointer,
  type ListService,
  type ListState,
  listShape,
  SERVICE_TYPE,
} from './shape.ts'

/**
 * Reads a list strictly: an element nobody defined, a history out of order or a limit on a role that knows none is refused as a whole.
 * @throws HubError UNREADABLE naming the place.
 */
export function decodeTrustList(bytes: Uint8Array): TrustList {
  const parsed = listShape.safeParse(jsonOf(bytes))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw unreadable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  }
  const { ListAndSchemeInformation: scheme, TrustedEntitiesList: entities } = parsed.data.LoTE
  if (scheme.NextUpdate <= scheme.ListIssueDateTime) throw unreadable('NextUpdate is not after ListIssueDateTime')
  const territory = scheme.SchemeTerritory
  return {
    territory,
    operator: scheme.SchemeOperatorName[0]?.value ?? '',
    sequence: scheme.LoTESequenceNumber,
    issuedAt: scheme.ListIssueDateTime,
    nextUpdate: scheme.NextUpdate,
    statements: [
      ...entities.flatMap((entity) =>
        entity.TrustedEntityServices.flatMap((one) =>
          decodeService(one, entity.TrustedEntityInformation.TEName[0]?.value ?? '', territory),
        ),
      ),
      ...(scheme.PointersToOtherLoTE ?? []).flatMap((one) => decodePointer(one, territory)),
    ],
    ...(scheme.SchemeInformationURI ? { pivots: scheme.SchemeInformationURI.map(({ uriValue }) => uriValue) } : {}),
  }
}

function decodeService(
  { ServiceInformation: now, ServiceHistory: past = [] }: ListService,
  name: string,
  list: DivisionCode,
): TrustStatement[] {
  const role = LISTABLE.find((known) => now.ServiceTypeIdentifier === `${SERVICE_TYPE}${known}`)
  if (!role) throw unreadable(now.ServiceTypeIdentifier)
  const { DivisionScope: scope, ...extensions } = now.ServiceInformationExtensions
  const { SealClasses: classes, CertificationBodyKind: caKind, CertificateNotAfter: notAfter } = extensions
  if (classes && role !== 'MAKER') throw unreadable(`SealClasses on ${role}`)
  if (caKind && role !== 'CA') throw unreadable(`CertificationBodyKind on ${role}`)
  const fingerprint = fingerprintIn(now.ServiceDigitalIdentity)
  const limits = {
    ...(classes ? { classes } : {}),
    ...(caKind ? { caKind } : {}),
    ...(notAfter === undefined ? {} : { notAfter }),
  }
  return grantsOf([...past, now]).map((grant) => ({ role, fingerprint, name, scope, list, ...limits, ...grant }))
}

function decodePointer({ LoTELocation: location, ...pointer }: ListPointer, list: DivisionCode): TrustStatement[] {
  const [identity] = pointer.ServiceDigitalIdentities
  const [now] = pointer.LoTEQualifiers
  const { SchemeTerritory: name, DivisionScope: scope, ServiceHistory: past = [] } = now
  if (location === undefined && name !== list) throw unreadable(`the list of ${name} without a location`)
  const place = { role: 'LIST_OPERATOR', fingerprint: fingerprintIn(identity), name, scope, list } as const
  return grantsOf([...past, now]).map((grant) => ({ ...place, ...(location ? { location } : {}), ...grant }))
}

function fingerprintIn({ OtherIds: [id] }: { readonly OtherIds: readonly [string] }): string {
  return id.slice(CERTIFICATE_DIGEST.length)
}

/** One grant of a service with its grounds, and its end with its grounds. */
interface Grant {
  readonly span: Span
  readonly evidence: string | null
  readonly evidenceDigest?: string
  readonly ended?: Ending
}

/** Grants and withdrawals in turn, oldest first, beginning with a grant. */
function grantsOf(states: readonly ListState[]): Grant[] {
  const grants: Grant[] = []
  let open: ListState | null = null
  let last: Instant = Number.NEGATIVE_INFINITY
  for (const state of states) {
    const isGrant = state.ServiceStatus === GRANTED
    if (state.StatusStartingTime <= last || isGrant !== (open === null))
      throw unreadable('the history of a service is out of order')
    if (isGrant && state.StatusReasonCode !== undefined) throw unreadable('StatusReasonCode on a grant')
    last = state.StatusStartingTime
    if (open !== null) grants.push({ ...grantOf(open, last), ...endingOf(state) })
    open = isGrant ? state : null
  }
  return open === null ? grants : [...grants, grantOf(open, null)]
}

function grantOf({ StatusStartingTime: from, StatusReason: evidence, EvidenceDigest }: ListState, until: Instant | null): Grant {
  return { span: { from, until }, evidence: evidence ?? null, ...(EvidenceDigest ? { evidenceDigest: EvidenceDigest } : {}) }
}

function endingOf({ StatusReason: reason, StatusReasonCode: uri, EvidenceDigest }: ListState): { readonly ended?: Ending } {
  if (reason === undefined && uri === undefined && EvidenceDigest === undefined) return {}
  return {
    ended: {
      ...(uri === undefined ? {} : { code: uri.startsWith(END_REASON) ? uri.slice(END_REASON.length) : uri }),
      reason: reason ?? '',
      ...(EvidenceDigest ? { evidenceDigest: EvidenceDigest } : {}),
    },
  }
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
