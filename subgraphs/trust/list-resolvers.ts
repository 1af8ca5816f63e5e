import { type SourceNode, sourcesNode } from './fetch-fields.ts'
import { freshnessNode } from './freshness-node.ts'
import { type ListQuestion, listNode, newestLists, oneList } from './list-fields.ts'
import type { TrustRoom } from './room.ts'
import type { ListHead } from './store/trust-store.ts'

/** What the SDL promises of lists and where they come from. */
export function listResolvers(room: TrustRoom) {
  return {
    Query: {
      trustLists: () => newestLists(room),
      trustList: (_: unknown, question: ListQuestion) => oneList(room, question),
      trustListSources: () => sourcesNode(room),
    },
    TrustList: { bytes: (list: ListHead) => room.lists.bytes(list) },
    TrustListSource: {
      list: ({ list }: SourceNode) => list && listNode(room, list),
      freshness: ({ freshness }: SourceNode) => freshnessNode(freshness),
    },
  }
}
