import { type CaseGroup, passes, stops } from './case.ts'

/** Where a seal is recognised, and what is asked of a certificate alone. */
export const RECOGNITION: CaseGroup = {
  title: { zh: '认可', en: 'Recognition' },
  cases: [
    passes('职务章在外省', 'a position seal elsewhere', { sealClass: 'POSITION' }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '私章在外省', 'a private seal elsewhere', { sealClass: 'PRIVATE' }),
    passes('私章在本市', 'a private seal in its own division', { sealClass: 'PRIVATE', reliedOnIn: '411700' }),
    passes('私章在上级省', 'a private seal in the province above', { sealClass: 'PRIVATE', reliedOnIn: '410000' }),
    passes('私章在下级县', 'a private seal in a county below', { sealClass: 'PRIVATE', reliedOnIn: '411728' }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '私章在同省另一市', 'a private seal in another city of the province', { sealClass: 'PRIVATE', reliedOnIn: '410100' }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '私章在国家', 'a private seal at the nation', { sealClass: 'PRIVATE', reliedOnIn: '000000' }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '类别不明的印章在外省', 'a seal of unknown class elsewhere', { sealClass: 'UNKNOWN' }),
    passes('类别不明的印章在本市', 'a seal of unknown class in its own division', { sealClass: 'UNKNOWN', reliedOnIn: '411700' }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '区划不明的私章', 'a private seal of an unknown division', { sealClass: 'PRIVATE', division: null, registered: null, makers: [{}], reliedOnIn: '411700' }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '不带印章的签名，用于税务', 'signed data without a seal, for tax', { format: 'GBT_35275', registered: null, use: { purpose: 'TAX' } }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '不带印章的签名，在本地用于财政金融', 'signed data without a seal, for finance at home', { format: 'GBT_35275', registered: null, reliedOnIn: '411700', use: { purpose: 'FINANCE' } }),
    passes('不带印章的签名，用于公文', 'signed data without a seal, for official documents', { format: 'GBT_35275', registered: null, use: { purpose: 'OFFICIAL_DOCUMENT' } }, 'SEAL_CARRIED'),
    stops('REVOKED', 'CERTIFICATE_REVOCATION', '不予认可，且证书被吊销：失败优先', 'not recognised, and revoked: the failure outranks the doubt', { sealClass: 'PRIVATE', signer: { valid: ['2025-01-01', '2027-01-01'], usage: null, crl: { revoked: '2025-05-01' } } }),
  ],
} // biome-ignore format: a table

const PRIVATE = { sealClass: 'PRIVATE' } as const

/** What agreements add to the measures. */
export const AGREEMENTS: CaseGroup = {
  title: { zh: '互认约定', en: 'Agreements' },
  cases: [
    passes('私章，两地有约定', 'a private seal under an agreement', { ...PRIVATE, agreements: [{}] }),
    passes('约定由上级省为其辖区订立', 'agreed by the provinces above', { ...PRIVATE, reliedOnIn: '350100', agreements: [{}] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定只对下级市', 'agreed for a city below only', { ...PRIVATE, agreements: [{ reliedOnIn: '350100' }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定只对另一市的印章', 'agreed on seals of another city', { ...PRIVATE, agreements: [{ issuedIn: '410100' }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定是单方的：对方认可我方', 'the other side accepts ours, which is not returned', { ...PRIVATE, agreements: [{ reliedOnIn: '410000', issuedIn: '350000' }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '签章后约定才生效', 'agreed only after signing', { ...PRIVATE, agreements: [{ from: '2025-07-01' }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '签章前约定已失效', 'repealed before signing', { ...PRIVATE, agreements: [{ until: '2025-05-01' }] }),
    passes('签章后约定失效', 'repealed after signing', { ...PRIVATE, agreements: [{ until: '2025-07-01' }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '签章后约定失效，问失效之后', 'repealed after signing, asked about later', { ...PRIVATE, at: '2025-10-01', agreements: [{ until: '2025-07-01' }] }),
    passes('两个约定先后相接', 'two agreements, one after the other', { ...PRIVATE, at: '2025-10-01', agreements: [{ until: '2025-07-01' }, { from: '2025-07-01' }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '彼时尚不知道有约定', 'an agreement not known then', { ...PRIVATE, knownAt: '2025-12-31T11:00Z', agreements: [{ recorded: '2025-12-31T11:30Z' }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定不含私章', 'an agreement that does not name private seals', { ...PRIVATE, agreements: [{ classes: ['POSITION'] }] }),
    passes('约定不含公章：国家规定已认可', 'a public seal needs no agreement, nor can one narrow the measure', { agreements: [{ classes: ['PRIVATE'] }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '类别不明，约定写明此类也不认可', 'an agreement on seals of unknown class is none', { sealClass: 'UNKNOWN', agreements: [{ classes: ['UNKNOWN'] }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '类别不明，有约定也不认可', 'no agreement helps a seal of unknown class', { sealClass: 'UNKNOWN', agreements: [{ classes: ['PRIVATE', 'PUBLIC', 'POSITION'] }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定限于证照，未说明用途', 'agreed for licences, no purpose said', { ...PRIVATE, agreements: [{ purposes: ['LICENSE'] }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定限于证照，用于公文', 'agreed for licences, used for a document', { ...PRIVATE, use: { purpose: 'OFFICIAL_DOCUMENT' }, agreements: [{ purposes: ['LICENSE'] }] }),
    passes('约定限于证照，用于证照', 'agreed for licences, used for one', { ...PRIVATE, use: { purpose: 'LICENSE' }, agreements: [{ purposes: ['LICENSE'] }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '公章用于税务：自成一域', 'a public seal for tax: a domain of its own', { use: { purpose: 'TAX' } }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '公章用于税务，在本市', 'the same at home', { use: { purpose: 'TAX' }, reliedOnIn: '411700' }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '公章用于财政金融，约定未指明', 'for finance, which the agreement does not name', { use: { purpose: 'FINANCE' }, agreements: [{ classes: ['PUBLIC'] }] }),
    passes('公章用于税务，约定指明税务', 'for tax, which the agreement names', { use: { purpose: 'TAX' }, agreements: [{ classes: ['PUBLIC'], purposes: ['TAX'] }] }),
    passes('公章用于证照', 'a public seal for licences', { use: { purpose: 'LICENSE' } }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定限政务外网，未说明网络', 'for the government extranet, no network said', { ...PRIVATE, agreements: [{ networks: ['GOVERNMENT_EXTRANET'] }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定限政务外网，在互联网使用', 'for the government extranet, used on the internet', { ...PRIVATE, use: { network: 'INTERNET' }, agreements: [{ networks: ['GOVERNMENT_EXTRANET'] }] }),
    passes('约定限政务外网，在政务外网使用', 'for the government extranet, used there', { ...PRIVATE, use: { network: 'GOVERNMENT_EXTRANET' }, agreements: [{ networks: ['GOVERNMENT_EXTRANET'] }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定要求等保三级，未说明', 'demands level 3, no level said', { ...PRIVATE, agreements: [{ assurance: 3 }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定要求等保三级，只有二级', 'demands level 3, used at level 2', { ...PRIVATE, use: { assurance: 2 }, agreements: [{ assurance: 3 }] }),
    passes('约定要求等保三级，为四级', 'demands level 3, used at level 4', { ...PRIVATE, use: { assurance: 4 }, agreements: [{ assurance: 3 }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定要求政务认证机构，未列明', 'demands an e-government authority, nobody says it is one', { ...PRIVATE, agreements: [{ governmentCa: true }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定要求政务认证机构，签章时已不是', 'demands an e-government authority, which it no longer was', { ...PRIVATE, agreements: [{ governmentCa: true }], authorities: [{}, { caKind: 'E_GOVERNMENT', until: '2025-05-01' }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定要求政务认证机构，列明它的列表逾期', 'demands an e-government authority, named as that by a list that is overdue', { ...PRIVATE, agreements: [{ governmentCa: true }], authorities: [{}, { caKind: 'E_GOVERNMENT', list: 'OVERDUE' }] }),
    stops('SIG_CONSTRAINTS_FAILURE', 'RECOGNITION', '约定要求政务认证机构，彼时尚不知道', 'demands an e-government authority, which nobody knew then', { ...PRIVATE, agreements: [{ governmentCa: true }], authorities: [{}, { caKind: 'E_GOVERNMENT', recorded: '2025-12-31T11:30Z' }], knownAt: '2025-12-31T11:00Z' }),
    passes('约定要求政务认证机构，两份名单之一列明', 'demands an e-government authority, as one of two entries says', { ...PRIVATE, agreements: [{ governmentCa: true }], authorities: [{}, { caKind: 'E_GOVERNMENT' }] }),
    passes('约定要求政务认证机构，是', 'demands an e-government authority, which it is', { ...PRIVATE, agreements: [{ governmentCa: true }], authorities: [{ caKind: 'E_GOVERNMENT' }] }),
    passes('登记印章，私章，有约定', 'a registered private seal under an agreement', { ...PRIVATE, subject: 'SEAL', agreements: [{}] }),
  ],
} // biome-ignore format: a table

const CERTIFICATE = { subject: 'CERTIFICATE' } as const
const MAKING = { subject: 'CERTIFICATE', purpose: 'SEAL_MAKING' } as const
const VALID = ['2025-01-01', '2027-01-01'] as const

export const CERTIFICATES_ALONE: CaseGroup = {
  title: { zh: '单独的证书', en: 'Certificates alone' },
  cases: [
    passes('可用于签章的证书', 'a certificate to seal with', CERTIFICATE),
    passes('可用于制章的证书，范围有限', 'a certificate to make seals with, for some divisions', MAKING, 'MAKER_SCOPE'),
    passes('可用于制章的证书，范围为全国', 'a certificate to make seals with, for the whole nation', { ...MAKING, makers: [{}] }),
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'MAKER_LISTED', '用于制章而不在名单中', 'to make seals with, on no list', { ...MAKING, makers: [] }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'MAKER_SPAN', '用于制章而已移出名单', 'to make seals with, delisted', { ...MAKING, makers: [{ until: '2025-06-01' }] }),
    stops('REVOKED_NO_POE', 'MAKER_WITHDRAWN', '问因密钥泄露移出名单之前', 'delisted later for compromise, asked about before', { ...MAKING, makers: [{ until: '2025-06-01', code: 'KEY_COMPROMISE' }], at: '2025-05-01' }),
    stops('REVOKED_NO_POE', 'MAKER_WITHDRAWN', '用于制章，一份名单因密钥泄露移出，另一份仍列', 'to make seals with, delisted by one entry for compromise, listed by another', { ...MAKING, makers: [{ scope: '4117', until: '2025-06-01', code: 'KEY_COMPROMISE' }, { scope: '41' }] }),
    stops('TRY_LATER', 'MAKER_LISTED', '列明制章人的列表逾期', 'to make seals with, named by a list that is overdue', { ...MAKING, makers: [{ list: 'OVERDUE' }] }),
    passes('签发机构范围有限', 'an authority for some divisions, where none is asked about', { ...CERTIFICATE, authorities: [{ scope: '41' }], anchors: [{ scope: '41' }] }),
    stops('TRY_LATER', 'ASKED_MOMENT', '问未来的时点', 'asked about for a moment in the future', { ...CERTIFICATE, at: '2026-03-01', revocation: 'OPTIONAL' }),
    passes('移出名单之前', 'the same, asked about before', { ...MAKING, makers: [{ until: '2025-06-01' }], at: '2025-05-01' }),
    stops('EXPIRED', 'CERTIFICATE_VALIDITY', '证书已过期', 'expired', { ...CERTIFICATE, signer: { valid: ['2023-01-01', '2025-06-01'], usage: null, crl: 'GOOD' } }),
    stops('NOT_YET_VALID', 'CERTIFICATE_VALIDITY', '证书尚未生效', 'not yet valid', { ...CERTIFICATE, signer: { valid: ['2026-06-01', '2027-06-01'], usage: null, crl: 'GOOD' } }),
    stops('REVOKED', 'CERTIFICATE_REVOCATION', '证书被吊销', 'revoked', { ...CERTIFICATE, signer: { valid: VALID, usage: null, crl: { revoked: '2025-06-01' } } }),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '问泄露之前', 'compromised later, asked about before', { ...CERTIFICATE, at: '2025-05-01', signer: { valid: VALID, usage: null, crl: { revoked: '2025-06-01', reason: 'keyCompromise' } } }),
    passes('问更换之前', 'superseded later, asked about before', { ...CERTIFICATE, at: '2025-05-01', signer: { valid: VALID, usage: null, crl: { revoked: '2025-06-01', reason: 'superseded' } } }, 'CERTIFICATE_REVOCATION'),
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'ANCHOR_ACCEPTED', '信任锚不被认可', 'an anchor not accepted', { ...CERTIFICATE, anchors: [] }),
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'ISSUING_CA_LISTED', '签发机构不在名单中', 'an authority on no list', { ...CERTIFICATE, authorities: [] }),
    stops('TRY_LATER', 'CERTIFICATE_REVOCATION', '没有吊销信息', 'no revocation evidence', { ...CERTIFICATE, signer: { valid: VALID, usage: null, crl: 'NONE' } }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'CERTIFICATE_KEY_USAGE', '密钥不可用于签名', 'its key may not sign', { ...CERTIFICATE, signer: { valid: VALID, usage: ['dataEncipherment'], crl: 'GOOD' } }),
  ],
} // biome-ignore format: a table
