import { type DocumentNode, visit } from 'graphql'
import { HubError } from '../model/error.ts'
import { linksOf } from './sdl.ts'

/** What `@link(for:)` demands of us and we do, by its name and version in the URL. Anything else makes us refuse to start. */
const ENFORCED: ReadonlySet<string> = new Set([
  'join/v0.1',
  'join/v0.2',
  'join/v0.3',
  'join/v0.4',
  'join/v0.5',
  'inaccessible/v0.1',
  'inaccessible/v0.2',
  'authenticated/v0.1',
  'requiresScopes/v0.1',
])

/** Refused wherever they stand, linked as SECURITY or not. */
const NEVER_ENFORCED: ReadonlySet<string> = new Set(['policy', 'context', 'fromContext'])

/** The names under which the supergraph uses the directives we enforce ourselves. */
export interface SecurityDirectives {
  readonly authenticated: string
  readonly requiresScopes: string
}

/**
 * Refuses a supergraph that relies on a protection we do not give (link v1.0 §"for": SECURITY and EXECUTION must be understood).
 * @returns the names of `@authenticated` and `@requiresScopes` in this supergraph, which `as:` may have changed.
 * @throws HubError UNSUPPORTED naming the feature.
 */
export function enforceableDirectives(supergraph: DocumentNode): SecurityDirectives {
  const names = { authenticated: 'authenticated', requiresScopes: 'requiresScopes' }
  const foreign = new Map<string, string>()
  for (const { url, feature, version, name, purpose } of linksOf(supergraph)) {
    if (NEVER_ENFORCED.has(feature)) foreign.set(name, url)
    if (purpose !== null && !ENFORCED.has(`${feature}/${version}`)) throw refused(url)
    if (feature === 'authenticated' || feature === 'requiresScopes') names[feature] = name
  }
  for (const name of NEVER_ENFORCED) foreign.set(name, name)
  visit(supergraph, {
    Directive(node) {
      const feature = foreign.get(node.name.value)
      if (feature) throw refused(feature)
      if (node.name.value === 'join__field') refuseContext(node)
    },
  })
  return names
}

/** `@fromContext` shows in a supergraph as `contextArguments`: values the planner would have to carry, and does not. */
function refuseContext(field: {
  readonly arguments?: readonly { readonly name: { readonly value: string } }[] | undefined
}): void {
  if (field.arguments?.some((argument) => argument.name.value === 'contextArguments')) throw refused('context')
}

function refused(feature: string): HubError {
  return new HubError(
    'UNSUPPORTED',
    `网关不执行超图所要求的 ${feature}，拒绝启动`,
    `the supergraph relies on ${feature}, which this gateway does not enforce`,
  )
}
