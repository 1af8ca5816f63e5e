import type { Check, CheckOutcome } from '../model/check.ts'
import type { CertificateSummary, Conclusion } from '../model/verification-report.ts'
import { type Html, html } from './html.ts'
import { maskedName, withoutPersonalNumbers } from './masking.ts'
import type { DocumentOnPage, SealFileOnPage, SignatureOnPage, Verified } from './verify-query.ts'
import { DOCUMENT_KINDS, INDICATIONS, inBeijing, ORIGINALITY, OUTCOMES, STATES } from './words.ts'

/** Puts a text on the page as it may be read by whoever the print is passed on to. */
type Masked = (text: string) => string

/** The report on an uploaded file: the conclusion first, then every signature with its seal beside its claims, then the checks. */
export function verificationReport(name: string, verified: Verified): Html {
  const about =
    verified.kind === 'SEAL' ? sealFile(verified.seal) : documentPart(verified.document, maskingAll(verified.document.signatures))
  return html`<h2>验证报告 <span class="en" lang="en">Verification report</span></h2><p>${withoutPersonalNumbers(name)}</p>${about}`
}

function documentPart(document: DocumentOnPage, masked: Masked): Html {
  const { kind, originality, conclusion, signatures, uncoveredFiles, id } = document
  const words = DOCUMENT_KINDS[kind]
  const original = originality === null ? null : ORIGINALITY[originality]
  return html`<section>${verdict(conclusion, masked)}
<dl><dt>类型</dt><dd>${words.zh} <span class="en" lang="en">${words.en}</span></dd>
<dt>SM3</dt><dd>${id}</dd>
<dt>签名</dt><dd>${signatures.length === 0 ? '没有' : signatures.length}</dd>
${original ? html`<dt>原件</dt><dd>${original.zh} <span class="en" lang="en">${original.en}</span></dd>` : null}
${uncoveredFiles.length > 0 ? html`<dt>不受保护的内容</dt><dd>${uncoveredFiles.map(masked).join('；')}</dd>` : null}
${circumstances(conclusion)}</dl>${checkTable(conclusion.because, masked)}</section>
${signatures.map(signaturePart)}`
}

function signaturePart(signature: SignatureOnPage): Html {
  const { seal, label, isTimeStamp, format, signedAt, conclusion, addedLater, signerCertificate, makerCertificate } = signature
  const what = isTimeStamp ? { zh: '时间戳', en: 'Time-stamp' } : { zh: '签章', en: 'Signature' }
  const masked = maskingOf(signature)
  return html`<section class="signature"><h2>${what.zh} ${masked(label ?? '')} <span class="en" lang="en">${what.en}</span></h2>${verdict(conclusion, masked)}
<div class="seal">${seal && picture(seal)}<dl>
${seal && sealClaims(seal)}
<dt>格式</dt><dd>${format ?? '—'}</dd>
<dt>声称的签章时间</dt><dd>${signedAt ? inBeijing(signedAt) : '—'}</dd>
${certificate('签章人证书', signerCertificate, masked)}${certificate('制章人证书', makerCertificate, masked)}
${addedLater.length > 0 ? html`<dt>其后增添</dt><dd>${addedLater.map(masked).join('；')}</dd>` : null}
${circumstances(conclusion)}</dl></div>${checkTable(conclusion.because, masked)}</section>`
}

function sealFile(seal: SealFileOnPage): Html {
  const masked = masking([[seal.name, seal.class]], [])
  return html`<section>${verdict(seal.conclusion, masked)}<div class="seal">${picture(seal)}<dl>${sealClaims(seal)}
<dt>格式</dt><dd>${seal.format ?? '—'}</dd>${certificate('制章人证书', seal.makerCertificate, masked)}${circumstances(seal.conclusion)}</dl></div>
${checkTable(seal.conclusion.because, masked)}</section>`
}

function verdict({ indication, subIndication, summary }: Conclusion, masked: Masked): Html {
  const words = INDICATIONS[indication]
  const code = [indication, subIndication].filter(Boolean).join(' / ')
  return html`<p class="state ${words.mark}">${words.zh} <span class="en" lang="en">${words.en} (${code})</span></p>
<p>${masked(summary.zh)} <span class="en" lang="en">${masked(summary.en)}</span></p>`
}

type Claims = NonNullable<SignatureOnPage['seal']>

function sealClaims({ code, name, class: sealClass, registered, createdAt, notBefore, notAfter }: Omit<Claims, 'picture'>): Html {
  const state = registered ? STATES[registered.status.state as keyof typeof STATES] : null
  return html`<dt>印章名称</dt><dd>${name === null ? '—' : maskedName(name, sealClass)}</dd><dt>印章编码</dt><dd>${code ?? '—'}</dd>
<dt>制章时间</dt><dd>${createdAt ? inBeijing(createdAt) : '—'}</dd>
<dt>有效期</dt><dd>${notBefore && notAfter ? `${inBeijing(notBefore)} 至 ${inBeijing(notAfter)}` : '—'}</dd>
<dt>登记状态</dt><dd>${state ? state.zh : '未在本枢纽登记'}</dd>`
}

/** Only of seals that name no person: the page is for printing and passing on. */
function picture({ picture, class: sealClass, name }: Claims): Html {
  if (picture === null) return html``
  const isPublic = sealClass === 'PUBLIC'
  const address = isPublic ? picture.shown : null
  const why = isPublic ? `印模为 ${picture.type} 格式，无法在网页中完整显示` : '个人印章，不显示印模'
  if (address === null) return html`<figure><figcaption>${why}</figcaption></figure>`
  return html`<figure><img src="${address}" alt="印模：${name ?? ''}"><figcaption>印模 ${picture.width}×${picture.height} mm</figcaption></figure>`
}

function certificate(label: string, given: CertificateSummary | null, masked: Masked): Html | null {
  if (given === null) return null
  const span = `${inBeijing(given.notBefore)} 至 ${inBeijing(given.notAfter)}`
  return html`<dt>${label}</dt><dd>${masked(given.subject)}<div class="rule">${masked(given.issuer)} · ${given.serialNumber} · ${span}</div></dd>`
}

function circumstances({ reliedOnIn, asOf, knownAt, policy }: Conclusion): Html {
  return html`<dt>依赖方</dt><dd>${reliedOnIn}</dd><dt>判断时点</dt><dd>${inBeijing(asOf)}</dd><dt>所知截至</dt><dd>${inBeijing(knownAt)}</dd>
<dt>策略</dt><dd>${policy.id} ${policy.version}，吊销检查 ${policy.revocation}</dd>`
}

const ORDER: readonly CheckOutcome[] = ['FAILED', 'UNKNOWN', 'NOTE', 'PASSED']

function checkTable(checks: readonly Check[], masked: Masked): Html {
  const rows = ORDER.flatMap((outcome) => checks.filter((check) => check.outcome === outcome)).map((check) => {
    const { zh, en, sign, mark } = OUTCOMES[check.outcome]
    const next =
      check.next && html`<div>→ ${masked(check.next.zh)} <span class="en" lang="en">${masked(check.next.en)}</span></div>`
    return html`<tr><td class="${mark}">${sign} ${zh} <span class="en" lang="en">${en}</span></td>
<td>${masked(check.explanation.zh)} <span class="en" lang="en">${masked(check.explanation.en)}</span>${next}
<div class="rule">${check.check} · ${masked(check.object)} · ${check.rule.source.zh} ${check.rule.clause}</div></td></tr>`
  })
  return html`<div class="scroll" tabindex="0" role="region" aria-label="检查"><table>
<thead><tr><th scope="col">结果</th><th scope="col">检查 <span class="en" lang="en">checks</span></th></tr></thead><tbody>${rows}</tbody></table></div>`
}

function maskingAll(signatures: readonly SignatureOnPage[]): Masked {
  return (text) => signatures.map(maskingOf).reduce((shown, masked) => masked(shown), withoutPersonalNumbers(text))
}

function maskingOf({ seal, signerCertificate }: SignatureOnPage): Masked {
  const isPublic = seal?.class === 'PUBLIC'
  const subject = isPublic ? null : (signerCertificate?.subject ?? null)
  const common = [...(subject ?? '').matchAll(/(?:^|[,+])(?:CN|SN|GN)=([^,+]+)/g)].map((match) => match[1] ?? '')
  return masking(
    [[seal?.name ?? null, seal?.class ?? null]],
    common.filter((name) => name !== seal?.code),
  )
}

/** Hides names of persons wherever they stand, and numbers of persons. */
function masking(seals: readonly (readonly [string | null, string | null])[], others: readonly string[]): Masked {
  const ofSeals = seals.flatMap(([name, sealClass]) => (name === null || sealClass === 'PUBLIC' ? [] : [name]))
  const hidden = [...ofSeals, ...others].filter((name) => [...name].length > 1)
  return (text) => hidden.reduce((shown, name) => shown.replaceAll(name, maskedName(name, null)), withoutPersonalNumbers(text))
}
