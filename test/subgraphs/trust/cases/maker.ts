import { type CaseGroup, passes, stops } from './case.ts'

const USAGE = ['digitalSignature', 'nonRepudiation']
const SEAL = { subject: 'SEAL' } as const

/** Who made the seal. */
export const MAKER: CaseGroup = {
  title: { zh: '制章人', en: 'The maker' },
  cases: [
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'MAKER_LISTED', '制章人不在名单中', 'a maker on no list', { makers: [] }),
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'MAKER_LISTED', '彼时尚不知道制章人在名单中', 'a maker not known to be listed then', { makers: [{ scope: '4117', recorded: '2025-11-01' }], knownAt: '2025-10-01', firstSeen: null, heard: '2025-10-01' }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'MAKER_SPAN', '制章时制章人尚未列入', 'a maker listed only after making', { makers: [{ scope: '4117', from: '2025-03-01' }] }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'MAKER_SPAN', '制章时制章人已移出', 'a maker delisted before making', { makers: [{ scope: '4117', until: '2024-12-01' }] }),
    passes('制章之后制章人移出名单', 'a maker delisted after making', { makers: [{ scope: '4117', until: '2025-03-01' }] }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'MAKER_SCOPE', '制章人只可为别的区划制章', 'a maker of another division', { makers: [{ scope: '35' }] }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'MAKER_SCOPE', '制章人只可为下级区划制章', 'a maker of a division below', { makers: [{ scope: '411728' }] }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'MAKER_SCOPE', '区划不明，制章人范围有限', 'an unknown division and a maker with a scope', { division: null, registered: null }),
    passes('区划不明，制章人范围为全国', 'an unknown division and a maker for the whole nation', { division: null, registered: null, makers: [{}] }),
    passes('印章编码没有区划，以登记的区划为准', 'a code without a division: the registered one counts', { division: null }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'MAKER_SCOPE', '编码没有区划，登记的又是别的数据', 'a code without a division, and other data registered', { division: null, registeredData: 'OTHER' }),
    passes('两个登记中有一个适用', 'one of two entries fits', { makers: [{ scope: '35' }, { scope: '41' }] }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'MAKER_SCOPE', '一个登记合时间，另一个合范围', 'one entry fits in time, the other in scope', { makers: [{ scope: '35' }, { scope: '41', until: '2024-12-01' }] }),
    stops('EXPIRED', 'MAKER_AT_MAKING', '制章时制章人证书已过期', "the maker's certificate had expired at making", { maker: { valid: ['2023-01-01', '2025-01-05'], usage: USAGE, crl: 'GOOD' } }),
    stops('NOT_YET_VALID', 'MAKER_AT_MAKING', '制章时制章人证书尚未生效', "the maker's certificate had not begun at making", { maker: { valid: ['2025-01-15', '2028-01-01'], usage: USAGE, crl: 'GOOD' } }),
    stops('REVOKED', 'MAKER_AT_MAKING', '制章前制章人证书被吊销', "the maker's certificate was revoked before making", { maker: { valid: ['2024-01-01', '2028-01-01'], usage: USAGE, crl: { revoked: '2024-12-01' } } }),
    stops('REVOKED', 'MAKER_AT_MAKING', '制章前因更换被吊销', 'revoked before making, though only superseded', { maker: { valid: ['2024-01-01', '2028-01-01'], usage: USAGE, crl: { revoked: '2024-12-01', reason: 'superseded' } } }),
    stops('REVOKED_NO_POE', 'MAKER_AT_MAKING', '制章后因密钥泄露被吊销，没有证明', "the maker's key was compromised after making, without proof", { maker: { valid: ['2024-01-01', '2028-01-01'], usage: USAGE, crl: { revoked: '2025-10-01', reason: 'keyCompromise' } }, registered: null, firstSeen: null }),
    passes('制章后因密钥泄露被吊销，此前已登记', 'compromised after making, registered before that', { maker: { valid: ['2024-01-01', '2028-01-01'], usage: USAGE, crl: { revoked: '2025-10-01', reason: 'keyCompromise' } } }, 'MAKER_AT_USE'),
    passes('签章后因更换被吊销', 'superseded after signing', { maker: { valid: ['2024-01-01', '2028-01-01'], usage: USAGE, crl: { revoked: '2025-10-01', reason: 'superseded' } } }, 'MAKER_AT_USE'),
    stops('REVOKED_NO_POE', 'MAKER_AT_USE', 'v4：制章后、签章前因更换被吊销', 'v4: superseded between making and signing', { maker: { valid: ['2024-01-01', '2028-01-01'], usage: USAGE, crl: { revoked: '2025-03-01', reason: 'superseded' } } }),
    passes('v5：制章后、签章前因更换被吊销', 'v5: superseded between making and signing', { format: 'SES_V5', maker: { valid: ['2024-01-01', '2028-01-01'], usage: USAGE, crl: { revoked: '2025-03-01', reason: 'superseded' } } }, 'MAKER_AT_USE'),
    stops('OUT_OF_BOUNDS_NO_POE', 'MAKER_AT_USE', 'v4：制章后、签章前制章人证书过期', "v4: the maker's certificate expired between making and signing", { maker: { valid: ['2024-01-01', '2025-03-01'], usage: USAGE, crl: 'GOOD' }, revocation: 'OPTIONAL' }),
    stops('OUT_OF_BOUNDS_NO_POE', 'MAKER_AT_USE', 'v1：同上', 'v1: the same', { format: 'SES_V1', maker: { valid: ['2024-01-01', '2025-03-01'], usage: USAGE, crl: 'GOOD' }, revocation: 'OPTIONAL' }),
    passes('v5：同上', 'v5: the same', { format: 'SES_V5', maker: { valid: ['2024-01-01', '2025-03-01'], usage: USAGE, crl: 'GOOD' }, revocation: 'OPTIONAL' }, 'MAKER_AT_USE'),
    passes('签章后制章人证书过期', "the maker's certificate expired after signing", { maker: { valid: ['2024-01-01', '2025-10-01'], usage: USAGE, crl: 'GOOD' }, revocation: 'OPTIONAL' }, 'MAKER_NOW'),
    stops('OUT_OF_BOUNDS_NO_POE', 'MAKER_AT_USE', '问印章，v4 制章人证书已过期', "a v4 seal whose maker's certificate has expired", { ...SEAL, maker: { valid: ['2024-01-01', '2025-10-01'], usage: USAGE, crl: 'GOOD' }, revocation: 'OPTIONAL' }),
    passes('问印章，v5 制章人证书已过期', "a v5 seal whose maker's certificate has expired", { ...SEAL, format: 'SES_V5', maker: { valid: ['2024-01-01', '2025-10-01'], usage: USAGE, crl: 'GOOD' }, revocation: 'OPTIONAL' }, 'MAKER_AT_USE'),
    stops('TRY_LATER', 'MAKER_AT_MAKING', '没有制章人证书的吊销信息', "no revocation evidence on the maker's certificate", { maker: { valid: ['2024-01-01', '2028-01-01'], usage: USAGE, crl: 'NONE' } }),
    passes('没有制章人证书的吊销信息，不要求核查', 'the same where it is not demanded', { maker: { valid: ['2024-01-01', '2028-01-01'], usage: USAGE, crl: 'NONE' }, revocation: 'OPTIONAL' }, 'MAKER_AT_MAKING'),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'CERTIFICATE_KEY_USAGE', '制章人密钥不可用于签名', "the maker's key may not sign", { maker: { valid: ['2024-01-01', '2028-01-01'], usage: ['keyEncipherment'], crl: 'GOOD' } }),
  ],
} // biome-ignore format: a table
