import type { Ask } from '../model/ask.ts'
import { HubError, type HubErrorCode } from '../model/error.ts'
import type { DocumentReport, SealReport, SignatureReport } from '../model/verification-report.ts'

interface Picture {
  readonly type: string
  readonly width: number
  readonly height: number
  /** A `data:` address; null when it cannot be shown. */
  readonly shown: string | null
}

type SealOnPage = NonNullable<SignatureReport['seal']> & { readonly picture: Picture | null }

export type SignatureOnPage = Omit<SignatureReport, 'seal' | 'integrity'> & { readonly seal: SealOnPage | null }
export type DocumentOnPage = Omit<DocumentReport, 'signatures' | 'integrity'> & {
  readonly signatures: readonly SignatureOnPage[]
}
export type SealFileOnPage = Omit<SealReport, 'integrity'> & { readonly picture: Picture | null }

/** What a page asks: for whom, how strictly. */
export interface PageQuestion {
  readonly reliedOnIn: string | null
  readonly revocation: 'REQUIRED' | 'OPTIONAL'
}

const VARIABLES = '$file: FileReference!, $reliedOnIn: DivisionCode, $revocation: RevocationRequirement!'
const CONCLUSION = `conclusion(reliedOnIn: $reliedOnIn, revocation: $revocation) {
  indication subIndication summary { zh en } reliedOnIn asOf knownAt policy { id version revocation }
  because { check object outcome rule { source { zh en } clause } explanation { zh en } next { zh en } }
}`
const CERTIFICATE = '{ fingerprint subject issuer serialNumber algorithm keyUsage notBefore notAfter }'
const CLAIMS = `id format code name class kind vendor createdAt notBefore notAfter
  registered { status { state since } } picture { type width height shown }`

const DOCUMENT = `query DocumentPage(${VARIABLES}, $content: FileReference) {
  verifyDocument(file: $file, content: $content) {
    id kind originality uncoveredFiles ${CONCLUSION}
    signatures {
      id label isTimeStamp format signedAt protects addedLater seal { ${CLAIMS} }
      signerCertificate ${CERTIFICATE} makerCertificate ${CERTIFICATE} ${CONCLUSION}
    }
  }
}`
const SEAL = `query SealPage(${VARIABLES}) {
  inspectSeal(file: $file) { ${CLAIMS} makerCertificate ${CERTIFICATE} ${CONCLUSION} }
}`

/** The documents this page asks, for the gateway to plan at start. */
export const VERIFY_PAGE_DOCUMENTS = [DOCUMENT, SEAL] as const

/** What an uploaded file turned out to be. */
export type Verified =
  | { readonly kind: 'DOCUMENT'; readonly document: DocumentOnPage }
  | { readonly kind: 'SEAL'; readonly seal: SealFileOnPage }

/**
 * Asks about an uploaded file as a document, and as a seal when it is none.
 * @param content digest of the content a signature value on its own signs; null without one.
 * @throws HubError the code the hub gave, UNAVAILABLE when it answered nothing
 */
export async function askAboutUpload(
  ask: Ask,
  digest: string,
  content: string | null,
  question: PageQuestion,
): Promise<Verified> {
  const file = { digest }
  try {
    const given = { file, content: content === null ? null : { digest: content }, ...question }
    const { verifyDocument } = await answer<{ verifyDocument: DocumentOnPage }>(ask, DOCUMENT, given)
    return { kind: 'DOCUMENT', document: verifyDocument }
  } catch (error) {
    if (!isUnreadable(error) || content !== null) throw error
    return askAboutSealFile(ask, digest, question)
  }
}

async function askAboutSealFile(ask: Ask, digest: string, question: PageQuestion): Promise<Verified> {
  try {
    const { inspectSeal } = await answer<{ inspectSeal: SealFileOnPage }>(ask, SEAL, { file: { digest }, ...question })
    return { kind: 'SEAL', seal: inspectSeal }
  } catch (cause) {
    if (!isUnreadable(cause)) throw cause
    throw new HubError('UNREADABLE', '不是已知的文件、印章或签章格式', 'no known document, seal or signature format', { cause })
  }
}

function isUnreadable(error: unknown): boolean {
  return error instanceof HubError && error.code === 'UNREADABLE'
}

async function answer<Data>(ask: Ask, query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
  const { data, errors } = await ask(query, variables)
  if (!errors?.length && data) return data as Data
  const { code, zh, en } = (errors?.[0]?.extensions ?? {}) as { code?: HubErrorCode; zh?: string; en?: string }
  if (code && zh && en) throw new HubError(code, zh, en)
  throw new HubError('UNAVAILABLE', '验证暂不可用，请稍后再试', 'the hub cannot verify now, try again later')
}
