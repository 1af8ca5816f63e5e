import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import { addAdministrator, askAdministrators, askEvents, removeAdministrator, type Submission } from '../administration-query.ts'
import { tokenDigest } from '../operator.ts'
import { table } from '../terminal.ts'
import { withGraph } from '../with-graph.ts'
import { proposalText } from './trust-proposals.ts'

const EVENTS_SHOWN = 100

/** `sealhub administrator` */
export function administratorCommand(program: Command): void {
  const administrator = program
    .command('administrator')
    .summary('管理员与变更记录 | administrators, and what was done')
    .description(
      '自登记管理员起，变更信任须一人提议、另一人批准。头两名由操作员登记。 | Once there are administrators, one proposes a change of trust and another approves it. The first two are entered by the operator.',
    )
  administrator
    .command('token')
    .summary('为自己生成令牌及其摘要 | make a token for yourself, and its digest')
    .description(
      '令牌存入文件（SEALHUB_TOKEN_FILE），只把摘要交给他人。 | Keep the token in a file; give others only the digest.',
    )
    .action(() => {
      const token = newToken()
      print(`令牌 token   ${token}\n摘要 digest  ${tokenDigest(token)}`)
    })
  administrator
    .command('add')
    .summary('增补管理员 | add an administrator')
    .argument('<name>', '姓名或代号 | name')
    .option(
      '--digest <sm3>',
      '本人令牌的摘要；缺省生成令牌并只显示一次 | digest of their token; a token is made and shown once if absent',
    )
    .option('--why <text>', '理由 | why', '任命 appointment')
    .action(runAdd)
  administrator
    .command('remove')
    .summary('免去管理员 | remove an administrator')
    .argument('<name>', '姓名或代号 | name')
    .requiredOption('--why <text>', '理由 | why')
    .action(async (name: string, { why }: { why: string }) => {
      print(submissionText(await withGraph((graph) => removeAdministrator(graph, name, why)), `已免去 removed ${name}`))
    })
  administrator
    .command('list')
    .summary('列出管理员 | list administrators')
    .action(async () => {
      const rows = (await withGraph(askAdministrators)).map(({ name, since }) => [name, since.slice(0, 16)])
      print(table(['管理员 name', '自 since'], rows))
    })
  administrator
    .command('log')
    .summary('谁在何时为何变更了信任 | who changed trust, when and why')
    .option('--json', '输出数据 | print as data')
    .action(runLog)
}

async function runAdd(name: string, { digest, why }: { digest?: string; why: string }): Promise<void> {
  const token = digest === undefined ? newToken() : null
  const submission = await withGraph((graph) => addAdministrator(graph, name, digest ?? tokenDigest(token ?? ''), why))
  print(submissionText(submission, `已登记 added ${name}`))
  if (token !== null) print(`令牌（只显示这一次，请交本人保管） token, shown this once:\n${token}`)
}

async function runLog({ json }: { json?: boolean }): Promise<void> {
  const events = await withGraph((graph) => askEvents(graph, EVENTS_SHOWN))
  const rows = events.map(({ recordedAt, kind, by, why, summary }) => [recordedAt.slice(0, 19), kind, by, summary?.zh ?? '', why])
  print(json ? JSON.stringify(events, null, 2) : table(['时间 at', '步骤 step', '何人 by', '内容 what', '理由 why'], rows))
}

function submissionText({ proposal }: Submission, done: string): string {
  return proposal ? `已提议，须另一名管理员批准 proposed, another administrator has to approve:\n${proposalText(proposal)}` : done
}

/** 256 random bits: too many to guess, so that its digest may be kept without a salt. */
function newToken(): string {
  return randomBytes(32).toString('base64url')
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
