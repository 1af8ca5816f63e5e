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
    stops('REVOKED', 'CERTIFICATE_REVOCATION', '不予认可，且证书被吊销：失败优先', 'not recognised, and revoked: the failure outranks the doubt', { sealClass: 'PRIVATE', signer: { valid: ['2025-01-01', '2027-01-01'], usage: null, crl: { revoked: '2025-05-01' } } }),
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
