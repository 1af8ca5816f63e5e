import type { Bilingual } from '../text.ts'

/** What is to be done about checks of several kinds. */
export const REJECT: Bilingual = { zh: '不予采信，并向发送方核实', en: 'do not rely on it; ask the sender' }
export const LATER: Bilingual = { zh: '请稍后再试', en: 'try again later' }
export const ASK_SENDER: Bilingual = { zh: '请发送方重新提供原始文件', en: 'ask the sender for the original file again' }
export const ADMINISTRATOR: Bilingual = {
  zh: '请枢纽管理员核对信任列表',
  en: 'ask the administrator of the hub to look at the trust lists',
}
export const PROVE: Bilingual = {
  zh: '请提供证明其早于该时点的时间戳或登记记录',
  en: 'provide a time-stamp or a record that proves it existed before',
}
export const IMPORT_CRL: Bilingual = { zh: '请导入签发者最新的 CRL', en: "import the issuer's newest CRL" }
export const SEAL_NEW: Bilingual = { zh: '请持章单位更换印章后重新签章', en: 'ask the owner for a new seal and a new stamp' }
