import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SingleBar } from 'cli-progress'
import { SingleBar as Bar, Presets } from 'cli-progress'
import type { Command } from 'commander'
import type { CheckedReceipt } from '../../adapters/county/check-receipt.ts'
import { type PushedRow, type PushResult, pushSeals } from '../../adapters/county/client.ts'
import type { SealFile } from '../../adapters/county/seal-event.ts'
import { isDivisionCode } from '../../model/division-code.ts'
import { HubError } from '../../model/error.ts'
import { readConfig } from '../../runtime/config.ts'
import { openDataDirectory } from '../../runtime/data-directory.ts'
import { EXIT } from '../exit.ts'
import { expandPaths, readInput } from '../input.ts'
import { readSigner } from '../signer-file.ts'
import { painted } from '../terminal.ts'

const MAXIMUM_SEAL_BYTES = 5 * 1024 * 1024

interface PushCommandOptions {
  readonly to: string
  readonly as: string
  readonly key: string
  readonly certificate?: string
  readonly passphraseFile?: string
  readonly stream: string
  readonly batch: string
  readonly issuedBy?: string
  readonly hub?: string
  readonly receipts?: string
  readonly json?: boolean
}

/** `sealhub push FILES|FOLDER --to URL --as PLATFORM --key KEY` */
export function pushCommand(program: Command): void {
  program
    .command('push')
    .summary('向上级枢纽报送印章 | push seals to a hub')
    .description(
      '以签名信封分批报送 .esl，保存枢纽签名的回执；重复报送不产生变化。 | Pushes .esl seals in signed batches and keeps the signed receipts; pushing again changes nothing.',
    )
    .argument('<paths...>', '印章文件或文件夹 | seal files or folders')
    .requiredOption('--to <url>', '枢纽地址 | address of the hub')
    .requiredOption('--as <platform>', '本平台标识 | identifier of the platform')
    .requiredOption(
      '--key <file>',
      '平台私钥（PKCS#8 PEM，可加密；可同时含证书） | private key of the platform, may hold its certificate too',
    )
    .option('--certificate <file>', '平台证书，若不在 --key 文件中 | its certificate, where it is not in the key file')
    .option('--passphrase-file <file>', '私钥口令文件 | file with the passphrase of the key')
    .option('--stream <name>', '报送流 | stream', 'main')
    .option('--batch <number>', '每个信封的行数 | rows in one envelope', '200')
    .option(
      '--issued-by <division>',
      '制发单位区划，若与编码所属不同，如 411700 | the division that made the seals, where it is not that of their codes',
    )
    .option('--hub <fingerprint>', '枢纽证书指纹（SHA-256），回执须由它签名 | fingerprint the receipts must be signed with')
    .option('--receipts <folder>', '回执保存处；缺省在数据目录中 | where receipts are kept; in the data directory by default')
    .option('--json', '输出数据 | print the rows as data')
    .action(push)
}

async function push(paths: readonly string[], options: PushCommandOptions): Promise<void> {
  const files = await expandPaths(paths, ['.esl'])
  if (files.length === 0) throw new HubError('UNREADABLE', '没有 .esl 文件', 'no .esl files there')
  const { issuedBy, hub } = options
  if (issuedBy !== undefined && !isDivisionCode(issuedBy))
    throw new HubError('BAD_INPUT', '--issued-by 须为六位区划代码', '--issued-by takes six digits')
  const bar = options.json || !process.stderr.isTTY ? null : progressBar(files.length)
  const receipts = options.receipts ?? join(openDataDirectory(readConfig().data).root, 'receipts', safeName(options.as))
  const pushed = await pushSeals({
    url: options.to,
    platform: options.as,
    stream: options.stream,
    signer: await readSigner(options.key, options.certificate ?? null, options.passphraseFile ?? null),
    now: Date.now,
    batchSize: batchSize(options.batch),
    ...(hub && { hub }),
    seals: sealFiles(files, issuedBy ?? null),
    onProgress: ({ done, receipt }) => {
      keep(receipt, receipts)
      bar?.update(done)
    },
  }).finally(() => bar?.stop())
  process.stdout.write(options.json ? `${JSON.stringify(pushed.rows, null, 2)}\n` : `${summary(pushed, receipts)}\n`)
  if (pushed.rows.some(({ outcome }) => outcome === 'REFUSED')) process.exitCode = EXIT.refused
}

async function* sealFiles(files: readonly string[], issuedBy: string | null): AsyncGenerator<SealFile> {
  for (const path of files) yield { path, bytes: await readInput(path, MAXIMUM_SEAL_BYTES), ...(issuedBy && { issuedBy }) }
}

function batchSize(text: string): number {
  const size = Number(text)
  if (!Number.isInteger(size) || size < 1)
    throw new HubError('BAD_INPUT', '--batch 须为正整数', '--batch takes a positive whole number')
  return size
}

function progressBar(total: number): SingleBar {
  const bar = new Bar({ format: '报送 push {bar} {value}/{total}', stopOnComplete: true }, Presets.shades_classic)
  bar.start(total, 0)
  return bar
}

/** Receipts are evidence of delivery: one file each, named by stream, position and message, kept as soon as it is there. */
function keep({ content, bytes }: CheckedReceipt, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const name = `${safeName(content.stream)}-${String(content.sequence).padStart(8, '0')}-${safeName(content.messageId)}.p7s`
  writeFileSync(join(folder, name), bytes, { mode: 0o600 })
}

function safeName(text: string): string {
  return text.replace(/[^\w.-]/g, '_').slice(0, 80)
}

function summary({ rows, receipts }: PushResult, folder: string): string {
  const count = (outcome: PushedRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  const refused = rows.filter(({ outcome }) => outcome === 'REFUSED')
  const lines = refused.map(
    ({ path, code, refusal }) =>
      `  ${painted('red', '✗')} ${path ?? code ?? ''}  ${refusal?.code ?? ''}  ${refusal?.reason.zh ?? ''}  ${painted('gray', refusal?.reason.en ?? '')}`,
  )
  const total = `新增 admitted ${count('ADMITTED')} · 未变 unchanged ${count('UNCHANGED')} · 拒绝 refused ${refused.length}`
  return [...lines, total, `回执 receipts ${receipts.length} → ${folder}`].join('\n')
}
