import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import type { Caller, Scope } from '../model/caller.ts'
import { HubError } from '../model/error.ts'
import { directiveArguments, parseFieldSet } from './sdl.ts'
import type { SecurityDirectives } from './security-directives.ts'

/** Alternatives, each a set of scopes a caller must hold together. No alternative asks nothing; `[]` nobody meets. */
type Alternatives = readonly (readonly string[])[]

/** All of these must be met; `authenticated` only asks for a caller with any scope at all. */
export interface Requirement {
  readonly authenticated: boolean
  readonly scopes: readonly Alternatives[]
}

const OPEN: Requirement = { authenticated: false, scopes: [] }

/** What a caller must hold to read a field, from `@authenticated` and `@requiresScopes` on it, its type and its parents. */
export interface Requirements {
  /** Of a field selected on that type; for an abstract type, of that field on every type it may turn out to be. */
  of(type: string, field: string): Requirement
}

/** Whether the caller meets a requirement. */
export function isMetBy(requirement: Requirement, caller: Caller): boolean {
  if (requirement.authenticated && caller.scopes.length === 0) return false
  const held: ReadonlySet<string> = new Set<Scope>(caller.scopes)
  return requirement.scopes.every((alternatives) => alternatives.some((all) => all.every((scope) => held.has(scope))))
}

/**
 * Reads every requirement of the supergraph, and checks that no field hands on what it `@requires` from fields that ask for
 * more than the field itself does.
 * @throws HubError FORBIDDEN naming the first such field.
 */
export function requirementsOf(schema: GraphQLSchema, directives: SecurityDirectives): Requirements {
  const known = new Map<string, Requirement>()
  const requirements: Requirements = {
    of(type, field) {
      const key = `${type}.${field}`
      const requirement = known.get(key) ?? computed(schema, directives, type, field)
      known.set(key, requirement)
      return requirement
    },
  }
  refuseLeaks(schema, requirements)
  return requirements
}

function computed(schema: GraphQLSchema, directives: SecurityDirectives, typeName: string, fieldName: string): Requirement {
  const type = schema.getType(typeName)
  if (!type || !isCompositeType(type)) return OPEN
  const types: GraphQLNamedType[] = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type]
  return types.map((t) => onOneType(t, fieldName, directives)).reduce(both, OPEN)
}

function onOneType(type: GraphQLNamedType, fieldName: string, directives: SecurityDirectives): Requirement {
  const own = stated(type.astNode?.directives, directives)
  if (!isObjectType(type) && !isInterfaceType(type)) return own
  const field: GraphQLField<unknown, unknown> | undefined = type.getFields()[fieldName]
  if (!field) return own
  const interfaces = type.getInterfaces().map((i) => stated(i.getFields()[fieldName]?.astNode?.directives, directives))
  const value = stated(getNamedType(field.type).astNode?.directives, directives)
  return [stated(field.astNode?.directives, directives), value, ...interfaces].reduce(both, own)
}

function stated(nodes: readonly ConstDirectiveNode[] | undefined, directives: SecurityDirectives): Requirement {
  let requirement = OPEN
  for (const node of nodes ?? []) {
    if (node.name.value === directives.authenticated) requirement = both(requirement, { authenticated: true, scopes: [] })
    if (node.name.value === directives.requiresScopes) {
      const scopes = directiveArguments(node).scopes
      requirement = both(requirement, { authenticated: true, scopes: [alternativesOf(scopes)] })
    }
  }
  return requirement
}

/** A malformed list of scopes is one that nobody meets. */
function alternativesOf(scopes: unknown): Alternatives {
  if (!Array.isArray(scopes)) return []
  return scopes.map((all: unknown) => (Array.isArray(all) ? all : [all]).map(String))
}

function both(a: Requirement, b: Requirement): Requirement {
  if (b === OPEN) return a
  if (a === OPEN) return b
  return { authenticated: a.authenticated || b.authenticated, scopes: [...a.scopes, ...b.scopes] }
}

function refuseLeaks(schema: GraphQLSchema, requirements: Requirements): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue
    for (const field of Object.values(type.getFields())) {
      for (const join of field.astNode?.directives ?? []) {
        const { requires } = join.name.value === 'join__field' ? directiveArguments(join) : { requires: undefined }
        if (typeof requires === 'string') {
          refuseLeak(
            schema,
            requirements,
            requirements.of(type.name, field.name),
            type,
            parseFieldSet(requires),
            `${type.name}.${field.name}`,
          )
        }
      }
    }
  }
}

function refuseLeak(
  schema: GraphQLSchema,
  requirements: Requirements,
  asked: Requirement,
  type: GraphQLNamedType,
  selected: SelectionSetNode,
  reader: string,
): void {
  for (const selection of selected.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue // a field set has none
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = schema.getType(selection.typeCondition?.name.value ?? type.name)
      if (condition) refuseLeak(schema, requirements, asked, condition, selection.selectionSet, reader)
      continue
    }
    const read = `${type.name}.${selection.name.value}`
    if (!implies(asked, requirements.of(type.name, selection.name.value))) {
      throw new HubError(
        'FORBIDDEN',
        `${reader} 会把受保护的 ${read} 泄露给无权者`,
        `${reader} would hand on ${read}, which asks for more`,
      )
    }
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined
    if (field && selection.selectionSet) {
      refuseLeak(schema, requirements, asked, getNamedType(field.type), selection.selectionSet, reader)
    }
  }
}

/** Whether everyone who meets `asked` also meets `read`; where that cannot be told one by one, it counts as no. */
function implies(asked: Requirement, read: Requirement): boolean {
  if (read.authenticated && !asked.authenticated) return false
  return read.scopes.every((needed) =>
    asked.scopes.some((given) => given.every((all) => needed.some((some) => some.every((scope) => all.includes(scope))))),
  )
}
