import type { Caller } from '../../../model/caller.ts'
import { HubError } from '../../../model/error.ts'
import { freshnessNode } from '../freshness-node.ts'
import { mustBe } from '../must-be.ts'
import type { TrustRoom } from '../room.ts'
import type { ListHead } from '../store/trust-store.ts'
import { admitReadList, type ListAdmission } from './admission.ts'
import { type SourceNode, sourcesNode } from './fetch-fields.ts'
import { type ListQuestion, listNode, newestLists, oneList } from './fields.ts'
import { publishTrustList } from './publication.ts'

interface Asking {
  readonly caller: Caller
}

interface ImportArguments {
  readonly list?: Uint8Array | null
  /** SM3 of an uploaded file. */
  readonly digest?: string | null
}

/** What the SDL promises of lists and where they come from. */
export function listResolvers(room: TrustRoom) {
  const node = ({ outcome, list }: ListAdmission) => ({ outcome, list: listNode(room, list) })
  return {
    Query: {
      trustLists: () => newestLists(room),
      trustList: (_: unknown, question: ListQuestion) => oneList(room, question),
      trustListSources: () => sourcesNode(room),
    },
    Mutation: {
      importTrustList: async (_: unknown, given: ImportArguments, asking: Asking) => {
        mustBe('administrator', asking)
        return node(await admitReadList(room.lists, await room.readList(await bytesOf(room, given)), room.now()))
      },
      publishTrustList: async (_: unknown, __: unknown, asking: Asking) => {
        mustBe('administrator', asking)
        if (!room.signer) throw new HubError('UNSUPPORTED', '本枢纽没有签名密钥', 'this hub has no signer')
        return node(await publishTrustList(room.lists, { territory: room.division, signer: room.signer }, room.now()))
      },
    },
    TrustList: { bytes: (list: ListHead) => room.lists.bytes(list) },
    TrustListSource: {
      list: ({ list }: SourceNode) => list && listNode(room, list),
      freshness: ({ freshness }: SourceNode) => freshnessNode(freshness),
    },
  }
}

async function bytesOf({ files }: TrustRoom, { list, digest }: ImportArguments): Promise<Uint8Array> {
  if (list && !digest) return list
  if (!digest || list) throw new HubError('BAD_INPUT', '须给出列表或其摘要之一', 'give the list or its digest, one of them')
  const bytes = await files?.read(digest)
  if (!bytes) throw new HubError('NOT_FOUND', '没有上传过这个文件', 'no such file was uploaded')
  return bytes
}
