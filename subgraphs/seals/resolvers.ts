import { shownPicture } from '../../pki/picture/shown-picture.ts'
import type { SealPicture } from '../../pki/ses/seal-info.ts'
import type { Resolvers } from '../../runtime/local-subgraph.ts'
import { Base64, DateTime, DivisionCode, SealCode } from '../../runtime/scalars.ts'
import { type Admission, admitEnvelope } from './admission/admission.ts'
import { assertDisclosed, mustBe } from './disclosure.ts'
import { documentFields } from './document-fields.ts'
import type { FileReference } from './file-reference.ts'
import { inspectSeal, verifyDocument } from './inspect.ts'
import { sealInspectionFields, signatureFields } from './inspection-fields.ts'
import type { Asking, SealsRoom } from './room.ts'
import { sealFields } from './seal-fields.ts'
import { type Distrust, sealImpact } from './seal-impact.ts'
import { type NoticesArguments, notices, type SealsArguments, sealStatuses, seals } from './seal-queries.ts'
import type { AsOf } from './status.ts'

/** Everything the SDL promises, over one room. */
export function sealsResolvers(room: SealsRoom): Resolvers {
  return {
    DateTime,
    DivisionCode,
    SealCode,
    Base64,
    Query: {
      seal: async (_: unknown, { code }: { readonly code: string }, { load, caller }: Asking) => {
        const seal = await load(code)
        if (seal) assertDisclosed(seal, caller, room)
        return seal
      },
      sealStatuses: (_: unknown, question: AsOf & { readonly codes: readonly string[] }, asking: Asking) => {
        mustBe('member', asking)
        return sealStatuses(question, room)
      },
      seals: (_: unknown, question: SealsArguments, asking: Asking) => {
        mustBe('member', asking)
        return seals(question, room)
      },
      notices: (_: unknown, question: NoticesArguments, asking: Asking) => notices(question, asking, room),
      inspectSeal: (_: unknown, { file }: { readonly file: FileReference }, { caller }: Asking) =>
        inspectSeal(file, caller, room),
      verifyDocument: (_: unknown, { file, content }: DocumentArguments, { caller }: Asking) =>
        verifyDocument(file, content ?? null, caller, room),
      streamPosition: (
        _: unknown,
        { platform, stream }: { readonly platform: string; readonly stream: string },
        asking: Asking,
      ) => {
        mustBe('adapter', asking)
        return room.store.position(platform, stream)
      },
    },
    Mutation: {
      admitEnvelope: async (_: unknown, { envelope, memberFacts }: AdmissionArguments, asking: Asking) => {
        mustBe('adapter', asking)
        const admission = await admitEnvelope(envelope, memberFacts, room)
        room.log.info(summaryOf(admission), 'envelope taken in')
        return { ...admission, ...admission.header }
      },
    },
    Seal: sealFields(room),
    SealInspection: sealInspectionFields(room),
    SealPicture: { shown: ({ data }: SealPicture) => shownPicture(data) },
    DocumentVerification: documentFields(room),
    SignatureVerification: signatureFields(room),
    TrustImpact: {
      __resolveReference: (distrust: Distrust) => distrust,
      seals: (distrust: Distrust, _: unknown, asking: Asking) => {
        mustBe('administrator', asking)
        return sealImpact(distrust, asking, room)
      },
    },
  }
}

interface DocumentArguments {
  readonly file: FileReference
  readonly content?: FileReference | null
}

interface AdmissionArguments {
  readonly envelope: Uint8Array
  readonly memberFacts: string
}

function summaryOf({ header: { platform, stream, sequence }, repeated, rows }: Admission) {
  return {
    platform,
    stream,
    sequence,
    repeated,
    rows: rows.length,
    refused: rows.filter(({ refusal }) => refusal !== null).length,
  }
}
