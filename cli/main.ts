import { Command, CommanderError } from 'commander'
import { HubError } from '../model/error.ts'
import { administratorCommand } from './commands/administrator.ts'
import { certificateCommand } from './commands/certificate.ts'
import { crlCommand } from './commands/crl.ts'
import { demoCommand } from './commands/demo.ts'
import { pushCommand } from './commands/push.ts'
import { serveCommand } from './commands/serve.ts'
import { statementCommand } from './commands/statement.ts'
import { trustCommand } from './commands/trust.ts'
import { verifyCommand } from './commands/verify.ts'
import { EXIT, exitCodeOfError } from './exit.ts'

/** Runs the command line. Sets the exit code; a fault is told in both languages, its stack only with SEALHUB_LOG_LEVEL=debug. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('sealhub')
    .description('电子印章互信互认枢纽 | a hub for mutual trust between electronic-seal systems')
    .exitOverride()
  for (const command of [
    serveCommand,
    demoCommand,
    verifyCommand,
    trustCommand,
    administratorCommand,
    statementCommand,
    certificateCommand,
    crlCommand,
    pushCommand,
  ])
    command(program)
  pointToHelp(program, 'sealhub')
  try {
    await program.parseAsync(argv)
  } catch (error) {
    process.exitCode = report(error)
  }
}

/** Wrong usage points to the help of the very command, not to that of all. */
function pointToHelp(command: Command, words: string): void {
  command.showHelpAfterError(`（${words} --help 显示用法 | for usage）`)
  for (const one of command.commands) pointToHelp(one, `${words} ${one.name()}`)
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage
  if (error instanceof HubError) process.stderr.write(`${error.code}：${error.zh}\n  ${error.en}\n`)
  else
    process.stderr.write(`内部错误 internal fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return exitCodeOfError(error)
}
