import type { Instant } from '../../model/time.ts'
import { makeSeal } from '../../pki/ses/make-seal.ts'
import type { SesFormat } from '../../pki/ses/seal-info.ts'
import type { Signer } from '../../pki/signer.ts'
import type { DemoAuthority } from './pki.ts'
import { sealPicture } from './seal-picture.ts'

const DAY_MS = 86_400_000

/** A seal of the demonstration with the signer that may stamp with it. */
export interface DemoSeal {
  readonly code: string
  readonly name: string
  readonly unit: string
  readonly creditCode: string
  readonly format: SesFormat
  readonly bytes: Uint8Array
  readonly signer: Signer
}

/** The unit, credit code, seal name, seal code, raw type and structure of a seal to make. */
export type SealPlan = readonly [unit: string, creditCode: string, name: string, code: string, type: number, format: SesFormat]

/** Seals of bureaus that exist only here: the credit codes are well formed and given to nobody. */
export const SUIPING_SEALS: readonly SealPlan[] = [
  ['遂平县演示民政局', '11411728MB9990012Y', '遂平县演示民政局', '41172800000001', 1, 'SES_V1'],
  ['遂平县演示财政局', '11411728MB9990020R', '遂平县演示财政局财务专用章', '41172800000002', 2, 'SES_V4'],
  ['遂平县演示教育局', '11411728MB9990039N', '遂平县演示教育局', '41172800000003', 1, 'SES_V4'],
  ['遂平县演示卫生健康委员会', '11411728MB9990047H', '遂平县演示卫生健康委员会业务专用章', '41172800000004', 6, 'SES_V5'],
  ['遂平县演示民政局', '11411728MB9990012Y', '演示法定代表人章', '41172800000005', 5, 'SES_V5'],
]
export const TIBET_SEAL: SealPlan = ['西藏自治区演示厅', '11540000MB9990055C', '西藏自治区演示厅', '54000000000001', 1, 'SES_V4']
export const FUJIAN_SEAL: SealPlan = [
  '福建省演示数据管理局',
  '11350000MB9990063X',
  '福建省演示数据管理局',
  '35000000000001',
  1,
  'SES_V5',
]

/** Makes a seal by the unified e-seal profile: the signer's certificate has CN = seal code and O = credit code and name. */
export async function makeDemoSeal(plan: SealPlan, authority: DemoAuthority, maker: Signer, now: Instant): Promise<DemoSeal> {
  const [unit, creditCode, name, code, type, format] = plan
  const subject = [
    ['C', 'CN'],
    ['O', `${creditCode}${unit}`],
    ['CN', code],
  ] as const
  const { signer, validity } = authority.issue(subject)
  const bytes = await makeSeal(
    {
      format,
      vid: 'SEALHUB-DEMO',
      esID: code,
      property: {
        type,
        name,
        certList: { certListType: 1, certs: [signer.certificate] },
        createDate: now - 200 * DAY_MS,
        validStart: validity.notBefore,
        validEnd: validity.notAfter,
      },
      picture: { type: 'svg', data: sealPicture(name), width: 42, height: 42 },
    },
    maker,
  )
  return { code, name, unit, creditCode, format, bytes, signer }
}
