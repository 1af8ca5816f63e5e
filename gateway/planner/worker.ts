import { QueryPlanner } from '@graphql-hive/router-query-planner'

/**
 * The planner's own process. Reads the supergraph first, then one document at a time; answers `{ plan }` or `{ error }`.
 * The native planner may abort this process; whoever started it then knows which document did it.
 */
let planner: QueryPlanner | null = null

process.on('message', (message: { supergraph: string } | { document: string }) => {
  process.send?.('supergraph' in message ? start(message.supergraph) : plan(message.document))
})
process.on('disconnect', () => process.exit(0))

function start(supergraph: string): object {
  try {
    planner = new QueryPlanner(supergraph)
    return { ready: true }
  } catch (error) {
    return { error: describe(error) }
  }
}

function plan(document: string): object {
  try {
    return { plan: planner?.plan(document, null, new Set(), 0) }
  } catch (error) {
    return { error: describe(error) }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
