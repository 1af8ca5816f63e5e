import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { isDivisionCode } from '../model/division-code.ts'
import { HubError } from '../model/error.ts'

const HOUR_MS = 3_600_000

const url = z.url({ protocol: /^https?$/ })
const sourceUrl = z.url({ protocol: /^(https?|ldaps?)$/ })
const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

/**
 * Every setting of the hub: its variable, what it means, its default. This table is the manual (`sealhub serve --help`
 * prints it) and the only reader of the environment.
 */
const SETTINGS = {
  SEALHUB_DATA: z
    .string()
    .min(1)
    .default('./data')
    .describe('数据目录：数据库、密钥、文件 | data directory: databases, keys, files'),
  SEALHUB_HOST: z.string().min(1).default('127.0.0.1').describe('监听地址 | address to listen on'),
  SEALHUB_PORT: port.default(4000).describe('监听端口，0 为任选 | port to listen on, 0 for any'),
  SEALHUB_DIVISION: z
    .string()
    .refine(isDivisionCode, 'six digits of GB/T 2260')
    .default('410000')
    .describe('本枢纽所属行政区划，缺省的依赖方 | the division of this hub, and the relying one where a question names none'),
  SEALHUB_PUBLIC_URL: url.optional().describe('对外公布的地址 | the address the public knows'),
  SEALHUB_DEVELOPMENT: flag
    .default(false)
    .describe('开发模式：提供查询页 /graphiql 与自省 | development: the query page /graphiql and introspection'),
  SEALHUB_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('日志级别 | log level'),
  SEALHUB_STATUS_BOUND_HOURS: z.coerce
    .number()
    .positive()
    .default(72)
    .describe('来源平台多久没有消息即视为陈旧 | hours of silence after which a source counts as stale'),
  SEALHUB_READERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('读取文件的工作线程数，缺省按处理器核数 | threads that read documents, by the cores if left out'),
  SEALHUB_FETCH_REVOCATION: flag
    .default(false)
    .describe(
      '在后台获取所持证书指明的 CRL 与 OCSP（HTTP、LDAP） | fetch the CRLs and OCSP answers that certificates held name, in the background (HTTP, LDAP)',
    ),
  SEALHUB_REVOCATION_URLS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(sourceUrl))
    .describe('此外获取的 CRL 地址，以空格或逗号分隔 | CRLs to fetch beside these, separated by spaces or commas'),
  SEALHUB_TRUST_LIST_URLS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(url))
    .describe(
      '在后台获取的信任列表地址，以空格或逗号分隔；其指向的列表一并获取 | trust lists to fetch in the background, separated by spaces or commas; those they point to are fetched too',
    ),
  SEALHUB_TWO_PERSON: flag
    .default(false)
    .describe(
      '变更信任一律须两人：一人提议、另一人批准；否则自登记管理员起 | every change of trust needs two people, one to propose and another to approve; otherwise once there are administrators',
    ),
  SEALHUB_TOKEN_FILE: z
    .string()
    .optional()
    .describe(
      '命令以此文件中的管理员令牌行事，缺省为本机操作员 | commands act by the administrator’s token in this file; the operator of this machine if absent',
    ),
  SEALHUB_AT: url
    .optional()
    .describe('命令所连接的枢纽地址，须有令牌文件 | the hub that commands connect to; needs a token file'),
  SEALHUB_FETCH_LOCAL: flag
    .default(false)
    .describe('允许从本机与链路本地地址获取 | fetch from this machine and its link too, for a mirror run beside the hub'),
  SEALHUB_KEEP_DECISIONS: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(0)
    .describe(
      '保留多少次判定的问题与证据（不含名称），用于试算政策草案；0 为不保留 | how many decisions are kept, without names, to try draft policies on; 0 for none',
    ),
  SEALHUB_SEALS_URL: url.optional().describe('seals 子图在别处运行时的地址 | where the seals subgraph runs, if elsewhere'),
  SEALHUB_CERTIFICATES_URL: url.optional().describe('certificates 子图的地址 | likewise for certificates'),
  SEALHUB_TRUST_URL: url.optional().describe('trust 子图的地址 | likewise for trust'),
  SEALHUB_HUB_URL: url
    .optional()
    .describe(
      '单独运行的 seals、certificates 子图从该枢纽读取上传的文件 | where seals and certificates, run alone, read uploaded files',
    ),
  SEALHUB_KEY_FILE: z
    .string()
    .optional()
    .describe(
      '枢纽内部密钥文件（32 字节以上），缺省在数据目录中生成 | hub key shared by its rooms, at least 32 bytes; made in the data directory if absent',
    ),
  SEALHUB_PASSPHRASE_FILE: z
    .string()
    .optional()
    .describe(
      '签名私钥口令文件，缺省在数据目录中生成 | file with the passphrase of the signing key; made in the data directory if absent',
    ),
} as const

export interface Config {
  readonly data: string
  readonly host: string
  readonly port: number
  readonly division: string
  readonly publicUrl: string | null
  readonly development: boolean
  readonly logLevel: string
  /** Milliseconds. */
  readonly statusBound: number
  /** Threads that read documents; null: by the machine's cores. */
  readonly readers: number | null
  /** Revocation evidence fetched in the background; null: none. */
  readonly fetching: { readonly urls: readonly string[]; readonly allowLocal: boolean } | null
  /** Trust lists fetched in the background, beside those that lists point to; null: nothing is done beside answering. */
  readonly trustLists: { readonly urls: readonly string[]; readonly allowLocal: boolean } | null
  /** How many decisions are kept to try draft policies on. */
  readonly keepDecisions: number
  /** Every change of trust needs two people from the beginning. */
  readonly twoPerson: boolean
  /** Whose token commands act by, and at which hub; null: the operator of this machine, at its own. */
  readonly tokenFile: string | null
  readonly at: string | null
  /** Subgraphs that run elsewhere. */
  readonly remote: Readonly<Partial<Record<'seals' | 'certificates' | 'trust', string>>>
  /** Where `seals` and `certificates`, run alone, read uploaded files. */
  readonly hubUrl: string | null
  readonly keyFile: string | null
  readonly passphraseFile: string | null
}

/**
 * Reads the configuration from the environment.
 * @param overrides variables given on the command line, which go before the environment's.
 * @throws HubError BAD_INPUT naming every variable that is wrong.
 */
export function readConfig(overrides: NodeJS.ProcessEnv = {}, environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = z.object(SETTINGS).safeParse({ ...environment, ...overrides })
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    throw new HubError('BAD_INPUT', `配置有误：${wrong}`, `configuration: ${wrong}`)
  }
  const settings = parsed.data
  return {
    data: resolve(settings.SEALHUB_DATA),
    host: settings.SEALHUB_HOST,
    port: settings.SEALHUB_PORT,
    division: settings.SEALHUB_DIVISION,
    publicUrl: settings.SEALHUB_PUBLIC_URL ?? null,
    development: settings.SEALHUB_DEVELOPMENT,
    logLevel: settings.SEALHUB_LOG_LEVEL,
    statusBound: settings.SEALHUB_STATUS_BOUND_HOURS * HOUR_MS,
    readers: settings.SEALHUB_READERS ?? null,
    fetching: settings.SEALHUB_FETCH_REVOCATION
      ? { urls: settings.SEALHUB_REVOCATION_URLS, allowLocal: settings.SEALHUB_FETCH_LOCAL }
      : null,
    trustLists: { urls: settings.SEALHUB_TRUST_LIST_URLS, allowLocal: settings.SEALHUB_FETCH_LOCAL },
    keepDecisions: settings.SEALHUB_KEEP_DECISIONS,
    twoPerson: settings.SEALHUB_TWO_PERSON,
    tokenFile: settings.SEALHUB_TOKEN_FILE ?? null,
    at: settings.SEALHUB_AT ?? null,
    remote: {
      ...(settings.SEALHUB_SEALS_URL && { seals: settings.SEALHUB_SEALS_URL }),
      ...(settings.SEALHUB_CERTIFICATES_URL && { certificates: settings.SEALHUB_CERTIFICATES_URL }),
      ...(settings.SEALHUB_TRUST_URL && { trust: settings.SEALHUB_TRUST_URL }),
    },
    hubUrl: settings.SEALHUB_HUB_URL ?? null,
    keyFile: settings.SEALHUB_KEY_FILE ?? null,
    passphraseFile: settings.SEALHUB_PASSPHRASE_FILE ?? null,
  }
}

/** The manual of all settings, for `--help`. */
export function configurationManual(): string {
  return Object.entries(SETTINGS)
    .map(([name, schema]) => {
      const fallback = z.object({ [name]: schema }).safeParse({})
      const value = fallback.success ? fallback.data[name] : undefined
      const [zh, en] = (schema.description ?? '').split(' | ')
      return `  ${name}${value === undefined ? '' : ` (${String(value)})`}\n      ${zh}\n      ${en}`
    })
    .join('\n')
}

/** A secret from a file the operator named: at least `minimum` bytes, one trailing line end dropped. */
export function readSecretFile(path: string, minimum: number): Buffer {
  const secret = Buffer.from(readFileSync(path, 'utf8').replace(/\r?\n$/, ''))
  if (secret.length < minimum)
    throw new HubError('BAD_INPUT', `密钥文件过短：${path}`, `secret file shorter than ${minimum} bytes: ${path}`)
  return secret
}
