import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { HubError } from '../../model/error.ts'
import { readConfig } from '../../runtime/config.ts'
import { httpFetcher } from '../../runtime/fetch/http.ts'
import type { Graph } from '../graph.ts'
import { readInput } from '../input.ts'
import { painted, table } from '../terminal.ts'
import { differencesOf, differencesText, listText, readList } from '../trust-list-text.ts'
import { askList, askLists, importList, type ListsAnswer, publishList, type TakenList } from '../trust-lists-query.ts'
import { withGraph } from '../with-graph.ts'

const MAXIMUM_BYTES = 32 * 1024 * 1024

interface Options {
  readonly sequence?: string
  readonly territory?: string
  readonly out?: string
  readonly json?: boolean
}

/** `sealhub trust lists | show | import-list | publish | export | diff`, under `trust`. */
export function trustListCommands(trust: Command): void {
  trust
    .command('lists')
    .summary('各地信任列表及其来源 | lists of every territory, and where they come from')
    .option('--json', '输出数据 | print as data')
    .action(runLists)
  trust
    .command('show')
    .summary('查看一份信任列表 | show a list')
    .argument('<territory>', '六位区划代码 | division code')
    .option('--sequence <number>', '序号；缺省为最新 | sequence; the newest if absent')
    .option('--json', '输出数据 | print as data')
    .action(runShow)
  trust
    .command('import-list')
    .summary('导入已签名的信任列表 | import a signed list')
    .argument('<source>', '文件或 http(s) 地址 | a file or an http(s) address')
    .action(runImportList)
  trust
    .command('publish')
    .summary('发布本枢纽的信任列表 | publish the list of this hub')
    .description('此后枢纽自动续签，内容有变即发新序号。 | From then on the hub signs it again by itself: for news, and in time.')
    .action(runPublish)
  trust
    .command('export')
    .summary('导出信任列表的原始字节 | export a list as it was signed')
    .option('--territory <division>', '缺省为本枢纽 | this hub’s own if absent')
    .option('--sequence <number>', '序号；缺省为最新 | sequence; the newest if absent')
    .requiredOption('--out <file>', '写入文件 | file to write')
    .action(runExport)
  trust
    .command('diff')
    .summary('比较两份信任列表 | compare two lists')
    .argument('<before>', '序号或文件 | a sequence or a file')
    .argument('<after>', '序号或文件 | a sequence or a file')
    .option('--territory <division>', '序号所属区划，缺省为本枢纽 | territory of the sequences; this hub’s own if absent')
    .option('--json', '输出数据 | print as data')
    .action(runDiff)
}

async function runLists({ json }: Options): Promise<void> {
  const answer = await withGraph(askLists)
  print(json ? JSON.stringify(answer, null, 2) : listsText(answer))
}

async function runShow(territory: string, { sequence, json }: Options): Promise<void> {
  const { bytes } = await withGraph((graph) => askList(graph, territory, sequenceOf(sequence)))
  const list = readList(bytes)
  print(json ? JSON.stringify(list, null, 2) : listText(list))
}

async function runImportList(source: string): Promise<void> {
  const bytes = /^https?:/.test(source) ? await fetched(source) : await readInput(source, MAXIMUM_BYTES)
  print(takenText(await withGraph((graph) => importList(graph, bytes).catch(taught))))
}

/** Whoever meets a list of strangers for the first time learns what to do. */
function taught(error: unknown): never {
  if (!(error instanceof HubError) || error.code !== 'ENVELOPE_SIGNATURE') throw error
  const how = 'sealhub trust import OPERATOR.cer --role list-operator --name DIVISION --scope DIGITS'
  throw new HubError(error.code, `${error.zh}；先列入其发布者：${how}`, `${error.en}; list its operator first: ${how}`, {
    cause: error,
  })
}

async function runPublish(): Promise<void> {
  print(takenText(await withGraph(publishList)))
}

async function runExport({ territory = readConfig().division, sequence, out = '' }: Options): Promise<void> {
  const { head, bytes } = await withGraph((graph) => askList(graph, territory, sequenceOf(sequence)))
  writeFileSync(out, bytes)
  print(`${out}  ${head.territory} 序号 sequence ${head.sequence}  SM3 ${head.digest}`)
}

async function runDiff(before: string, after: string, { territory = readConfig().division, json }: Options): Promise<void> {
  const [old, next] = await withGraph(
    async (graph) =>
      [readList(await bytesOf(graph, before, territory)), readList(await bytesOf(graph, after, territory))] as const,
  )
  const differences = differencesOf(old, next)
  print(json ? JSON.stringify(differences, null, 2) : differencesText(differences))
}

async function bytesOf(graph: Graph, named: string, territory: string): Promise<Uint8Array> {
  if (!/^\d{1,9}$/.test(named)) return readInput(named, MAXIMUM_BYTES)
  return (await askList(graph, territory, sequenceOf(named))).bytes
}

/** The operator says from where: this machine is allowed too. */
async function fetched(url: string): Promise<Uint8Array> {
  const http = httpFetcher({ allowLocal: true, maximumBytes: MAXIMUM_BYTES, connectTimeout: 10_000, timeout: 60_000 })
  try {
    const answer = await http.fetch({ url, accept: 'application/pkcs7-mime, */*;q=0.1' }, new AbortController().signal)
    if ('bytes' in answer) return answer.bytes
    const detail = 'failure' in answer ? `${answer.failure.code} ${answer.failure.detail}` : 'unchanged'
    throw new HubError('UNAVAILABLE', `取不到 ${url}：${detail}`, `could not fetch ${url}: ${detail}`)
  } finally {
    await http.close()
  }
}

function listsText({ trustLists, trustListSources }: ListsAnswer): string {
  const lists = trustLists.map(({ territory, own, sequence, state, issuedAt, nextUpdate }) => [
    territory,
    own ? '本枢纽 own' : '',
    String(sequence),
    state === 'CURRENT' ? state : painted('yellow', state),
    issuedAt.slice(0, 16),
    nextUpdate.slice(0, 16),
  ])
  const sources = trustListSources.sources.map(({ url, state, failures, confirmedAt, problem }) => [
    state === 'CURRENT' ? state : painted('yellow', state),
    url,
    confirmedAt?.slice(0, 16) ?? '',
    failures === 0 ? '' : String(failures),
    problem ? `${problem.code} ${problem.reason.zh}` : '',
  ])
  const known = table(['区划 territory', '', '序号', '状态 state', '签发 issued', '下次更新 next update'], lists)
  const from = table(['来源 sources', '地址 address', '最近确认 confirmed', '连续失败 failures', '原因 problem'], sources)
  return `${lists.length === 0 ? NO_LIST : known}\n\n${sources.length === 0 ? `${trustListSources.state}  ${NO_SOURCE}` : from}`
}

const NO_LIST =
  '没有列表 no list: sealhub trust publish 发布本枢纽的 publishes this hub’s, import-list 导入他处的 takes in another'
const NO_SOURCE =
  '没有来源 no source: SEALHUB_TRUST_LIST_URLS，或 or sealhub trust import OPERATOR.cer --role list-operator --name 410000 --scope 41 --location https://…'

function takenText({ outcome, list }: TakenList): string {
  const word = outcome === 'IMPORTED' ? '已收入 imported' : '未变 unchanged'
  return `${word}  ${list.territory} 序号 sequence ${list.sequence}  下次更新 next update ${list.nextUpdate}`
}

function sequenceOf(text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new HubError('BAD_INPUT', `序号须为正整数：${text}`, `a sequence is a positive number: ${text}`)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
