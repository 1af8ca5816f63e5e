import type { Command } from 'commander'
import { HubError } from '../../model/error.ts'
import { formatInstant } from '../../model/time.ts'
import { fingerprintOf } from '../../pki/x509/certificate.ts'
import { readCertificates } from '../certificate-files.ts'
import { EXIT } from '../exit.ts'
import { readInput } from '../input.ts'
import { type StatementOutcome, type StatementReport, verifyStatement } from '../statement-verification.ts'
import { both, INDICATION_WORDS, painted } from '../terminal.ts'

const MAXIMUM_BYTES = 4 * 1024 * 1024

interface Options {
  readonly signer?: string
  readonly json?: boolean
}

/** `sealhub statement verify` */
export function statementCommand(program: Command): void {
  const statement = program
    .command('statement')
    .summary('判定书 | signed decisions')
    .description('枢纽签发的判定书。 | Decisions signed by a hub.')
  statement
    .command('verify')
    .summary('离线核验判定书 | check a signed decision offline')
    .description(
      '核验判定书，无需联网；0 成立，1 不成立，2 未指明签发者。 | Needs no hub; 0 holds, 1 does not, 2 no signer to expect.',
    )
    .argument('<file>', '判定书 | the statement')
    .option('--signer <certificate>', '签发枢纽的证书 | the certificate of the hub it is said to come from')
    .option('--json', '输出数据 | print as data')
    .action(runVerify)
}

async function runVerify(file: string, { signer, json }: Options): Promise<void> {
  const expected = signer === undefined ? null : await fingerprintOfFile(signer)
  const report = verifyStatement(await readInput(file, MAXIMUM_BYTES), expected)
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${inLines(report)}\n`)
  process.exitCode = OUTCOMES[report.outcome].exit
}

async function fingerprintOfFile(path: string): Promise<string> {
  const [item] = await readCertificates([path])
  if (item?.der) return fingerprintOf(item.der)
  throw new HubError('UNREADABLE', `没有证书：${path}`, `holds no certificate: ${path}`)
}

const OUTCOMES: Readonly<Record<StatementOutcome, { readonly zh: string; readonly en: string; readonly exit: number }>> = {
  HOLDS: { zh: '判定书成立', en: 'the statement holds', exit: EXIT.passed },
  SIGNED_BY_SOMEBODY: {
    zh: '内容未被改动，但未指明应由谁签发（--signer）',
    en: 'it was not changed, but nobody said whose it should be (--signer)',
    exit: EXIT.indeterminate,
  },
  FOREIGN: { zh: '签发者不是所指明的枢纽', en: 'it was not signed by the hub expected', exit: EXIT.failed },
  BROKEN: { zh: '签名不成立，内容不可信', en: 'its signature does not hold: believe nothing in it', exit: EXIT.failed },
}

function inLines({ outcome, signer, statement }: StatementReport): string {
  const lines = [
    painted(outcome === 'HOLDS' ? 'green' : outcome === 'SIGNED_BY_SOMEBODY' ? 'yellow' : 'red', both(OUTCOMES[outcome])),
  ]
  if (signer) lines.push(`签发 signed by  ${signer.subject}  ${signer.fingerprint}`)
  if (!statement) return lines.join('\n')
  const { question, answer, policy, evidence } = statement
  const words = INDICATION_WORDS[answer.indication]
  lines.push(
    `签发时间 issued  ${formatInstant(statement.issuedAt)}`,
    `对象 subject  ${question.subject} ${question.id}`,
    `依赖方 relied on in  ${question.reliedOnIn}`,
    `结论 answer  ${painted(words.style, [answer.indication, answer.subIndication].filter(Boolean).join(' / '))}`,
    both(answer.summary),
    `时点 as of  ${formatInstant(answer.asOf)}  所知 known at  ${formatInstant(answer.knownAt)}`,
    `政策 policy  ${policy.id} ${policy.version} ${policy.digest.slice(0, 16)}`,
    ...evidence.lists.map(({ territory, sequence, digest }) => `列表 list  ${territory} #${sequence} ${digest.slice(0, 16)}`),
    ...evidence.sources.map(({ kind, digest }) => `证据 evidence  ${kind} ${digest}`),
  )
  return lines.join('\n')
}
