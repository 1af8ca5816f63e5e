import type { Command } from 'commander'
import { HubError } from '../../model/error.ts'
import type { Indication } from '../../model/indication.ts'
import { formatInstant, parseInstant } from '../../model/time.ts'
import { readConfig } from '../../runtime/config.ts'
import { connect } from '../connect.ts'
import { exitCodeOf } from '../exit.ts'
import type { Graph } from '../graph.ts'
import { readInput } from '../input.ts'
import { documentLayer, LAYERS, type Layer, sealLayer } from '../layers.ts'
import { documentReport, sealReport } from '../report.ts'
import { subjectOf } from '../subject.ts'
import { askAboutDocument, askAboutSeal, type Question } from '../verify-query.ts'

const MAXIMUM_BYTES = 50 * 1024 * 1024

interface VerifyOptions {
  readonly content?: string
  readonly at?: string
  readonly knownAt?: string
  readonly reliedOnIn?: string
  readonly revocation: string
  readonly layer: string
  readonly json?: boolean
}

/** `sealhub verify FILE` */
export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .summary('验证文件、印章或签章 | judge a stamped document, a seal or a signature')
    .description(
      '验证盖章文件（.ofd、.pdf）、印章（.esl）或签章值（SignedValue.dat 与其原文）。 | Judges a stamped document, a seal, or a signature value with the content it signs.',
    )
    .argument('<file>', '文件、印章或签章值 | document, seal or signature value')
    .option('--content <file>', '签章值所签的原文，如 Signature.xml | the content a signature value signs')
    .option('--at <time>', '判断时刻，ISO 8601；缺省：签章为其签章时间，印章为现在 | moment of judgement')
    .option('--known-at <time>', '以该时刻所知判断 | as known at that moment')
    .option('--relied-on-in <division>', '依赖方行政区划代码，如 350000 | the relying division')
    .option(
      '--revocation <required|optional>',
      '吊销状态未知时：required 不能断定，optional 仅提示 | what unknown revocation means',
      'required',
    )
    .option(
      `--layer <${LAYERS.join('|')}>`,
      '详略：一句话、各项检查、全部事实 | how much is told: a sentence, every check, every fact',
      'detailed',
    )
    .option('--json', '输出数据 | print the report as data')
    .addHelpText(
      'after',
      `
退出码 exit codes: 0 TOTAL_PASSED · 1 TOTAL_FAILED · 2 INDETERMINATE · 64 usage · 65 unreadable
例 examples:
  sealhub verify 通知.ofd
  sealhub verify 合同.pdf --relied-on-in 350000 --layer simple
  sealhub verify 印章.esl
  sealhub verify SignedValue.dat --content Signature.xml --relied-on-in 350000
  sealhub verify 印章.esl --at 2021-03-31T08:00:00+08:00 --revocation optional --json`,
    )
    .action(verify)
}

async function verify(path: string, options: VerifyOptions): Promise<void> {
  const question = questionOf(options)
  const layer = layerOf(options)
  const bytes = await readInput(path, MAXIMUM_BYTES)
  const content = options.content === undefined ? null : await readInput(options.content, MAXIMUM_BYTES)
  const graph = await connect(readConfig())
  try {
    const { text, data, indication } = await report(graph, bytes, content, question, layer)
    process.stdout.write(options.json ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`)
    process.exitCode = exitCodeOf(indication)
  } finally {
    await graph.close()
  }
}

interface Outcome {
  readonly text: string
  readonly data: object
  readonly indication: Indication
}

async function report(
  graph: Graph,
  bytes: Uint8Array,
  content: Uint8Array | null,
  question: Question,
  layer: Layer,
): Promise<Outcome> {
  const subject = subjectOf(bytes)
  if (subject === 'SEAL' && content)
    throw new HubError(
      'BAD_INPUT',
      '印章没有原文：--content 只用于签章值',
      'a seal signs no content: --content is for signature values',
    )
  const file = await graph.put(bytes)
  if (subject === 'SEAL') {
    const seal = await askAboutSeal(graph, file, question)
    return { text: sealReport(seal, layer), data: sealLayer(seal, layer), indication: seal.conclusion.indication }
  }
  const document = await askAboutDocument(graph, file, content && (await graph.put(content)), question)
  return {
    text: documentReport(document, layer),
    data: documentLayer(document, layer),
    indication: document.conclusion.indication,
  }
}

function layerOf({ layer }: VerifyOptions): Layer {
  const known = LAYERS.find((one) => one === layer)
  if (!known) throw new HubError('BAD_INPUT', `--layer 须为 ${LAYERS.join('、')}`, `--layer takes ${LAYERS.join(', ')}`)
  return known
}

function questionOf({ at, knownAt, reliedOnIn, revocation }: VerifyOptions): Question {
  if (revocation !== 'required' && revocation !== 'optional') {
    throw new HubError('BAD_INPUT', '--revocation 须为 required 或 optional', '--revocation takes required or optional')
  }
  return {
    at: at === undefined ? null : formatInstant(parseInstant(at)),
    knownAt: knownAt === undefined ? null : formatInstant(parseInstant(knownAt)),
    reliedOnIn: reliedOnIn ?? null,
    revocation: revocation === 'required' ? 'REQUIRED' : 'OPTIONAL',
  }
}
