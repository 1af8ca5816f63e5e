import type { Check, CheckOutcome } from '../model/check.ts'
import { both, INDICATION_WORDS, OUTCOME_MARKS, painted } from './terminal.ts'
import type { Conclusion, SealReport, SignatureReport } from './verify-query.ts'

/** A seal's report for a person: what it is, the conclusion, every check, what to do next. */
export function sealReport(report: SealReport): string {
  return [
    heading('印章', 'seal', report.name ?? report.code ?? report.id),
    ...facts([
      ['编码 code', report.code],
      ['格式 format', report.format],
      ['类别 class', report.class],
      ['制作 made', report.createdAt],
      ['有效期 validity', period(report.notBefore, report.notAfter)],
      ['制章人 maker', report.makerCertificate?.subject ?? null],
      ['登记 registered', report.registered ? report.registered.status.state : '未在本枢纽登记 not registered here'],
    ]),
    conclusion(report.conclusion),
  ].join('\n')
}

/** A signature's report for a person. */
export function signatureReport(report: SignatureReport): string {
  return [
    heading('签章', 'signature', report.seal?.name ?? report.format ?? report.id),
    ...facts([
      ['格式 format', report.format],
      [
        '印章 seal',
        report.seal ? [report.seal.code, period(report.seal.notBefore, report.seal.notAfter)].filter(Boolean).join('  ') : null,
      ],
      ['签章时间 signed at', report.signedAt],
      ['保护范围 protects', report.protects],
      ['签章人 signer', report.signerCertificate?.subject ?? null],
      ['制章人 maker', report.makerCertificate?.subject ?? null],
    ]),
    conclusion(report.conclusion),
  ].join('\n')
}

function heading(zh: string, en: string, name: string): string {
  return `${painted('bold', `${zh} ${name}`)}  ${painted('gray', en)}`
}

function facts(pairs: readonly (readonly [string, string | null])[]): string[] {
  return pairs.flatMap(([label, value]) => (value === null ? [] : [`  ${painted('gray', label)}  ${value}`]))
}

function period(from: string | null, until: string | null): string | null {
  return from && until ? `${from} – ${until}` : null
}

function conclusion(conclusion: Conclusion): string {
  const { zh, en, style } = INDICATION_WORDS[conclusion.indication]
  const code = [conclusion.indication, conclusion.subIndication].filter(Boolean).join(' / ')
  const { because, policy } = conclusion
  return [
    '',
    `${painted('bold', painted(style, `结论：${zh}`))}  ${painted(style, `${en} (${code})`)}`,
    `  ${both(conclusion.summary)}`,
    `  ${painted('gray', `依赖方 relied on in ${conclusion.reliedOnIn} · 截至 as of ${conclusion.asOf} · 所知 known at ${conclusion.knownAt}`)}`,
    `  ${painted('gray', `策略 policy ${policy.id} ${policy.version} · 吊销检查 revocation ${policy.revocation}`)}`,
    ...section('没有通过 failed', because.filter(isOutcome('FAILED')), inFull),
    ...section('不能断定 could not be told', because.filter(isOutcome('UNKNOWN')), inFull),
    ...section('请注意 notes', because.filter(isOutcome('NOTE')), inFull),
    ...section('通过 hold', because.filter(isOutcome('PASSED')), inShort),
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
