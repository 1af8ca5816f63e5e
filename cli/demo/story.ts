import { randomUUID } from 'node:crypto'
import { type PushedRow, pushEvents, pushSeals } from '../../adapters/county/client.ts'
import { HubError } from '../../model/error.ts'
import { formatInstant, type Instant } from '../../model/time.ts'
import { readCertificates, readCrls } from '../certificate-files.ts'
import { importCrls } from '../crl-import.ts'
import type { Graph } from '../graph.ts'
import { importTrust, type ServiceTemplate } from '../trust-import.ts'
import { askAboutDocument, askAboutSeal } from '../verify-query.ts'
import { askDecision, type DecisionAnswer } from './decision-query.ts'
import type { DemoFiles } from './files.ts'
import { narrator } from './narrator.ts'
import type { DemoSeal } from './seals.ts'

const DAY_MS = 86_400_000
const FUJIAN = '350000'
const QUESTION = { at: null, knownAt: null, reliedOnIn: FUJIAN, revocation: 'REQUIRED' } as const

export interface Stage {
  readonly graph: Graph
  readonly url: string
  readonly files: DemoFiles
  readonly now: Instant
  /** Where the story goes; the terminal by default. */
  readonly say?: (line: string) => void
}

/** Plays the story step by step; each step says what it does, then what came of it. @throws HubError when a step did not end as it must. */
export async function tellStory({ graph, url, files, now, say = toTerminal }: Stage): Promise<void> {
  const { step, result, conclusion, decision } = narrator(say)
  const [, cancelled] = files.suiping
  if (!cancelled) throw new HubError('NOT_FOUND', '演示印章缺失', 'the demonstration lacks its seals')
  const sender = { url, platform: '411728', signer: files.platform.holder.signer, now: Date.now }

  step('导入信任列表和撤销列表', 'Import the trust lists and the CRLs')
  result(await importEverything(graph, files))

  step('遂平县向上报送印章，得到签名回执', 'Suiping pushes its seals upward and gets a signed receipt')
  const seals = files.suiping.map(({ code, bytes }) => ({ path: `${code}.esl`, bytes, issuedBy: '411700' }))
  const pushed = await pushSeals({ ...sender, seals })
  result(
    `${counts(pushed.rows)}，回执 ${pushed.receipts.length} 份  receipts signed by ${pushed.receipts[0]?.signedBy.slice(0, 16)}…`,
  )

  step('同样的印章再报一次：没有变化', 'Push the same again: nothing changes')
  result(counts((await pushSeals({ ...sender, seals })).rows))

  step(`福建询问：${cancelled.name} 可信吗？`, 'Fujian asks whether a seal of Suiping is to be trusted')
  decision(await decide(graph, cancelled, null), 'TOTAL_PASSED')

  step('遂平因单位更名注销该印章', 'Suiping cancels that seal because the unit was renamed')
  const effectiveAt = Date.now()
  const event = {
    type: 'CANCELLED',
    eventId: randomUUID(),
    code: cancelled.code,
    effectiveAt,
    originAt: effectiveAt,
    reason: 'RENAME',
  } as const
  result(counts((await pushEvents({ ...sender, events: [{ path: null, event }] })).rows))

  step('福建再问：现在呢？', 'Fujian asks again: and now?')
  decision(await decide(graph, cancelled, null), 'TOTAL_FAILED')

  step('福建问过去：十天前用它盖的章呢？', 'Fujian asks of the past: and ten days ago?')
  decision(await decide(graph, cancelled, now - 10 * DAY_MS), 'TOTAL_PASSED')

  step('福建收到一份遂平盖章的通知', 'Fujian receives a notice that Suiping stamped')
  const { notice } = files
  const { signatures } = await askAboutDocument(graph, await graph.put(notice.stamped), null, QUESTION)
  conclusion(`通知.ofd，${notice.by.name} ${signatures[0]?.signedAt ?? ''}`, signatures[0]?.conclusion, 'TOTAL_PASSED')

  step('同一份通知，盖章之后金额被改', 'The same notice, with the sum changed after it was stamped')
  const forged = await askAboutDocument(graph, await graph.put(notice.altered), null, QUESTION)
  conclusion('通知（金额被改）.ofd', forged.conclusion, 'TOTAL_FAILED')

  step('西藏和福建的印章，未登记也可判断', 'Seals of Tibet and Fujian, judged though not registered here')
  for (const seal of [files.tibet, files.fujian]) {
    const { conclusion: given } = await askAboutSeal(graph, await graph.put(seal.bytes), QUESTION)
    conclusion(`${seal.name} (${seal.format})`, given, 'TOTAL_PASSED')
  }
}

function toTerminal(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function decide(graph: Graph, seal: DemoSeal, at: Instant | null): Promise<DecisionAnswer> {
  return askDecision(graph, seal.code, FUJIAN, at === null ? null : formatInstant(at))
}

function counts(rows: readonly PushedRow[]): string {
  const count = (outcome: PushedRow['outcome']) => rows.filter((row) => row.outcome === outcome).length
  const refused = rows
    .filter(({ outcome }) => outcome === 'REFUSED')
    .map(({ code, refusal }) => `${code}: ${refusal?.code} ${refusal?.reason.zh}`)
  if (refused.length > 0)
    throw new HubError('CONFLICT', `报送被拒绝：${refused.join('；')}`, `the push was refused: ${refused.join('; ')}`)
  return `新增 admitted ${count('ADMITTED')} · 未变 unchanged ${count('UNCHANGED')}`
}

async function importEverything(graph: Graph, files: DemoFiles): Promise<string> {
  const list = async (
    path: string,
    { role, scope, ...more }: Pick<ServiceTemplate, 'role' | 'scope'> & Partial<ServiceTemplate>,
  ) => {
    const rows = await importTrust(graph, await readCertificates([path]), {
      role,
      scope,
      name: null,
      from: null,
      until: null,
      evidence: '演示',
      ...more,
    })
    const refused = rows.find(({ outcome }) => outcome === 'REFUSED')
    if (refused)
      throw new HubError('CONFLICT', `导入被拒绝：${refused.refusal?.reason.zh}`, `import refused: ${refused.refusal?.reason.en}`)
    return rows.length
  }
  const anchors = await list(files.anchor, { role: 'ANCHOR', scope: '' })
  const authorities = await list(files.authorities, { role: 'CA', scope: '', caKind: 'E_GOVERNMENT' })
  let makers = 0
  for (const { file, scope } of files.makers) makers += await list(file, { role: 'MAKER', scope })
  const platforms = await list(files.platform.file, { role: 'PLATFORM', scope: '411728', name: '411728' })
  const crls = await importCrls(graph, await readCrls([files.crls]))
  const refused = crls.find(({ outcome }) => outcome === 'REFUSED')
  if (refused)
    throw new HubError('CONFLICT', `CRL 被拒绝：${refused.refusal?.reason.zh}`, `CRL refused: ${refused.refusal?.reason.en}`)
  return `信任锚 anchors ${anchors} · 认证机构 authorities ${authorities} · 制章者 makers ${makers} · 平台 platforms ${platforms} · CRL ${crls.length}`
}
