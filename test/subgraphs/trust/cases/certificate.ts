import { type CaseGroup, passes, stops } from './case.ts'

const VALID = ['2025-01-01', '2027-01-01'] as const
const USAGE = ['digitalSignature']
const AUTHORITY = { valid: ['2020-01-01', '2035-01-01'], usage: ['keyCertSign'] } as const

/** Paths, authorities and revocation. */
export const CERTIFICATE: CaseGroup = {
  title: { zh: '证书链与吊销', en: 'Paths and revocation' },
  cases: [
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'PATH_KNOWN', '没有证书链', 'no path', { paths: 'NONE' }),
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'ANCHOR_ACCEPTED', '根不是信任锚', 'a root that is no anchor', { anchors: [] }),
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'ANCHOR_ACCEPTED', '签章时信任锚尚未列入', 'an anchor listed only after signing', { anchors: [{ from: '2025-07-01' }] }),
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'ANCHOR_ACCEPTED', '签章时信任锚已移出', 'an anchor withdrawn before signing', { anchors: [{ until: '2025-05-01' }] }),
    passes('签章后信任锚移出', 'an anchor withdrawn after signing', { anchors: [{ until: '2025-07-01' }] }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'ANCHOR_ACCEPTED', '信任锚只适用于别的区划', 'an anchor for another division', { anchors: [{ scope: '54' }] }),
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'ISSUING_CA_LISTED', '签发机构不在名单中', 'an authority on no list', { authorities: [] }),
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'ISSUING_CA_LISTED', '签章时签发机构已移出', 'an authority withdrawn before signing', { authorities: [{ until: '2025-05-01' }] }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'ISSUING_CA_LISTED', '签发机构只适用于别的区划', 'an authority for another division', { authorities: [{ scope: '35' }] }),
    passes('v5：制章后签章前签发机构移出，只影响制章人以外', 'v5: withdrawn after signing', { format: 'SES_V5', authorities: [{ until: '2025-06-15' }] }),
    passes('另有通往未知根的证书链', 'another path leads to an unknown root', { paths: 'ALSO_TO_A_STRANGER' }, 'OTHER_PATH'),
    stops('NO_CERTIFICATE_CHAIN_FOUND', 'ANCHOR_ACCEPTED', '只有通往未知根的证书链', 'the only path leads to an unknown root', { paths: 'ONLY_TO_A_STRANGER' }),
    stops('REVOKED', 'CERTIFICATE_REVOCATION', '另有证书链也不能避开吊销', 'another path does not leave a revocation behind', { paths: 'ALSO_TO_A_STRANGER', signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-05-01' } } }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'AUTHORITY_VALIDITY', '签章时签发机构证书已过期', "the authority's certificate had expired", { authority: { valid: ['2020-01-01', '2025-05-01'], usage: null, crl: 'GOOD' } }),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'AUTHORITY_VALIDITY', '签章时根证书已过期', "the root's certificate had expired", { root: { valid: ['2012-01-01', '2025-05-01'], usage: null, crl: 'NONE' } }),
    stops('REVOKED_CA_NO_POE', 'AUTHORITY_REVOCATION', '签章前签发机构证书被吊销', "the authority's certificate was revoked before signing", { authority: { ...AUTHORITY, crl: { revoked: '2025-05-01', reason: 'cessationOfOperation' } } }),
    stops('REVOKED_CA_NO_POE', 'AUTHORITY_REVOCATION', '签章后签发机构密钥泄露，没有证明', "the authority's key was compromised later, without proof", { authority: { ...AUTHORITY, crl: { revoked: '2025-10-01', reason: 'cACompromise' } } }),
    passes('签章后签发机构停止服务', 'the authority ceased to operate later', { authority: { ...AUTHORITY, crl: { revoked: '2025-10-01', reason: 'cessationOfOperation' } } }, 'AUTHORITY_REVOCATION'),
    stops('TRY_LATER', 'AUTHORITY_REVOCATION', '没有签发机构证书的吊销信息', "no revocation evidence on the authority's certificate", { authority: { ...AUTHORITY, crl: 'NONE' } }),
    passes('没有签发机构证书的吊销信息，不要求核查', 'the same where it is not demanded', { authority: { ...AUTHORITY, crl: 'NONE' }, revocation: 'OPTIONAL' }, 'AUTHORITY_REVOCATION'),
    stops('REVOKED', 'CERTIFICATE_REVOCATION', '签章前证书被吊销', 'revoked before signing', { signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-05-01' } } }),
    stops('REVOKED', 'CERTIFICATE_REVOCATION', '签章前因更换被吊销', 'superseded before signing', { signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-05-01', reason: 'superseded' } } }),
    stops('REVOKED', 'CERTIFICATE_REVOCATION', '签章后吊销，失效日期在签章之前', 'revoked later, invalid since before signing', { signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-10-01', reason: 'keyCompromise', invalid: '2025-05-01' } } }),
    stops('REVOKED', 'CERTIFICATE_REVOCATION', '不要求核查，但已知被吊销', 'revoked, where checking is not demanded', { signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-05-01' } }, revocation: 'OPTIONAL' }),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '签章后因密钥泄露吊销，没有证明', 'compromised after signing, without proof', { signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-10-01', reason: 'keyCompromise' } } }),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '签章后吊销，原因不明，没有证明', 'revoked after signing for no stated reason, without proof', { signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-10-01' } } }),
    passes('签章后因密钥泄露吊销，此前已被枢纽见到', 'compromised after signing, seen by the hub before that', { firstSeen: '2025-06-02', signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-10-01', reason: 'keyCompromise' } } }, 'CERTIFICATE_REVOCATION'),
    passes('签章后因更换吊销', 'superseded after signing', { signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-10-01', reason: 'superseded' } } }, 'CERTIFICATE_REVOCATION'),
    passes('签章后因变更隶属吊销', 'affiliation changed after signing', { signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-10-01', reason: 'affiliationChanged' } } }, 'CERTIFICATE_REVOCATION'),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '签章后证书被暂停', 'on hold after signing', { signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-10-01', reason: 'certificateHold' } } }),
    passes('吊销在所问知识时点之后才知道', 'a revocation not known yet at the moment of knowledge', { knownAt: '2025-12-31T11:00Z', signer: { valid: VALID, usage: USAGE, crl: { revoked: '2025-05-01', recorded: '2025-12-31T11:30Z' } }, revocation: 'OPTIONAL' }, 'CERTIFICATE_REVOCATION'),
    stops('TRY_LATER', 'CERTIFICATE_REVOCATION', '没有吊销信息', 'no revocation evidence', { signer: { valid: VALID, usage: USAGE, crl: 'NONE' } }),
    stops('TRY_LATER', 'CERTIFICATE_REVOCATION', '吊销信息早于签章', 'revocation evidence from before signing', { signer: { valid: VALID, usage: USAGE, crl: 'OLD' } }),
    passes('没有吊销信息，不要求核查', 'no revocation evidence where it is not demanded', { signer: { valid: VALID, usage: USAGE, crl: 'NONE' }, revocation: 'OPTIONAL' }, 'CERTIFICATE_REVOCATION'),
    stops('CHAIN_CONSTRAINTS_FAILURE', 'CERTIFICATE_KEY_USAGE', '签章人密钥不可用于签名', "the signer's key may not sign", { signer: { valid: VALID, usage: ['keyAgreement'], crl: 'GOOD' } }),
    passes('签章人证书未限定密钥用途', "the signer's certificate says nothing of its use", { signer: { valid: VALID, usage: null, crl: 'GOOD' } }, 'CERTIFICATE_KEY_USAGE'),
    passes('只有不可否认用途', 'nonRepudiation alone', { signer: { valid: VALID, usage: ['nonRepudiation'], crl: 'GOOD' } }),
  ],
} // biome-ignore format: a table
