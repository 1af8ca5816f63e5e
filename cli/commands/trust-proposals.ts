import type { Command } from 'commander'
import { approveProposal, askProposals, type ProposalAnswer, rejectProposal } from '../administration-query.ts'
import { table } from '../terminal.ts'
import { withGraph } from '../with-graph.ts'

/** `sealhub trust proposals | approve | reject`, under `trust`. */
export function trustProposalCommands(trust: Command): void {
  trust
    .command('proposals')
    .summary('待批准的信任变更 | changes of trust that wait for approval')
    .option('--all', '含已决定和过期的 | also those decided or over')
    .option('--json', '输出数据 | print as data')
    .action(async ({ all, json }: { all?: boolean; json?: boolean }) => {
      const proposals = await withGraph((graph) => askProposals(graph, all ? null : 'OPEN'))
      print(json ? JSON.stringify(proposals, null, 2) : proposalsText(proposals))
    })
  trust
    .command('approve')
    .summary('批准他人的提议 | approve what somebody else proposed')
    .argument('<id>', '提议编号 | id of the proposal')
    .option('--why <text>', '说明 | why')
    .action(async (id: string, { why }: { why?: string }) => {
      print(proposalText(await withGraph((graph) => approveProposal(graph, id, why ?? null))))
    })
  trust
    .command('reject')
    .summary('否决提议，或撤回自己的 | turn a proposal down, or withdraw your own')
    .argument('<id>', '提议编号 | id of the proposal')
    .requiredOption('--why <text>', '理由 | why')
    .action(async (id: string, { why }: { why: string }) => {
      print(proposalText(await withGraph((graph) => rejectProposal(graph, id, why))))
    })
}

/** One proposal for people. */
export function proposalText({ id, state, summary, proposedBy, why, decidedBy }: ProposalAnswer): string {
  const decided = decidedBy === null ? '' : `，${decidedBy}`
  return `${state}  ${id}\n  ${summary.zh}\n  ${proposedBy}：${why}${decided}`
}

function proposalsText(proposals: readonly ProposalAnswer[]): string {
  const rows = proposals.map(({ id, state, summary, proposedBy, expiresAt, why }) => [
    state,
    id,
    proposedBy,
    expiresAt.slice(0, 16),
    summary.zh,
    why,
  ])
  return table(['状态 state', '编号 id', '提议人 by', '有效至 until', '内容 what', '理由 why'], rows)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
