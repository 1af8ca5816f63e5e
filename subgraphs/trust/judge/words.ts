import type { CertificateFacts } from '../../../model/facts.ts'
import type { SealClass } from '../../../model/seal.ts'
import type { Bilingual } from '../../../model/text.ts'
import { formatInstant, type Instant, type Span } from '../../../model/time.ts'

/** The same text in both languages: a name, a code, a time. */
export function plain(text: string): Bilingual {
  return { zh: text, en: text }
}

/** `2026-11-21T08:00:00.000Z…2027-11-21T08:00:00.000Z`, open at the end where it has none. */
export function spanWords({ from, until }: Span): string {
  return `${formatInstant(from)}…${until === null ? '' : formatInstant(until)}`
}

/** `at 2026-…`. */
export function momentWords(at: Instant): Bilingual {
  return { zh: `时点 ${formatInstant(at)}`, en: `at ${formatInstant(at)}` }
}

/** What a certificate is called in an answer: its part and its subject, or its fingerprint where nothing is known of it. */
export function certificateWords(part: string, certificate: CertificateFacts | undefined, fingerprint: string): string {
  return `${part} ${certificate?.subject ?? fingerprint}`
}

/** A span that does not hold a moment. */
export function outOfTimeWords(span: Span, at: Instant): Bilingual {
  const [listed, moment] = [spanWords(span), formatInstant(at)]
  return { zh: `有效期间 ${listed}，不含 ${moment}`, en: `holds for ${listed}, not at ${moment}` }
}

/** The divisions a service may act for, where that is not the whole nation. */
export function scopeWords(scope: string): Bilingual {
  return { zh: `只适用于代码以 ${scope} 开头的区划`, en: `only for divisions whose code begins with ${scope}` }
}

/** Classes of seal a maker may make, where these are not all. */
export function classesWords(classes: readonly SealClass[]): Bilingual {
  return { zh: `只可制作 ${classes.join('、')}`, en: `may make ${classes.join(', ')} only` }
}

/** A list past its next update, or one nobody answers for. */
export function staleListWords(stale: {
  readonly service: { readonly list: string | null }
  readonly since: Instant | null
}): Bilingual {
  if (stale.since === null) {
    return {
      zh: `${stale.service.list} 信任列表的签名人已不是其发布者`,
      en: `whoever signed the trust list of ${stale.service.list} is not its operator any more`,
    }
  }
  const since = formatInstant(stale.since)
  return {
    zh: `${stale.service.list} 的信任列表自 ${since} 起逾期未更新`,
    en: `the trust list of ${stale.service.list} is past its next update since ${since}`,
  }
}

/** Joins details. */
export function joined(...parts: readonly (Bilingual | null)[]): Bilingual {
  const given = parts.filter((part) => part !== null)
  return { zh: given.map((part) => part.zh).join('；'), en: given.map((part) => part.en).join('; ') }
}
