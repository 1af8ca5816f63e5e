import { execFileSync } from 'node:child_process'
import { generateSm2KeyPair } from '../pki/key.ts'
import { signSm2, sm2On } from '../pki/sm2.ts'
import { nobleEngine } from '../pki/sm2-fallback.ts'
import { nativeEngine } from '../pki/sm2-native.ts'
import { measure } from './measure.ts'
import type { BenchRow } from './row.ts'

const OPENSSL = 'openssl speed sm2, verify'
const SECONDS = 2

/**
 * SM2 verifications per second on one core: node:crypto and the fallback, each with its cached key, beside `openssl speed sm2`
 * in the same run. Without an openssl program that knows SM2 its row is left out, and a line on standard error says so.
 */
export async function benchSm2(): Promise<BenchRow[]> {
  const { privateKey, spki } = generateSm2KeyPair()
  const message = Buffer.from('印章状态查询'.repeat(16))
  const signature = signSm2(privateKey, message)
  const native = sm2On(nativeEngine)
  const fallback = sm2On(nobleEngine)
  const openssl = opensslVerifications()
  const speeds = await measure({
    native: () => native.verify(spki, message, signature),
    noble: () => fallback.verify(spki, message, signature),
  })
  const floor: BenchRow[] = openssl === null ? [] : [{ name: OPENSSL, perSecond: openssl }]
  const against = openssl === null ? {} : { ratioTo: { name: OPENSSL, ratio: speeds.native / openssl } }
  return [
    ...floor,
    { name: 'SM2 verify, node:crypto', perSecond: speeds.native, ...against },
    {
      name: 'SM2 verify, @noble/curves',
      perSecond: speeds.noble,
      ratioTo: { name: 'SM2 verify, node:crypto', ratio: speeds.noble / speeds.native },
    },
  ]
}

/** The last field of the line `+F…:CurveSM2:` that `openssl speed -mr` writes: verifications a second. */
function opensslVerifications(): number | null {
  try {
    const report = execFileSync('openssl', ['speed', '-mr', '-seconds', String(SECONDS), 'sm2'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const line = report.split('\n').find((text) => text.startsWith('+F') && text.includes('SM2'))
    const perSecond = Number(line?.split(':').at(-1))
    if (perSecond > 0) return perSecond
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
  process.stderr.write('openssl speed sm2 is not to be had here: left out\n')
  return null
}
