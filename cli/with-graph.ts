import { readConfig } from '../runtime/config.ts'
import { connect } from './connect.ts'
import type { Graph } from './graph.ts'

/** Does one piece of work with the graph of this data directory, as whoever the settings say, and leaves it in order. */
export async function withGraph<Answer>(work: (graph: Graph) => Promise<Answer>): Promise<Answer> {
  const graph = await connect(readConfig())
  try {
    return await work(graph)
  } finally {
    await graph.close()
  }
}
