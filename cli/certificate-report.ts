import type { CertificateReport, PathMember, PathReport, RevocationReport, ServiceReport } from './certificate-query.ts'
import { pathTree } from './path-tree.ts'
import { both, OUTCOME_MARKS, painted } from './terminal.ts'

/** A certificate's report for a person: who, for what, until when, under which roots, revoked or not, and who trusts it. */
export function certificateReport(report: CertificateReport): string {
  const name = report.subjectAttributes.find(({ type }) => type === 'CN')?.value ?? report.subject
  return [
    `${painted('bold', `证书 ${name}`)}  ${painted('gray', 'certificate')}`,
    ...facts([
      ['主体 subject', report.subject],
      ['颁发者 issuer', report.issuer],
      ['序列号 serial', report.serialNumber],
      ['有效期 validity', `${report.notBefore} – ${report.notAfter}`],
      ['算法 algorithm', report.algorithm],
      ['SHA-256', report.fingerprint],
      ['SM3', report.sm3],
      ['印章编码 seal code', report.sealCode],
      ['信用代码 credit code', report.creditCode],
      ['单位 organization', report.sealCode === null ? null : report.organization],
    ]),
    ...section('扩展 extensions', report.extensions.map(extensionLine)),
    ...section('路径 paths to the roots held', pathLines(report)),
    ...section('吊销 revocation', [revocationLine(report.revocation)]),
    ...section('信任列表 trust lists', serviceLines(report)),
  ].join('\n')
}

function facts(pairs: readonly (readonly [string, string | null])[]): string[] {
  return pairs.flatMap(([label, value]) => (value === null ? [] : [`  ${painted('gray', label)}  ${value}`]))
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', `  ${painted('bold', title)}`, ...lines.map((line) => `  ${line}`)]
}

function extensionLine({ oid, name, critical, value }: CertificateReport['extensions'][number]): string {
  const mark = critical ? painted('yellow', ' 关键 critical') : ''
  return `${both(name)}${mark}  ${painted('gray', oid)}\n      ${both(value)}`
}

function pathLines({ paths, noPath, fingerprint }: CertificateReport): readonly string[] {
  if (noPath) return [`${painted('yellow', '?')} ${both(noPath.reason)}  ${painted('gray', noPath.code)}`]
  const tree = pathTree(paths, (member) => memberLine(member, member.fingerprint === fingerprint))
  return [...tree, '', ...paths.map(pathLine)]
}

/** A certificate in the tree: its name, its span, whether it was revoked, who lists it. */
function memberLine({ subject, notBefore, notAfter, revocation, services }: PathMember, isAsked: boolean): string {
  const roles = [...new Set(services.map(({ role }) => role))]
    .map((role) => painted('cyan', ` [${ROLES[role] ?? role}]`))
    .join('')
  const revoked = revocation.status === 'REVOKED' ? painted('red', ' ✗ 已吊销 revoked') : ''
  const span = painted('gray', `${notBefore.slice(0, 10)} – ${notAfter.slice(0, 10)}`)
  return `${isAsked ? painted('bold', subject) : subject}${roles}${revoked}  ${span}`
}

function pathLine({ valid, validFrom, validUntil, checks }: PathReport, index: number): string {
  const { sign, style } = OUTCOME_MARKS[valid ? 'PASSED' : 'UNKNOWN']
  const words = valid ? '此刻有效 valid at that moment' : '此刻并非全部有效 not all valid at that moment'
  const passed = checks.filter(({ outcome }) => outcome === 'PASSED').length
  const notes = checks.filter(({ outcome }) => outcome !== 'PASSED')
  const line = `${painted(style, sign)} 路径 path ${index + 1}：${words}  ${painted('gray', `${validFrom} – ${validUntil} · ${passed} 项检查通过 checks hold`)}`
  return [line, ...notes.map((check) => `    ${OUTCOME_MARKS[check.outcome].sign} ${both(check.explanation)}`)].join('\n  ')
}

const ROLES: Readonly<Record<string, string>> = {
  ANCHOR: '信任锚 anchor',
  CA: '认可的 CA recognised',
  MAKER: '制章人 maker',
  PLATFORM: '平台 platform',
}

const UNKNOWN_BECAUSE: Readonly<Record<string, string>> = {
  NO_EVIDENCE: '没有吊销信息 no evidence is held',
  STALE: '所持信息不及于该时刻 the evidence does not reach that moment',
  NOT_COVERED: '所持信息不涉及此证书 the evidence says nothing of it',
}

function revocationLine({ status, since, reason, because, kind, source, thisUpdate, nextUpdate }: RevocationReport): string {
  const by = source === null ? '' : painted('gray', `  ${kind} ${source} ${thisUpdate} – ${nextUpdate ?? '?'}`)
  if (status === 'REVOKED') return `${painted('red', '✗')} 自 ${since} 起吊销 revoked since, ${reason}${by}`
  if (status === 'UNKNOWN') return `${painted('yellow', '?')} 不明 unknown：${UNKNOWN_BECAUSE[because ?? ''] ?? because}${by}`
  const later = because === 'REVOKED_LATER' ? `；其后吊销 revoked later, ${reason}` : ''
  return `${painted('green', '✓')} 未吊销 not revoked${later}${by}`
}

/** Every list entry that names the certificate or one above it. */
function serviceLines({ services, paths, subject }: CertificateReport): readonly string[] {
  const above = new Map(paths.flatMap(({ certificates }) => certificates.slice(1)).map((member) => [member.fingerprint, member]))
  const lines = [
    ...services.map((service) => serviceLine(subject, service)),
    ...[...above.values()].flatMap((member) => member.services.map((service) => serviceLine(member.subject, service))),
  ]
  return lines.length > 0 ? lines : [painted('yellow', '? 没有列表列入此证书或其上级 no list names it or any above it')]
}

function serviceLine(subject: string, { role, scope, from, until, list }: ServiceReport): string {
  const where = scope === '' ? '全国 nationwide' : `${scope}…`
  const says = list === null ? '本枢纽 this hub' : `${list} 的列表 list`
  return `${painted('cyan', ROLES[role] ?? role)}  ${subject}  ${painted('gray', `${where} · ${from.slice(0, 10)} – ${until?.slice(0, 10) ?? '…'} · ${says}`)}`
}
