import type { Command } from 'commander'
import { HubError } from '../../model/error.ts'
import { formatInstant, parseInstant } from '../../model/time.ts'
import { both, painted, table } from '../terminal.ts'
import { askImpact, type Impact, type ImpactGap } from '../trust-impact.ts'
import { askMatrix, askRecognition, type RecognitionAnswer, type RecognitionMatrix } from '../trust-recognition.ts'
import { withGraph } from '../with-graph.ts'

interface RecognitionOptions {
  readonly reliedOnIn?: string
  readonly issuedIn?: string
  readonly at?: string
  readonly json?: boolean
}

interface ImpactOptions {
  readonly from: string
  readonly json?: boolean
}

/** `sealhub trust recognition` and `sealhub trust impact`, under `trust`. */
export function trustJudgingCommands(trust: Command): void {
  trust
    .command('recognition')
    .summary('何地认可何地的印章 | whose seals are accepted where')
    .description('不给区划时列出全部省级区划互认矩阵。 | Without divisions, the matrix of all provinces.')
    .option('--relied-on-in <division>', '依赖方区划 | where they are relied on')
    .option('--issued-in <division>', '签发方区划 | where they were issued')
    .option('--at <time>', '该时刻 | as of a time')
    .option('--json', '输出数据 | print as data')
    .action(runRecognition)

  trust
    .command('impact')
    .summary('若不再信任某证书，影响多大 | what would fall if a certificate were distrusted')
    .description(
      '列表中的服务、其下各级 CA、由其或其下所签发证书制作或使用的已登记印章，均在内；数不全时说明原因。 | The services listed, the CAs below it, the registered seals that were made or are used with it or with what it or they issued; where a count may be short, why.',
    )
    .argument('<fingerprint>', '证书的 SHA-256 | SHA-256 of the certificate')
    .requiredOption('--from <time>', '自何时起 | from when on')
    .option('--json', '输出数据 | print as data')
    .action(runImpact)
}

async function runRecognition({ reliedOnIn, issuedIn, at: time, json }: RecognitionOptions): Promise<void> {
  const at = time === undefined ? null : formatInstant(parseInstant(time))
  await withGraph(async (graph) => {
    if (reliedOnIn !== undefined && issuedIn !== undefined) {
      const answer = await askRecognition(graph, { reliedOnIn, issuedIn, at })
      print(json, answer, () => classesTable(answer))
      return
    }
    const matrix = await askMatrix(graph, at)
    const rows = matrix.rows
      .filter((row) => reliedOnIn === undefined || row.reliedOnIn === reliedOnIn)
      .map((row) => ({ ...row, cells: row.cells.filter((cell) => issuedIn === undefined || cell.issuedIn === issuedIn) }))
    print(json, { ...matrix, rows }, () => matrixTable({ ...matrix, rows }))
  })
}

async function runImpact(fingerprint: string, { from, json }: ImpactOptions): Promise<void> {
  if (!/^[0-9a-fA-F]{64}$/.test(fingerprint))
    throw new HubError('BAD_INPUT', '指纹须为 64 位十六进制', 'a fingerprint has 64 hex digits')
  await withGraph(async (graph) => {
    const impact = await askImpact(graph, fingerprint.toLowerCase(), formatInstant(parseInstant(from)))
    print(json, impact, () => impactLines(impact))
  })
}

function print(json: boolean | undefined, data: object, lines: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : `${lines()}\n`)
}

function classesTable({ classes }: RecognitionAnswer): string {
  const rows = classes.map((one) => [
    painted(one.recognised ? 'green' : 'red', one.recognised ? '✓' : '✗'),
    one.class,
    one.basis,
    `${one.rule.source.zh} ${one.rule.clause}`,
    both(one.explanation),
  ])
  return table(['', '类别 class', '依据 basis', '条款 rule', '说明 explanation'], rows)
}

const LETTERS: Readonly<Record<string, string>> = { PUBLIC: '公', POSITION: '职', PRIVATE: '私', UNKNOWN: '?' }

/** One letter a class; one that is not accepted the other way round is marked. */
function matrixTable({ rows }: RecognitionMatrix): string {
  const issuers = rows[0]?.cells.map(({ issuedIn }) => issuedIn.replace(/0{4}$/, '')) ?? []
  const lines = rows.map((row) => [
    row.reliedOnIn.replace(/0{4}$/, ''),
    ...row.cells.map((cell) =>
      cell.accepted.map((one) => `${LETTERS[one] ?? one}${cell.notReturned.includes(one) ? '*' : ''}`).join(''),
    ),
  ])
  const legend = '行认可列的：公 public 职 position 私 private ? unknown；* 对方不认可 not returned'
  return `${table(['', ...issuers], lines)}\n${painted('gray', legend)}`
}

const GAPS: Readonly<Record<ImpactGap, string>> = {
  AUTHORITIES_UNKNOWN: '本枢纽没有该证书，其所签发者未计入 the certificate is not held here: what it issued is not counted',
  AUTHORITIES_CUT: '其下 CA 过多，未全部计入 more CAs fall than were looked for',
  SEALS_UNREAD: '旧版登记的印章尚在读取，未全部计入 seals of an older version are still being read',
}

function impactLines({ services, agreements, authorities, seals }: Impact): string {
  const listed = services.map(({ role, scope, name, list }) => [role, scope || '全国', name, list ?? '本枢纽 this hub'])
  const counts = (['platforms', 'divisions', 'classes'] as const).flatMap((kind) =>
    seals[kind].map(({ key, number, madeSince }) => [kind, key, String(number), String(madeSince)]),
  )
  return [
    listed.length === 0 ? '不在任何列表中 on no list' : table(['角色 role', '范围 scope', '名称 name', '列表 list'], listed),
    `CA ${authorities ?? '?'} · 制章人 makers ${seals.makers} · 印章 seals ${seals.number} · 此后制作 made since ${seals.madeSince} · 约定 agreements ${agreements}`,
    ...(counts.length > 0 ? [table(['按 by', '', '印章 seals', '此后 since'], counts)] : []),
    ...seals.sample.map(({ code, name }) => `  ${code}  ${name}`),
    ...(seals.unknown > 0
      ? [`另有 ${seals.unknown} 枚仅列出签章人杂凑，无从判断 ${seals.unknown} more list their signers by digest only`]
      : []),
    ...seals.gaps.map((gap) => painted('yellow', GAPS[gap])),
  ].join('\n')
}
