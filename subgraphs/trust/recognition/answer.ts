import { type DivisionCode, PROVINCES } from '../../../model/division-code.ts'
import { HubError } from '../../../model/error.ts'
import type { SealClass } from '../../../model/seal.ts'
import type { Instant } from '../../../model/time.ts'
import type { Use } from '../../../model/use.ts'
import { type Recognition, recognise, SEAL_CLASSES } from '../recognition.ts'
import type { TrustRoom } from '../room.ts'
import type { TrustSnapshot } from '../snapshot.ts'
import type { Agreement } from './agreement.ts'
import { isInForce, type UseInput, useOf } from './agreement-input.ts'
import { recognitionWords } from './words.ts'

const MAXIMUM_DIVISIONS = 64
const EVERYTHING = Number.MAX_SAFE_INTEGER

interface Moments {
  readonly at?: Instant | null
  readonly knownAt?: Instant | null
  readonly use?: UseInput | null
}

export interface RecognitionArguments extends Moments {
  readonly reliedOnIn: DivisionCode
  readonly issuedIn: DivisionCode
}

/** `Query.recognition`: class by class, with the article, as of a time. */
export async function recognitionBetween(room: TrustRoom, asked: RecognitionArguments) {
  const { at, knownAt, use } = momentsOf(room, asked)
  const trust = await room.lists.snapshot()
  const { reliedOnIn, issuedIn } = asked
  const classes = SEAL_CLASSES.map((sealClass) => answer(room, trust, { ...asked, sealClass, use, at, knownAt }))
  return { reliedOnIn, issuedIn, at, classes: classes.map(recognitionNode) }
}

export interface RecognisedArguments extends RecognitionArguments {
  readonly class: SealClass
  readonly governmentCa?: boolean | null
}

/** `Query.recognised`, in the shape of TRQP: does one authority recognise another for this, then; with the rule. */
export async function recognised(room: TrustRoom, asked: RecognisedArguments) {
  const { at, knownAt, use } = momentsOf(room, asked)
  const trust = await room.lists.snapshot()
  const told = answer(room, trust, { ...asked, sealClass: asked.class, use, at, knownAt })
  return {
    authority: asked.reliedOnIn,
    entity: asked.issuedIn,
    timeRequested: asked.at ?? null,
    timeEvaluated: at,
    ...recognitionNode(told),
  }
}

export interface MatrixArguments extends Moments {
  readonly divisions?: readonly DivisionCode[] | null
}

/**
 * `Query.recognitionMatrix`: who accepts whose seals, class by class, both ways. Without divisions all provinces and whoever has
 * an agreement then.
 * @throws HubError TOO_LARGE over 64 divisions.
 */
export async function recognitionMatrix(room: TrustRoom, { divisions, ...asked }: MatrixArguments) {
  const moments = momentsOf(room, asked)
  const trust = await room.lists.snapshot()
  const known = divisions ? [...new Set(divisions)] : knownDivisions(trust, moments)
  if (known.length > MAXIMUM_DIVISIONS)
    throw new HubError('TOO_LARGE', `最多 ${MAXIMUM_DIVISIONS} 个区划`, `at most ${MAXIMUM_DIVISIONS} divisions`)
  const accepted = (reliedOnIn: DivisionCode, issuedIn: DivisionCode) =>
    SEAL_CLASSES.map((sealClass) => answer(room, trust, { reliedOnIn, issuedIn, sealClass, ...moments })).filter(
      (one) => one.recognised,
    )
  const cells = new Map(known.flatMap((a) => known.map((b) => [`${a} ${b}`, accepted(a, b)] as const)))
  const classesOf = (a: DivisionCode, b: DivisionCode) => (cells.get(`${a} ${b}`) ?? []).map((one) => one.question.sealClass)
  return {
    at: moments.at,
    divisions: known,
    rows: known.map((reliedOnIn) => ({
      reliedOnIn,
      cells: known.map((issuedIn) => {
        const mine = classesOf(reliedOnIn, issuedIn)
        const theirs = classesOf(issuedIn, reliedOnIn)
        const stood = (cells.get(`${reliedOnIn} ${issuedIn}`) ?? []).map(({ agreement }) => agreement?.id)
        return {
          issuedIn,
          accepted: mine,
          notReturned: mine.filter((sealClass) => !theirs.includes(sealClass)),
          agreements: [...new Set(stood.filter((id) => id !== undefined))],
        }
      }),
    })),
  }
}

function knownDivisions(trust: TrustSnapshot, { at, knownAt }: { readonly at: Instant; readonly knownAt: Instant }) {
  const agreed = trust.agreements.all(knownAt).filter((agreement) => isInForce(agreement, at))
  const named = agreed.flatMap(({ reliedOnIn, issuedIn }) => [reliedOnIn, issuedIn])
  return [...new Set([...PROVINCES, ...named])].slice(0, MAXIMUM_DIVISIONS).sort()
}

interface Asked {
  readonly reliedOnIn: DivisionCode
  readonly issuedIn: DivisionCode
  readonly sealClass: SealClass
  readonly use: Use
  readonly governmentCa?: boolean | null
  readonly at: Instant
  readonly knownAt: Instant
}

function answer(room: TrustRoom, trust: TrustSnapshot, { knownAt, governmentCa = null, ...asked }: Asked): Recognition {
  const policy = room.policies.governing(asked.reliedOnIn, asked.at)
  return recognise(policy, { ...asked, governmentCa }, () => trust.agreements.between(asked.reliedOnIn, asked.issuedIn, knownAt))
}

function momentsOf(room: TrustRoom, { at, knownAt, use }: Moments) {
  const now = room.now()
  if (knownAt != null && knownAt > now) throw new HubError('BAD_INPUT', 'knownAt 在未来', 'knownAt lies in the future')
  return { at: at ?? knownAt ?? now, knownAt: knownAt ?? EVERYTHING, use: useOf(use) }
}

/** Recognition as the graph shows it. */
function recognitionNode(recognition: Recognition): object {
  const { question, basis, rule, agreement } = recognition
  const explanation = recognitionWords(recognition)
  const stands = recognition.recognised ? agreement : null
  return {
    class: question.sealClass,
    recognised: recognition.recognised,
    basis,
    rule,
    explanation,
    agreement: stands && agreementNode(stands),
  }
}

/** An agreement as the graph shows it: repealed from the first moment at which it holds no more. */
export function agreementNode({ span, ...agreement }: Agreement): object {
  return { ...agreement, enactedFrom: span.from, repealedFrom: span.until === null ? null : span.until + 1 }
}
