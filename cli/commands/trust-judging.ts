import type { Command } from 'commander'
import { PROVINCES } from '../../model/division-code.ts'
import { HubError } from '../../model/error.ts'
import { formatInstant, parseInstant } from '../../model/time.ts'
import { NETWORK_ZONES, PURPOSES } from '../../model/use.ts'
import { fingerprintNamed } from '../certificate-named.ts'
import { constantOf, painted, table, wordsOf } from '../terminal.ts'
import { askExpiring, expiringText } from '../trust-expiring.ts'
import { askImpact, type Impact, type ImpactGap } from '../trust-impact.ts'
import { askMatrix, askRecognition } from '../trust-recognition.ts'
import { classesTable, matrixText } from '../trust-recognition-text.ts'
import { withGraph } from '../with-graph.ts'

interface RecognitionOptions {
  readonly reliedOnIn?: string
  readonly issuedIn?: string
  readonly at?: string
  readonly purpose?: string
  readonly network?: string
  readonly json?: boolean
}

interface ImpactOptions {
  readonly from?: string
  readonly json?: boolean
}

/** `sealhub trust recognition` and `sealhub trust impact`, under `trust`. */
export function trustJudgingCommands(trust: Command): void {
  trust
    .command('recognition')
    .summary('何地认可何地的印章 | whose seals are accepted where')
    .description(
      '给出两地，逐类说明依据；给出一地，列出与各省的互认；都不给，列出各省之间的例外。 | Both divisions: class by class, with the rule. One: with every province. None: the matrix of all provinces, what most of them do told once.',
    )
    .option('--relied-on-in <division>', '依赖方区划 | where they are relied on')
    .option('--issued-in <division>', '签发方区划 | where they were issued')
    .option('--at <time>', '该时刻 | as of a time')
    .option('--purpose <purpose>', `用途，缺省为一般用途 | what for; general use if absent: ${wordsOf(PURPOSES)}`)
    .option('--network <network>', `网络 | over which network: ${wordsOf(NETWORK_ZONES)}`)
    .option('--json', '输出数据 | print as data')
    .action(runRecognition)

  trust
    .command('impact')
    .summary('若不再信任某证书，影响多大 | what would fall if a certificate were distrusted')
    .description(
      '列表中的服务、其下各级 CA、由其或其下所签发证书制作或使用的已登记印章，均在内；数不全时说明原因。 | The services listed, the CAs below it, the registered seals that were made or are used with it or with what it or they issued; where a count may be short, why.',
    )
    .argument('<certificate>', '证书文件，或其指纹的全部或前几位 | its file, its SHA-256, or the first digits of that')
    .option('--from <time>', '自何时起，缺省为现在 | from when on; now if absent')
    .option('--json', '输出数据 | print as data')
    .action(runImpact)

  trust
    .command('expiring')
    .summary('即将到期的列表、服务、证书、约定 | what comes to its end soon')
    .option('--within <days>', '多少天内 | within so many days', '30')
    .option('--json', '输出数据 | print as data')
    .action(runExpiring)
}

async function runExpiring({ within, json }: { readonly within: string; readonly json?: boolean }): Promise<void> {
  if (!/^\d{1,4}$/.test(within)) throw new HubError('BAD_INPUT', '--within 须为天数', '--within is a number of days')
  await withGraph(async (graph) => {
    const expiring = await askExpiring(graph, Number(within))
    print(json, expiring, () => expiringText(expiring))
  })
}

async function runRecognition({ reliedOnIn, issuedIn, at: time, purpose, network, json }: RecognitionOptions): Promise<void> {
  const at = time === undefined ? null : formatInstant(parseInstant(time))
  const use = { purpose: oneOf(PURPOSES, purpose, 'purpose'), network: oneOf(NETWORK_ZONES, network, 'network') }
  await withGraph(async (graph) => {
    if (reliedOnIn !== undefined && issuedIn !== undefined) {
      const answer = await askRecognition(graph, { reliedOnIn, issuedIn, at, use })
      return print(json, answer, () => classesTable(answer))
    }
    const named = reliedOnIn ?? issuedIn
    const divisions = named === undefined ? null : [...new Set([named, ...PROVINCES])]
    const matrix = await askMatrix(graph, at, { divisions, use })
    const rows = matrix.rows
      .filter((row) => reliedOnIn === undefined || row.reliedOnIn === reliedOnIn)
      .map((row) => ({ ...row, cells: row.cells.filter((cell) => issuedIn === undefined || cell.issuedIn === issuedIn) }))
    print(json, { ...matrix, rows }, () => matrixText({ ...matrix, rows }))
  })
}

/** `official-document` → `OFFICIAL_DOCUMENT`; null where nothing is given. */
function oneOf<Word extends string>(known: readonly Word[], text: string | undefined, option: string): Word | null {
  if (text === undefined) return null
  const word = known.find((one) => one === constantOf(text))
  if (word) return word
  throw new HubError('BAD_INPUT', `--${option} 须为 ${wordsOf(known)}`, `--${option} is one of ${wordsOf(known)}`)
}

async function runImpact(certificate: string, { from, json }: ImpactOptions): Promise<void> {
  const since = formatInstant(from === undefined ? Date.now() : parseInstant(from))
  await withGraph(async (graph) => {
    const impact = await askImpact(graph, await fingerprintNamed(graph, certificate), since)
    print(json, impact, () => impactLines(impact))
  })
}

function print(json: boolean | undefined, data: object, lines: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : `${lines()}\n`)
}

const GROUPS = [
  ['platforms', '平台 platform'],
  ['divisions', '区划 division'],
  ['classes', '类别 class'],
] as const

const GAPS: Readonly<Record<ImpactGap, string>> = {
  AUTHORITIES_UNKNOWN: '本枢纽没有该证书，其所签发者未计入 the certificate is not held here: what it issued is not counted',
  AUTHORITIES_CUT: '其下 CA 过多，未全部计入 more CAs fall than were looked for',
  SEALS_UNREAD: '旧版登记的印章尚在读取，未全部计入 seals of an older version are still being read',
}

function impactLines({ services, agreements, authorities, seals }: Impact): string {
  const listed = services.map(({ role, scope, name, list }) => [role, scope || '全国', name, list ?? '本枢纽 this hub'])
  const counts = GROUPS.flatMap(([kind, word]) =>
    seals[kind].map(({ key, number, madeSince }) => [word, key, String(number), String(madeSince)]),
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
