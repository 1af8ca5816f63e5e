import { type CheckDefinition, rule } from './definition.ts'
import { ADMINISTRATOR, IMPORT_CRL, PROVE } from './next-steps.ts'
import { PROOF } from './proof.ts'

const AUTHORITIES = rule(
  '国办发〔2025〕33号 12；遂平 18；西藏 5；福建 4',
  '电子认证',
  'national measure 12; Suiping 18; Tibet 5; Fujian 4',
)

/** By which path a certificate is trusted. */
export const JUDGED_PATH_CHECKS = {
  PATH_KNOWN: {
    rule: rule('RFC 5280', '6.1'),
    passed: { zh: '证书链', en: 'the path' },
    failed: { zh: '找不到通往任何根证书的证书链', en: 'no path to any root is known' },
    next: { zh: '请导入签发者证书', en: "import the issuer's certificate" },
    onFailure: 'NO_CERTIFICATE_CHAIN_FOUND',
    onUnknown: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  },
  ANCHOR_ACCEPTED: {
    rule: rule('RFC 5280', '6.1.1 d'),
    passed: { zh: '证书链止于认可的信任锚', en: 'the path ends in an accepted anchor' },
    failed: { zh: '证书链的根不是认可的信任锚', en: 'the root of the path is no accepted anchor' },
    next: ADMINISTRATOR,
    onFailure: 'NO_CERTIFICATE_CHAIN_FOUND',
    onUnknown: 'NO_CERTIFICATE_CHAIN_FOUND',
  },
  ISSUING_CA_LISTED: {
    rule: AUTHORITIES,
    passed: { zh: '签发机构在列', en: 'the issuing authority is listed' },
    failed: { zh: '签发机构不在电子认证服务机构名单中', en: 'the issuing authority is on no list of authorities' },
    next: ADMINISTRATOR,
    onFailure: 'NO_CERTIFICATE_CHAIN_FOUND',
    onUnknown: 'NO_CERTIFICATE_CHAIN_FOUND',
  },
  CA_KIND: {
    rule: rule('国办发〔2025〕33号', '12', 'national measure'),
    passed: { zh: '证书由电子政务电子认证服务机构签发', en: 'the certificate comes from an e-government certification body' },
    noted: {
      zh: '机关证书签发机构的类别未列明',
      en: 'no list says what kind of certification body issued this certificate of an organ',
    },
    failed: {
      zh: '机关证书并非由电子政务电子认证服务机构签发',
      en: 'the certificate of an organ does not come from an e-government certification body',
    },
    next: ADMINISTRATOR,
    onFailure: 'CHAIN_CONSTRAINTS_FAILURE',
    onUnknown: 'CHAIN_CONSTRAINTS_FAILURE',
  },
  AUTHORITY_WITHDRAWN: {
    rule: PROOF,
    passed: {
      zh: '签发机构未因可疑原因移出名单',
      en: 'the authority was not taken off a list for a reason that casts doubt',
    },
    noted: {
      zh: '签发机构后来因可疑原因移出名单，所签已证明在此之前存在',
      en: 'the authority was taken off a list for a reason that casts doubt, but what is signed is proven to be older',
    },
    failed: {
      zh: '签发机构因可疑原因移出名单，没有证据证明所签在此之前已经存在',
      en: 'the authority was taken off a list for a reason that casts doubt, and nothing proves that what is signed is older',
    },
    next: PROVE,
    onFailure: 'REVOKED_CA_NO_POE',
    onUnknown: 'REVOKED_CA_NO_POE',
  },
  AUTHORITY_VALIDITY: {
    rule: rule('RFC 5280', '6.1.3 a 2'),
    passed: { zh: '签发机构证书在有效期内', en: "the authority's certificate was within its validity" },
    failed: { zh: '签发机构证书不在有效期内', en: "the authority's certificate was not within its validity" },
    next: ADMINISTRATOR,
    onFailure: 'CHAIN_CONSTRAINTS_FAILURE',
    onUnknown: 'CHAIN_CONSTRAINTS_FAILURE',
  },
  AUTHORITY_REVOCATION: {
    rule: rule('RFC 5280', '6.1.3 a 3'),
    passed: { zh: '签发机构证书未被吊销', en: "the authority's certificate was not revoked" },
    noted: { zh: '签发机构证书的吊销状态', en: "the revocation of the authority's certificate" },
    failed: { zh: '签发机构证书被吊销或吊销状态不明', en: "the authority's certificate was revoked, or that is not known" },
    next: IMPORT_CRL,
    onFailure: 'REVOKED_CA_NO_POE',
    onUnknown: 'TRY_LATER',
  },
  OTHER_PATH: {
    rule: rule('RFC 5280', '6.1'),
    passed: { zh: '没有其他证书链', en: 'there is no other path' },
    failed: { zh: '另有未采用的证书链', en: 'another path is known and was not used' },
    next: ADMINISTRATOR,
    onFailure: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    onUnknown: null,
  },
} satisfies Record<string, CheckDefinition>
