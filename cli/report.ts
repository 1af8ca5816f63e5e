import type { Check, CheckOutcome } from '../model/check.ts'
import type { CertificateSummary, Conclusion, DocumentReport, SealReport, SignatureReport } from '../model/verification-report.ts'
import type { Layer } from './layers.ts'
import { both, INDICATION_WORDS, OUTCOME_MARKS, painted } from './terminal.ts'

/** A document's report for a person: the conclusion on it first, then each of its signatures. */
export function documentReport(report: DocumentReport, layer: Layer): string {
  if (report.kind === 'SIGNATURE_VALUE') return report.signatures.map((one) => signatureReport(one, layer)).join('\n\n')
  const { signatures } = report
  const about = [
    heading('文件', 'document', `${report.kind} ${report.id.slice(0, 16)}`),
    ...facts(layer, [
      ['签名 signatures', signatures.length === 0 ? '没有 none' : String(signatures.length)],
      ['原件 originality', report.originality === null ? null : (ORIGINALITY[report.originality] ?? report.originality)],
      ['未受保护 unprotected', report.uncoveredFiles.join('; ') || null],
    ]),
    conclusion(report.conclusion, layer),
  ].join('\n')
  return [about, ...signatures.map((one) => signatureReport(one, layer))].join('\n\n')
}

const ORIGINALITY: Readonly<Record<string, string>> = {
  ORIGINAL: '原件 the original',
  CONVERTED_COPY: '转换而来的副本 a converted copy',
  PRINTED_COPY: '打印或扫描的副本 a printed or scanned copy',
  UNDECIDED: '无从断定 cannot be told',
}

/** A seal's report for a person: what it is, the conclusion, every check, what to do next. */
export function sealReport(report: SealReport, layer: Layer): string {
  return [
    heading('印章', 'seal', report.name ?? report.code ?? report.id),
    ...facts(layer, [
      ['编码 code', report.code],
      ['格式 format', report.format],
      ['类别 class', report.class],
      ['制作 made', report.createdAt],
      ['有效期 validity', period(report.notBefore, report.notAfter)],
      ['制章人 maker', report.makerCertificate?.subject ?? null],
      ['登记 registered', report.registered ? report.registered.status.state : '未在本枢纽登记 not registered here'],
      ...(layer === 'diagnostic' ? certificate('制章人证书 maker certificate', report.makerCertificate) : []),
    ]),
    conclusion(report.conclusion, layer),
  ].join('\n')
}

/** A signature's report for a person. */
function signatureReport(report: SignatureReport, layer: Layer): string {
  const { seal, label } = report
  const name = [label, seal?.name ?? report.format ?? report.id].filter(Boolean).join(' · ')
  const isDiagnostic = layer === 'diagnostic'
  return [
    report.isTimeStamp ? heading('时间戳', 'time-stamp', name) : heading('签章', 'signature', name),
    ...facts(layer, [
      ['格式 format', report.format],
      ['印章 seal', seal ? [seal.code, period(seal.notBefore, seal.notAfter)].filter(Boolean).join('  ') : null],
      ['登记 registered', seal && (seal.registered ? seal.registered.status.state : '未在本枢纽登记 not registered here')],
      ['签章时间 signed at', report.signedAt],
      ['保护范围 protects', report.protects],
      ['其后增添 added later', report.addedLater.join('; ') || null],
      ['签章人 signer', report.signerCertificate?.subject ?? null],
      ['制章人 maker', report.makerCertificate?.subject ?? null],
      ...(isDiagnostic ? certificate('签章人证书 signer certificate', report.signerCertificate) : []),
      ...(isDiagnostic ? certificate('制章人证书 maker certificate', report.makerCertificate) : []),
    ]),
    conclusion(report.conclusion, layer),
  ].join('\n')
}

type Fact = readonly [string, string | null]

function certificate(label: string, given: CertificateSummary | null): readonly Fact[] {
  if (given === null) return []
  const { fingerprint, issuer, serialNumber, algorithm, keyUsage, notBefore, notAfter } = given
  const words = [issuer, serialNumber, algorithm, keyUsage?.join(' ') ?? '–', period(notBefore, notAfter), fingerprint]
  return [[label, words.join(' · ')]]
}

function heading(zh: string, en: string, name: string): string {
  return `${painted('bold', `${zh} ${name}`)}  ${painted('gray', en)}`
}

/** A sentence says enough without them. */
function facts(layer: Layer, pairs: readonly Fact[]): string[] {
  if (layer === 'simple') return []
  return pairs.flatMap(([label, value]) => (value === null ? [] : [`  ${painted('gray', label)}  ${value}`]))
}

function period(from: string | null, until: string | null): string | null {
  return from && until ? `${from} – ${until}` : null
}

function conclusion(conclusion: Conclusion, layer: Layer): string {
  const { zh, en, style } = INDICATION_WORDS[conclusion.indication]
  const code = [conclusion.indication, conclusion.subIndication].filter(Boolean).join(' / ')
  const { because, policy } = conclusion
  const sentence = [
    '',
    `${painted('bold', painted(style, `结论：${zh}`))}  ${painted(style, `${en} (${code})`)}`,
    `  ${both(conclusion.summary)}`,
  ]
  if (layer === 'simple') return sentence.join('\n')
  const passed = layer === 'diagnostic' ? inFull : inShort
  return [
    ...sentence,
    `  ${painted('gray', `依赖方 relied on in ${conclusion.reliedOnIn} · 截至 as of ${conclusion.asOf} · 所知 known at ${conclusion.knownAt}`)}`,
    `  ${painted('gray', `策略 policy ${policy.id} ${policy.version} · 吊销检查 revocation ${policy.revocation}`)}`,
    ...section('没有通过 failed', because.filter(isOutcome('FAILED')), inFull),
    ...section('不能断定 could not be told', because.filter(isOutcome('UNKNOWN')), inFull),
    ...section('请注意 notes', because.filter(isOutcome('NOTE')), inFull),
    ...section('通过 hold', because.filter(isOutcome('PASSED')), passed),
    ...section('不适用 do not apply', because.filter(isOutcome('NOT_APPLICABLE')), inShort),
  ].join('\n')
}

function isOutcome(outcome: CheckOutcome): (check: Check) => boolean {
  return (check) => check.outcome === outcome
}

function section(title: string, checks: readonly Check[], lines: (check: Check) => string): string[] {
  return checks.length === 0 ? [] : ['', `  ${painted('bold', title)} (${checks.length})`, ...checks.map(lines)]
}

/** What a reader must see: the sentence, what it was done on, by which rule, what to do. */
function inFull(check: Check): string {
  const { sign, style } = OUTCOME_MARKS[check.outcome]
  const { source, clause } = check.rule
  const lines = [
    `  ${painted(style, sign)} ${both(check.explanation)}`,
    `      ${painted('gray', `${check.check} · ${check.object} · ${source.zh} ${clause}`)}`,
  ]
  if (check.next) lines.push(`      → ${both(check.next)}`)
  return lines.join('\n')
}

function inShort({ check, outcome, explanation, object, rule }: Check): string {
  const { sign, style } = OUTCOME_MARKS[outcome]
  return `  ${painted(style, sign)} ${explanation.zh}  ${painted('gray', `${check} · ${object} · ${rule.source.zh} ${rule.clause}`)}`
}
