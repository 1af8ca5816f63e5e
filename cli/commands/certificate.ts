import type { Command } from 'commander'
import { HubError } from '../../model/error.ts'
import { formatInstant, parseInstant } from '../../model/time.ts'
import { readConfig } from '../../runtime/config.ts'
import { readCertificates } from '../certificate-files.ts'
import { askAboutCertificate, type CertificateReport, type Moments } from '../certificate-query.ts'
import { certificateReport } from '../certificate-report.ts'
import { connect } from '../connect.ts'

interface InspectOptions {
  readonly at?: string
  readonly knownAt?: string
  readonly json?: boolean
}

/** `sealhub certificate inspect` */
export function certificateCommand(program: Command): void {
  const certificate = program.command('certificate').summary('证书 | certificates')
  certificate
    .command('inspect')
    .summary('查看证书 | inspect a certificate')
    .description(
      '查看证书（PEM 或 DER）：主体、用途、扩展、到所持各根的路径、吊销、哪些信任列表列入。 | Tells of a certificate: subject, usage, extensions, the paths to every root held, revocation, and which lists trust it.',
    )
    .argument('<file>', '证书文件 | certificate file')
    .option('--at <time>', '时刻，ISO 8601；缺省为现在 | as of that moment')
    .option('--known-at <time>', '以该时刻所知 | as known at that moment')
    .option('--json', '输出数据 | print as data')
    .addHelpText(
      'after',
      `
例 examples:
  sealhub certificate inspect signer.cer
  sealhub certificate inspect signer.cer --at 2021-03-31T08:00:00+08:00 --json`,
    )
    .action(inspect)
}

async function inspect(path: string, options: InspectOptions): Promise<void> {
  const moments: Moments = { at: momentOf(options.at), knownAt: momentOf(options.knownAt) }
  const certificates = await certificatesOf(path)
  const graph = await connect(readConfig())
  try {
    const reports: CertificateReport[] = []
    for (const der of certificates) reports.push(await askAboutCertificate(graph, der, moments))
    const [only] = reports
    const data = reports.length === 1 ? only : reports
    process.stdout.write(options.json ? `${JSON.stringify(data, null, 2)}\n` : `${reports.map(certificateReport).join('\n\n')}\n`)
  } finally {
    await graph.close()
  }
}

/** The certificates of a file. @throws HubError UNREADABLE, TOO_LARGE with what the reading of it said */
async function certificatesOf(path: string): Promise<readonly Uint8Array[]> {
  const items = await readCertificates([path])
  return items.map(({ der, refusal }) => {
    if (der) return der
    throw new HubError('UNREADABLE', refusal?.zh ?? '无法读取', refusal?.en ?? 'unreadable')
  })
}

function momentOf(text: string | undefined): string | null {
  return text === undefined ? null : formatInstant(parseInstant(text))
}
