import { type CheckDefinition, rule } from './definition.ts'

const RULE = rule('枢纽决定：谁可陈述吊销', '14', 'hub decision: who may speak of revocation')
const IMPORT = { zh: '请导入颁发者最新的 CRL 后再试', en: "import the issuer's newest CRL, then try again" }

const LEFT_OUT = { zh: '所附吊销资料有未采用的', en: 'some of the revocation evidence that came along was left out' }
const NOT_USED = { zh: '随文件带来的吊销资料不予采用', en: 'revocation evidence that came along is not used' }

/** What became of the CRLs and OCSP responses a document brings along; by themselves they weigh nothing. */
export const EVIDENCE_CHECKS = {
  EVIDENCE_LEFT_OUT: {
    rule: RULE,
    passed: { zh: '所附吊销资料均已查看', en: 'all revocation evidence that came along was looked at' },
    noted: LEFT_OUT,
    failed: LEFT_OUT,
    next: IMPORT,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  BROUGHT_EVIDENCE: {
    rule: RULE,
    passed: { zh: '随文件带来的吊销资料由有权者签发', en: 'revocation evidence that came along is signed by whom it must be' },
    noted: NOT_USED,
    failed: NOT_USED,
    next: IMPORT,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
} satisfies Record<string, CheckDefinition>
