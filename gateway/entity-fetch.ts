import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner'
import { MAXIMUM_REPRESENTATIONS } from '../model/subgraph.ts'
import { unfit } from './error-list.ts'
import type { Execution } from './execute.ts'
import { mergeInto } from './merge.ts'
import type { EntityBatch, EntityFetch } from './planner/plan.ts'
import { isRecord, type Rec } from './record.ts'
import { representationOf } from './representations.ts'
import { applyRewrites } from './rewrites.ts'
import { callSubgraph, entityKeys, type SubgraphAnswer } from './subgraph-call.ts'

type Path = readonly (string | number)[]

/** One object of the tree and where it is, by internal keys. */
interface Place {
  readonly object: Rec
  readonly path: Path
}

/** A representation and every place that is the same entity. */
interface Wanted {
  readonly representation: Rec
  readonly places: Place[]
}

/**
 * Asks a subgraph for fields of entities already in the tree: each entity once, however often it stands there, at most
 * `MAXIMUM_REPRESENTATIONS` in one `_entities`, the rest in further fetches at the same time.
 */
export async function fetchEntities(fetch: EntityFetch, execution: Execution): Promise<void> {
  const wanted = fetch.batches.map((batch) => gather(fetch, batch, execution))
  const rounds = Math.ceil(Math.max(...wanted.map((list) => list.length)) / MAXIMUM_REPRESENTATIONS)
  if (rounds === 1) return fetchRound(fetch, wanted, execution)
  const fetches = Array.from({ length: rounds }, (_, round) => {
    const from = round * MAXIMUM_REPRESENTATIONS
    return fetchRound(
      fetch,
      wanted.map((list) => list.slice(from, from + MAXIMUM_REPRESENTATIONS)),
      execution,
    )
  })
  await Promise.all(fetches)
}

async function fetchRound(fetch: EntityFetch, wanted: readonly (readonly Wanted[])[], execution: Execution): Promise<void> {
  const variables: Rec = {}
  for (const [index, batch] of fetch.batches.entries()) {
    variables[batch.variable] = (wanted[index] ?? []).map((one) => one.representation)
  }
  const answer = await callSubgraph(fetch, variables, execution)
  for (const [index, batch] of fetch.batches.entries()) take(fetch, batch, wanted[index] ?? [], answer, execution)
  addUnplacedErrors(fetch, wanted, answer, execution)
}

/** Merges the entities of one `_entities` into their places, and its errors. */
function take(
  fetch: EntityFetch,
  batch: EntityBatch,
  wanted: readonly Wanted[],
  answer: SubgraphAnswer,
  execution: Execution,
): void {
  const { errors, supergraph } = execution
  let hasErrors = false
  for (const error of answer.errors) {
    const [key, at, ...rest] = error.path ?? []
    if (key !== batch.key) continue
    hasErrors = true
    const places = wanted[Number(at)]?.places
    const paths = (places ?? wanted.flatMap((one) => one.places)).map((place) => [
      ...place.path,
      ...(places ? rest.map(index) : []),
    ])
    errors.addAt(error, paths)
  }
  const entities = answer.data?.[batch.key]
  if (!answer.data || wanted.length === 0) return
  if (!Array.isArray(entities) || entities.length !== wanted.length) {
    if (!hasErrors || Array.isArray(entities))
      errors.addAt(
        unfit(fetch.subgraph),
        wanted.flatMap((one) => one.places.map((p) => p.path)),
      )
    return
  }
  applyRewrites(entities, batch.outputRewrites, supergraph.satisfies)
  for (const [at, one] of wanted.entries()) {
    const entity: unknown = entities[at]
    if (entity === null || entity === undefined) {
      for (const place of one.places) leaveOut(place.object, fetch, batch)
      continue
    }
    for (const place of one.places) {
      const fits = isRecord(entity) && mergeInto(place.object, entity, batch.scalars, supergraph.isConcrete)
      if (!fits) errors.disagreement(fetch.subgraph, place.path)
    }
  }
}

/** Errors that name no entity: at every field that was asked for, wherever it stands. */
function addUnplacedErrors(
  fetch: EntityFetch,
  wanted: readonly (readonly Wanted[])[],
  answer: SubgraphAnswer,
  execution: Execution,
): void {
  if (answer.errors.length === 0) return
  const unplaced = answer.errors.filter((error) => !fetch.batches.some((batch) => batch.key === error.path?.[0]))
  if (unplaced.length === 0) return
  const paths = fetch.batches.flatMap((batch, at) => {
    const fields = entityKeys(fetch.operation, batch.key)
    const places = (wanted[at] ?? []).flatMap((one) => one.places.map((place) => place.path))
    return fields.length === 0 ? places : places.flatMap((place) => fields.map((field) => [...place, field]))
  })
  for (const error of unplaced) execution.errors.addAt(error, paths)
}

/** The entities to ask for, without repetition. Those that cannot be asked for have none of the fields. */
function gather(fetch: EntityFetch, batch: EntityBatch, execution: Execution): Wanted[] {
  const places: Place[] = []
  for (const path of batch.paths) walk(execution.data, path, 0, [], execution, places)
  const wanted = new Map<string, Wanted>()
  for (const place of places) {
    const representation = representationOf(place.object, batch, fetch.subgraph, execution.supergraph)
    if (!representation) {
      leaveOut(place.object, fetch, batch)
      continue
    }
    const id = places.length === 1 ? '' : JSON.stringify(representation)
    const known = wanted.get(id)
    if (known) known.places.push(place)
    else wanted.set(id, { representation, places: [place] })
  }
  return [...wanted.values()]
}

/** The fields asked for are null where nothing is known of them: that there is no such entity is an answer. */
function leaveOut(object: Rec, fetch: EntityFetch, batch: EntityBatch): void {
  for (const key of entityKeys(fetch.operation, batch.key)) object[key] ??= null
}

function walk(
  value: unknown,
  path: readonly FlattenNodePathSegment[],
  depth: number,
  at: Path,
  execution: Execution,
  into: Place[],
): void {
  if (value === null || value === undefined) return
  const segment = path[depth]
  if (Array.isArray(value)) {
    const next = segment === '@' ? depth + 1 : depth
    for (const [index, item] of value.entries()) walk(item, path, next, [...at, index], execution, into)
    return
  }
  if (!isRecord(value)) return
  if (segment === undefined) {
    into.push({ object: value, path: at })
  } else if (segment === '@') {
    return // a list was promised
  } else if ('Field' in segment) {
    walk(value[segment.Field], path, depth + 1, [...at, segment.Field], execution, into)
  } else {
    const typename = String(value.__typename)
    if (segment.TypeCondition.some((condition) => execution.supergraph.satisfies(typename, condition))) {
      walk(value, path, depth + 1, at, execution, into)
    }
  }
}

/** mercurius writes list indexes in error paths as text. */
function index(segment: string | number): string | number {
  return typeof segment === 'string' && /^\d+$/.test(segment) ? Number(segment) : segment
}
