import type { Command } from 'commander'
import { HubError } from '../../model/error.ts'
import { SERVICE_END_REASONS } from '../../model/service-end.ts'
import { formatInstant, parseInstant } from '../../model/time.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import { readConfig } from '../../runtime/config.ts'
import { readCertificates } from '../certificate-files.ts'
import { connect } from '../connect.ts'
import { EXIT } from '../exit.ts'
import { readInput } from '../input.ts'
import { constantOf, painted, table, wordsOf } from '../terminal.ts'
import { importTrust, listTrust, ROLES, type ServiceTemplate, type TrustRow, type TrustService } from '../trust-import.ts'
import { trustJudgingCommands } from './trust-judging.ts'
import { trustListCommands } from './trust-lists.ts'
import { trustProposalCommands } from './trust-proposals.ts'

const MAXIMUM_EVIDENCE_BYTES = 256 * 1024 * 1024

const END_CODES = wordsOf(SERVICE_END_REASONS)
const ROLE_WORDS = wordsOf(ROLES)

interface ImportOptions {
  readonly role: string
  readonly scope: string
  readonly name?: string
  readonly from?: string
  readonly until?: string
  readonly evidence?: string
  readonly evidenceFile?: string
  readonly endCode?: string
  readonly endReason?: string
  readonly classes?: string
  readonly caKind?: string
  readonly location?: string
  readonly json?: boolean
}

interface ListOptions {
  readonly role?: string
  readonly at?: string
  readonly json?: boolean
}

/** `sealhub trust import` and `sealhub trust list` */
export function trustCommand(program: Command): void {
  const trust = program
    .command('trust')
    .summary('信任列表 | trust lists')
    .description('谁可签发、制作、报送，在何处、自何时。 | Who may certify, make, push; where and since when.')

  serviceOptions(trust.command('import'))
    .summary('导入证书并列入信任列表 | import certificates and list them')
    .description(
      '导入证书（PEM 或 DER，可多个）并赋予角色；须两人时改为提议。 | Imports certificates (PEM or DER, many at once) in a role; where two people are needed, proposes it.',
    )
    .action((paths: readonly string[], options: ImportOptions) => runImport(paths, options, 'IMPORT'))
  serviceOptions(trust.command('propose'))
    .summary('提议列入或终止，待他人批准 | propose it, for another to approve')
    .action((paths: readonly string[], options: ImportOptions) => runImport(paths, options, 'PROPOSE'))

  trustJudgingCommands(trust)
  trustListCommands(trust)
  trustProposalCommands(trust)

  trust
    .command('list')
    .summary('列出信任列表 | list who is trusted')
    .description('含已终止的；--at 只列该时刻在列的。 | Ended ones too; with --at only who was listed then.')
    .option('--role <role>', '只列该角色 | only this role')
    .option('--at <time>', '该时刻的列表 | as of a time')
    .option('--json', '输出数据 | print as data')
    .action(runList)
}

/** What a certificate is to be listed as. */
function serviceOptions(command: Command): Command {
  return command
    .argument('<files...>', '证书文件或文件夹 | certificate files or folders')
    .requiredOption(
      '--role <role>',
      'anchor 信任锚 | ca 电子认证机构 | maker 制章者 | status-publisher 状态发布者 | time-stamp-authority 时间戳机构 | platform 成员平台 | list-operator 列表发布者',
    )
    .option('--scope <digits>', '行政区划前缀，如 3205；空为全国 | leading digits of the divisions; empty for the nation', '')
    .option('--name <name>', '名称；平台为其标识 | name; for a platform its identifier')
    .option('--from <time>', '自何时起可信；缺省为证书生效时间 | trusted from; default the certificate’s notBefore')
    .option('--until <time>', '至何时；缺省不限 | trusted until; default open')
    .option('--evidence <text>', '依据 | why, for the record')
    .option('--evidence-file <file>', '依据文件，只记其 SM3 | the document behind that: its SM3 is recorded')
    .option('--end-code <code>', `终止原因代码，与 --until 同用 | why it ends, with --until: ${END_CODES}`)
    .option('--end-reason <text>', '终止原因的说明，与 --end-code 同用 | the same in words, beside --end-code')
    .option('--classes <classes>', '制章者可制的印章类别 | of a maker: public,position,private')
    .option('--ca-kind <kind>', '认证机构类别：e-government 电子政务电子认证 | general 电子认证')
    .option('--location <url>', '列表发布者的列表地址 | of the operator of a list: where it is published')
    .option('--json', '输出数据 | print as data')
}

async function runImport(paths: readonly string[], options: ImportOptions, how: 'IMPORT' | 'PROPOSE'): Promise<void> {
  const template = await templateOf(options)
  const files = await readCertificates(paths)
  const graph = await connect(readConfig())
  try {
    const rows = await importTrust(graph, files, template, how)
    process.stdout.write(options.json ? `${JSON.stringify(rows, null, 2)}\n` : `${summary(rows)}\n`)
    if (rows.some((row) => row.outcome === 'REFUSED')) process.exitCode = EXIT.refused
  } finally {
    await graph.close()
  }
}

async function runList({ role, at, json }: ListOptions): Promise<void> {
  const graph = await connect(readConfig())
  try {
    const services = await listTrust(
      graph,
      role === undefined ? null : roleOf(role),
      at === undefined ? null : formatInstant(parseInstant(at)),
    )
    process.stdout.write(json ? `${JSON.stringify(services, null, 2)}\n` : `${servicesTable(services)}\n`)
  } finally {
    await graph.close()
  }
}

function servicesTable(services: readonly TrustService[]): string {
  const rows = services.map(({ role, scope, name, from, until, endCode, endReason, classes, caKind, list, ...service }) => [
    role,
    scope || '全国',
    name,
    from.slice(0, 10),
    [until?.slice(0, 10), endCode ?? endReason].filter(Boolean).join(' '),
    [classes?.join('、'), caKind, service.location].filter(Boolean).join(' '),
    list ?? '本枢纽 own',
    service.notAfter?.slice(0, 10) ?? '',
    service.fingerprint.slice(0, 16),
  ])
  const head = [
    '角色 role',
    '范围 scope',
    '名称 name',
    '自 from',
    '至 until',
    '限定 limits',
    '出自 list',
    '证书至 expires',
    '指纹 fingerprint',
  ]
  return table(head, rows)
}

async function templateOf(options: ImportOptions): Promise<ServiceTemplate> {
  const { role, scope, name, from, until, evidence, evidenceFile, endReason, classes, caKind, location } = options
  if (options.endReason !== undefined && options.endCode === undefined) throw codeMissing()
  return {
    role: roleOf(role),
    scope,
    name: name ?? null,
    from: from === undefined ? null : formatInstant(parseInstant(from)),
    until: until === undefined ? null : formatInstant(parseInstant(until)),
    evidence: evidence ?? null,
    evidenceDigest: evidenceFile === undefined ? null : sm3Hex(await readInput(evidenceFile, MAXIMUM_EVIDENCE_BYTES)),
    endCode: options.endCode === undefined ? null : endCodeOf(options.endCode),
    endReason: endReason ?? null,
    classes: classes === undefined ? null : classes.split(',').map(constantOf),
    caKind: caKind === undefined ? null : constantOf(caKind),
    location: location ?? null,
  }
}

/** Words alone would cast doubt on everything the service ever vouched for. */
function codeMissing(): HubError {
  return new HubError('BAD_INPUT', `请以 --end-code 指明终止原因：${END_CODES}`, `say why by --end-code: ${END_CODES}`)
}

function endCodeOf(text: string): string {
  const code = SERVICE_END_REASONS.find((one) => one === constantOf(text))
  if (!code)
    throw new HubError(
      'BAD_INPUT',
      `没有这样的终止原因：${text}；可用 ${END_CODES}`,
      `no such reason: ${text}; there are ${END_CODES}`,
    )
  return code
}

function roleOf(text: string): ServiceTemplate['role'] {
  const role = ROLES.find((one) => one === constantOf(text))
  if (!role)
    throw new HubError(
      'BAD_INPUT',
      `没有这样的角色：${text}；可用 ${ROLE_WORDS}`,
      `no such role: ${text}; there are ${ROLE_WORDS}`,
    )
  return role
}

function summary(rows: readonly TrustRow[]): string {
  const count = (outcome: TrustRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  const refused = rows.filter((row) => row.outcome === 'REFUSED')
  const lines = refused.map(
    (row) =>
      `  ${painted('red', '✗')} ${row.file}  ${row.refusal?.code ?? ''}  ${row.refusal?.reason.zh ?? ''}  ${painted('gray', row.refusal?.reason.en ?? '')}`,
  )
  const total = `导入 imported ${count('IMPORTED')} · 未变 unchanged ${count('UNCHANGED')} · 拒绝 refused ${refused.length}`
  const proposals = [...new Set(rows.flatMap(({ proposal }) => proposal ?? []))]
  const waiting = proposals.map((id) => `已提议，须另一名管理员批准 proposed, approve it with: sealhub trust approve ${id}`)
  return [...lines, total, ...waiting].join('\n')
}
