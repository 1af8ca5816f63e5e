/** What a caller may be told. Everything else is masked with a correlation id by the gateway. */
export type HubErrorCode =
  | 'BAD_INPUT' // the request's own words are wrong: a time, a code, an argument
  | 'UNREADABLE' // the bytes handed in are no known structure
  | 'TOO_LARGE' // a limit on bytes, rows, depth or number was passed
  | 'NOT_FOUND'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'ENVELOPE_SIGNATURE' // the envelope's signature does not hold, or its signer is not the platform it speaks for
  | 'ENVELOPE_SEQUENCE' // the envelope does not follow the one last received
  | 'REPLAY' // the same message id or position with other content
  | 'NOT_A_MEMBER' // no standing as a member platform at this time
  | 'OUT_OF_SCOPE' // another division's, another platform's
  | 'STALE' // an older source revision than the one held
  | 'CONFLICT' // the same source revision with other content
  | 'INTEGRITY' // the seal handed in is broken: a check of its own bytes does not hold
  | 'POLICY' // refused by an article of a measure, named in the message
  | 'FACTS_REFUSED' // sealed facts that are forged, foreign, swapped or stale
  | 'UNAVAILABLE' // a part of the hub does not answer
  | 'RATE_LIMITED'
  | 'UNSUPPORTED'

/** The one error a caller may see: a code from a closed union, Chinese first, English beside. */
export class HubError extends Error {
  readonly code: HubErrorCode
  readonly zh: string
  readonly en: string

  constructor(code: HubErrorCode, zh: string, en: string, options?: ErrorOptions) {
    super(`${zh} / ${en}`, options)
    this.name = 'HubError'
    this.code = code
    this.zh = zh
    this.en = en
  }
}
