import type { Command } from 'commander'
import { readConfig } from '../../runtime/config.ts'
import { readCrls } from '../certificate-files.ts'
import { connect } from '../connect.ts'
import { importCrls } from '../crl-import.ts'
import { EXIT } from '../exit.ts'
import { painted, table } from '../terminal.ts'

/** `sealhub crl import` */
export function crlCommand(program: Command): void {
  const crl = program.command('crl').summary('证书撤销列表 | certificate revocation lists')
  crl
    .command('import')
    .summary('导入 CRL 与 OCSP 应答 | import CRLs and OCSP responses')
    .description(
      '导入证书撤销列表（PEM 或 DER）与 OCSP 应答（DER）。签发者证书须已导入。 | Imports CRLs and OCSP responses; the certificate of the issuer must be held already.',
    )
    .argument('<files...>', 'CRL、OCSP 应答文件或文件夹 | CRLs, OCSP responses, or folders of them')
    .option('--json', '输出数据 | print as data')
    .action(runImport)
}

async function runImport(paths: readonly string[], { json }: { json?: boolean }): Promise<void> {
  const files = await readCrls(paths)
  const graph = await connect(readConfig())
  try {
    const rows = await importCrls(graph, files)
    const cells = rows.map((row) => [
      row.outcome === 'REFUSED' ? painted('red', row.outcome) : row.outcome,
      row.file,
      row.issuer ?? '',
      row.number ?? '',
      row.nextUpdate ?? '',
      row.refusal ? `${row.refusal.code} ${row.refusal.reason.zh} ${row.refusal.reason.en}` : `${row.entries ?? 0}`,
    ])
    process.stdout.write(
      json
        ? `${JSON.stringify(rows, null, 2)}\n`
        : `${table(['结果', '文件', '签发者 issuer', '编号', '下次更新 next update', '条目或原因'], cells)}\n`,
    )
    if (rows.some((row) => row.outcome === 'REFUSED')) process.exitCode = EXIT.refused
  } finally {
    await graph.close()
  }
}
