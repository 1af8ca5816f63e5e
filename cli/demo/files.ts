import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../../model/time.ts'
import { exportPrivateKey } from '../../pki/key.ts'
import { encodePem } from '../../pki/pem.ts'
import { type DemoNotice, makeNotice } from './notice.ts'
import { type DemoHolder, makeDemoPki } from './pki.ts'
import { type DemoSeal, FUJIAN_SEAL, makeDemoSeal, SUIPING_SEALS, TIBET_SEAL } from './seals.ts'

/** Everything the demonstration made, also as files to try the commands on. */
export interface DemoFiles {
  readonly folder: string
  readonly anchor: string
  readonly authorities: string
  readonly crls: string
  /** Seal makers with the scope each may make for. */
  readonly makers: readonly { readonly file: string; readonly scope: string }[]
  readonly platform: { readonly file: string; readonly holder: DemoHolder }
  readonly suiping: readonly DemoSeal[]
  readonly tibet: DemoSeal
  readonly fujian: DemoSeal
  readonly notice: DemoNotice & { readonly by: DemoSeal; readonly file: string }
}

/** The passphrase of the demonstration's platform key; it protects nothing. */
export const DEMO_PASSPHRASE = 'demonstration'

/** Makes the demonstration's PKI, seals and a stamped notice, and writes them below the folder. */
export async function makeDemoFiles(folder: string, now: Instant): Promise<DemoFiles> {
  const write = (path: string, content: Uint8Array | string): string => {
    const file = join(folder, path)
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
    writeFileSync(file, content, { mode: 0o600 })
    return file
  }
  const pki = makeDemoPki(now)
  const anchor = write('pki/root/ROOTCA.pem', encodePem('CERTIFICATE', pki.root.certificate))
  write('pki/crls/root.crl', pki.root.crl)
  const provinces = { henan: pki.henan, tibet: pki.tibet, fujian: pki.fujian }
  for (const [name, { certificate, crl }] of Object.entries(provinces)) {
    write(`pki/ca/${name}.pem`, encodePem('CERTIFICATE', certificate))
    write(`pki/crls/${name}.crl`, crl)
  }

  // The county collects, the city bureau makes (遂平 7).
  const zhumadian = pki.henan.issue([['C', 'CN'], ['O', '驻马店市演示大数据管理局'], ['CN', '驻马店统一电子印章']]) // biome-ignore format: one name
  const tibetMaker = pki.tibet.issue([['C', 'CN'], ['O', '西藏自治区演示办公厅'], ['CN', '西藏统一电子印章']]) // biome-ignore format: one name
  const fujianMaker = pki.fujian.issue([['C', 'CN'], ['O', '福建省演示数据管理局'], ['CN', '福建公共管理印章系统']]) // biome-ignore format: one name
  const makers = [
    { file: write('pki/makers/zhumadian.pem', encodePem('CERTIFICATE', zhumadian.signer.certificate)), scope: '4117' },
    { file: write('pki/makers/tibet.pem', encodePem('CERTIFICATE', tibetMaker.signer.certificate)), scope: '54' },
    { file: write('pki/makers/fujian.pem', encodePem('CERTIFICATE', fujianMaker.signer.certificate)), scope: '35' },
  ]
  const platform = pki.henan.issue([['C', 'CN'], ['O', '遂平县演示政务服务和大数据管理局'], ['CN', '411728']]) // biome-ignore format: one name
  const platformFile = write('pki/platform/411728.pem', encodePem('CERTIFICATE', platform.signer.certificate))
  write(
    'pki/platform/411728.key.pem',
    `${exportPrivateKey(platform.keys.privateKey, DEMO_PASSPHRASE)}${encodePem('CERTIFICATE', platform.signer.certificate)}`,
  )
  write('pki/platform/passphrase', `${DEMO_PASSPHRASE}\n`)

  const suiping: DemoSeal[] = []
  for (const plan of SUIPING_SEALS) suiping.push(await makeDemoSeal(plan, pki.henan, zhumadian.signer, now))
  const tibet = await makeDemoSeal(TIBET_SEAL, pki.tibet, tibetMaker.signer, now)
  const fujian = await makeDemoSeal(FUJIAN_SEAL, pki.fujian, fujianMaker.signer, now)
  for (const seal of [...suiping]) write(`seals/${seal.code}.esl`, seal.bytes)
  for (const seal of [tibet, fujian]) write(`elsewhere/${seal.code}.esl`, seal.bytes)

  const [, , by = tibet] = suiping
  const notice = await makeNotice(by, now)
  const noticeFile = write('documents/通知.ofd', notice.stamped)
  write('documents/通知（金额被改）.ofd', notice.altered)
  return {
    folder,
    anchor,
    authorities: join(folder, 'pki/ca'),
    crls: join(folder, 'pki/crls'),
    makers,
    platform: { file: platformFile, holder: platform },
    suiping,
    tibet,
    fujian,
    notice: { ...notice, by, file: noticeFile },
  }
}
