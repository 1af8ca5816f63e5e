import type { Command } from 'commander'
import { HubError } from '../../model/error.ts'
import { formatInstant, parseInstant } from '../../model/time.ts'
import { readConfig } from '../../runtime/config.ts'
import { readCertificates } from '../certificate-files.ts'
import { connect } from '../connect.ts'
import { EXIT } from '../exit.ts'
import { painted, table } from '../terminal.ts'
import { importTrust, listTrust, ROLES, type ServiceTemplate, type TrustRow } from '../trust-import.ts'
import { trustJudgingCommands } from './trust-judging.ts'

interface ImportOptions {
  readonly role: string
  readonly scope: string
  readonly name?: string
  readonly from?: string
  readonly until?: string
  readonly evidence?: string
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

  trust
    .command('import')
    .summary('导入证书并列入信任列表 | import certificates and list them')
    .description('导入证书（PEM 或 DER，可多个）并赋予角色。 | Imports certificates (PEM or DER, many at once) in a role.')
    .argument('<files...>', '证书文件或文件夹 | certificate files or folders')
    .requiredOption('--role <role>', 'anchor 信任锚 | ca 电子认证机构 | maker 制章者 | platform 成员平台')
    .option('--scope <digits>', '行政区划前缀，如 3205；空为全国 | leading digits of the divisions; empty for the nation', '')
    .option('--name <name>', '名称；平台为其标识 | name; for a platform its identifier')
    .option('--from <time>', '自何时起可信；缺省为证书生效时间 | trusted from; default the certificate’s notBefore')
    .option('--until <time>', '至何时；缺省不限 | trusted until; default open')
    .option('--evidence <text>', '依据 | why, for the record')
    .option('--json', '输出数据 | print as data')
    .action(runImport)

  trustJudgingCommands(trust)

  trust
    .command('list')
    .summary('列出信任列表 | list who is trusted')
    .option('--role <role>', '只列该角色 | only this role')
    .option('--at <time>', '该时刻的列表 | as of a time')
    .option('--json', '输出数据 | print as data')
    .action(runList)
}

async function runImport(paths: readonly string[], options: ImportOptions): Promise<void> {
  const template = templateOf(options)
  const files = await readCertificates(paths)
  const graph = await connect(readConfig())
  try {
    const rows = await importTrust(graph, files, template)
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
    const rows = services.map((service) => [
      service.role,
      service.scope || '全国',
      service.name,
      service.from.slice(0, 10),
      service.until?.slice(0, 10) ?? '',
      service.fingerprint.slice(0, 16),
    ])
    process.stdout.write(
      json
        ? `${JSON.stringify(services, null, 2)}\n`
        : `${table(['角色 role', '范围 scope', '名称 name', '自 from', '至 until', '指纹 fingerprint'], rows)}\n`,
    )
  } finally {
    await graph.close()
  }
}

function templateOf({ role, scope, name, from, until, evidence }: ImportOptions): ServiceTemplate {
  return {
    role: roleOf(role),
    scope,
    name: name ?? null,
    from: from === undefined ? null : formatInstant(parseInstant(from)),
    until: until === undefined ? null : formatInstant(parseInstant(until)),
    evidence: evidence ?? null,
  }
}

function roleOf(text: string): ServiceTemplate['role'] {
  const role = ROLES.find((one) => one === text.toUpperCase())
  if (!role) throw new HubError('BAD_INPUT', `没有这样的角色：${text}`, `no such role: ${text}`)
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
  return [...lines, total].join('\n')
}
