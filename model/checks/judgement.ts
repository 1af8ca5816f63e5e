import { type CheckDefinition, rule } from './definition.ts'

const REJECT = { zh: '不予采信，并向发送方核实', en: 'do not rely on it; ask the sender' }
const LATER = { zh: '请稍后再试', en: 'try again later' }
const ADMINISTRATOR = {
  zh: '请枢纽管理员核对信任列表',
  en: 'ask the administrator of the hub to look at the trust lists',
}
const PROVE = {
  zh: '请提供证明其早于该时点的时间戳或登记记录',
  en: 'provide a time-stamp or a record that proves it existed before',
}
const IMPORT_CRL = { zh: '请导入签发者最新的 CRL', en: "import the issuer's newest CRL" }
const SEAL_NEW = { zh: '请持章单位更换印章后重新签章', en: 'ask the owner for a new seal and a new stamp' }

const ABSENT = rule('枢纽决定：没有事实即不通过', '9', 'hub decision: absent evidence passes nothing')
const PROOF = rule('枢纽决定：存在证明', '9', 'hub decision: proof of existence')
const MAKERS = rule('遂平 7；西藏 5；福建 5', '制作单位', 'Suiping 7; Tibet 5; Fujian 5')
const AUTHORITIES = rule(
  '国办发〔2025〕33号 12；遂平 18；西藏 5；福建 4',
  '电子认证',
  'national measure 12; Suiping 18; Tibet 5; Fujian 4',
)

/** What arrived, and when it was made and signed. */
const EVIDENCE_AND_TIME = {
  SEAL_EVIDENCE: {
    rule: ABSENT,
    passed: { zh: '已取得印章事实', en: 'the facts on the seal arrived' },
    failed: { zh: '未取得可信的印章事实', en: 'no facts on the seal arrived that can be believed' },
    next: LATER,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  CERTIFICATE_EVIDENCE: {
    rule: ABSENT,
    passed: { zh: '已取得证书事实', en: 'the facts on the certificates arrived' },
    failed: { zh: '未取得可信的证书事实', en: 'no facts on the certificates arrived that can be believed' },
    next: LATER,
    onFailure: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    onUnknown: 'TRY_LATER',
  },
  EVIDENCE_COMPLETE: {
    rule: ABSENT,
    passed: { zh: '必需的检查均已进行', en: 'every indispensable check was done' },
    failed: { zh: '必需的检查没有进行', en: 'an indispensable check was not done' },
    next: LATER,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  ASKED_MOMENT: {
    rule: ABSENT,
    passed: { zh: '所问时点不在未来', en: 'the moment asked about is not in the future' },
    failed: { zh: '所问时点晚于所知时点，无从判定', en: 'the moment asked about is later than what is known' },
    next: LATER,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  SIGNING_TIME: {
    rule: rule('GM/T 0031-2014', '6.2.3 d'),
    passed: { zh: '声称的签章时间', en: 'the signing time claimed' },
    failed: { zh: '没有签章时间，或与已知事实矛盾', en: 'there is no signing time, or it contradicts what is known' },
    next: PROVE,
    onFailure: 'TIMESTAMP_ORDER_FAILURE',
    onUnknown: 'NO_POE',
  },
  PROOF_OF_EXISTENCE: {
    rule: PROOF,
    passed: { zh: '已证明最迟存在于', en: 'it is proven to have existed by' },
    failed: { zh: '没有存在证明，签章时间只是声称', en: 'nothing proves when it existed: the signing time is a claim' },
    next: PROVE,
    onFailure: 'NO_POE',
    onUnknown: 'NO_POE',
  },
  MAKING_TIME: {
    rule: rule('GM/T 0031-2025', '验证电子印章 c'),
    passed: { zh: '制章时间在使用之前且在印章有效期内', en: 'the seal was made before it was used and within its validity' },
    failed: { zh: '制章时间不合理', en: 'the making time does not fit' },
    next: REJECT,
    onFailure: 'TIMESTAMP_ORDER_FAILURE',
    onUnknown: 'TIMESTAMP_ORDER_FAILURE',
  },
} satisfies Record<string, CheckDefinition>

/** Who made the seal. */
const MAKER = {
  MAKER_LISTED: {
    rule: MAKERS,
    passed: { zh: '制章人在制作单位名单中', en: 'the maker is on the list of makers' },
    failed: { zh: '制章人不在任何制作单位名单中', en: 'the maker is on no list of makers' },
    next: ADMINISTRATOR,
    onFailure: 'NO_CERTIFICATE_CHAIN_FOUND',
    onUnknown: 'NO_CERTIFICATE_CHAIN_FOUND',
  },
  MAKER_SPAN: {
    rule: MAKERS,
    passed: { zh: '制章时制章人在列', en: 'the maker was listed at making' },
    failed: { zh: '制章时制章人不在列', en: 'the maker was not listed at making' },
    next: ADMINISTRATOR,
    onFailure: 'CHAIN_CONSTRAINTS_FAILURE',
    onUnknown: 'CHAIN_CONSTRAINTS_FAILURE',
  },
  MAKER_WITHDRAWN: {
    rule: PROOF,
    passed: { zh: '制章人未因可疑原因移出名单', en: 'the maker was not taken off a list for a reason that casts doubt' },
    noted: {
      zh: '制章人后来因可疑原因移出名单，印章已证明在此之前存在',
      en: 'the maker was taken off a list for a reason that casts doubt, but the seal is proven to be older',
    },
    failed: {
      zh: '制章人因可疑原因移出名单，没有证据证明印章在此之前已经存在',
      en: 'the maker was taken off a list for a reason that casts doubt, and nothing proves that the seal is older',
    },
    next: PROVE,
    onFailure: 'REVOKED_NO_POE',
    onUnknown: 'REVOKED_NO_POE',
  },
  MAKER_SCOPE: {
    rule: MAKERS,
    passed: { zh: '制章人可为该区划制作该类印章', en: 'the maker may make such seals for that division' },
    noted: { zh: '制章人的范围有限', en: 'the maker may not make seals for every division' },
    failed: { zh: '制章人不得为该区划制作该类印章', en: 'the maker may not make such seals for that division' },
    next: ADMINISTRATOR,
    onFailure: 'CHAIN_CONSTRAINTS_FAILURE',
    onUnknown: 'CHAIN_CONSTRAINTS_FAILURE',
  },
  MAKER_AT_MAKING: {
    rule: rule('GM/T 0031-2025', '验证电子印章 d'),
    passed: { zh: '制章时制章人证书有效', en: "the maker's certificate was good at making" },
    noted: { zh: '制章时制章人证书在有效期内', en: "the maker's certificate was within its validity at making" },
    failed: { zh: '制章时制章人证书不可信', en: "the maker's certificate cannot be relied on for the time of making" },
    next: REJECT,
    onFailure: 'REVOKED',
    onUnknown: 'TRY_LATER',
  },
  MAKER_AT_USE: {
    rule: rule('GB/T 38540-2020', '6.3 c'),
    passed: { zh: '使用时制章人证书有效', en: "the maker's certificate was good when the seal was used" },
    noted: { zh: '使用时的制章人证书', en: "the maker's certificate when the seal was used" },
    failed: {
      zh: '使用时制章人证书已不可信',
      en: "the maker's certificate could not be relied on any more when the seal was used",
    },
    next: SEAL_NEW,
    onFailure: 'OUT_OF_BOUNDS_NO_POE',
    onUnknown: 'TRY_LATER',
  },
  MAKER_NOW: {
    rule: rule('GB/T 38540-2020', '6.3 c'),
    passed: { zh: '目前制章人证书有效', en: "the maker's certificate is good at present" },
    failed: { zh: '目前的制章人证书', en: "the maker's certificate at present" },
    next: SEAL_NEW,
    onFailure: 'OUT_OF_BOUNDS_NO_POE',
    onUnknown: 'TRY_LATER',
  },
} satisfies Record<string, CheckDefinition>

/** By which path a certificate is trusted. */
const PATH = {
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

/** What a certificate may and whether it was good. */
const CERTIFICATE = {
  CERTIFICATE_KEY_USAGE: {
    rule: rule('GM/T 0031-2014', '6.2.3 c'),
    passed: { zh: '密钥用途允许签名', en: 'the key may sign' },
    noted: { zh: '证书未限定密钥用途', en: 'the certificate does not restrict the use of its key' },
    failed: { zh: '密钥用途不允许签名', en: 'the key may not sign' },
    next: REJECT,
    onFailure: 'CHAIN_CONSTRAINTS_FAILURE',
    onUnknown: 'CHAIN_CONSTRAINTS_FAILURE',
  },
  CERTIFICATE_VALIDITY: {
    rule: rule('GM/T 0031-2014', '6.2.3 d 2'),
    passed: { zh: '证书在有效期内', en: 'the certificate was within its validity' },
    failed: { zh: '证书不在有效期内', en: 'the certificate was not within its validity' },
    next: REJECT,
    onFailure: 'EXPIRED',
    onUnknown: 'OUT_OF_BOUNDS_NO_POE',
  },
  CERTIFICATE_REVOCATION: {
    rule: rule('GM/T 0031-2014', '6.2.3 d 3'),
    passed: { zh: '证书未被吊销', en: 'the certificate was not revoked' },
    noted: { zh: '证书的吊销状态', en: 'the revocation of the certificate' },
    failed: { zh: '证书被吊销或吊销状态不明', en: 'the certificate was revoked, or that is not known' },
    next: IMPORT_CRL,
    onFailure: 'REVOKED',
    onUnknown: 'TRY_LATER',
  },
  BOUND_CERTIFICATE: {
    rule: rule('国办发〔2025〕33号', '2', 'national measure'),
    passed: { zh: '印章所关联的证书', en: 'the certificate tied to the seal' },
    failed: { zh: '没有取得签章所用的证书', en: 'the certificate used for signing is not at hand' },
    next: { zh: '请提供签章人证书', en: "provide the signer's certificate" },
    onFailure: 'NO_SIGNING_CERTIFICATE_FOUND',
    onUnknown: 'NO_SIGNING_CERTIFICATE_FOUND',
  },
  OTHER_CERTIFICATE: {
    rule: rule('国办发〔2025〕33号', '2', 'national measure'),
    passed: { zh: '没有关联其他证书', en: 'no other certificate is tied to the seal' },
    failed: { zh: '印章还关联其他证书', en: 'another certificate is tied to the seal too' },
    next: ADMINISTRATOR,
    onFailure: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    onUnknown: null,
  },
} satisfies Record<string, CheckDefinition>

/** The seal in time, in the register, and where it is recognised. */
const STANDING = {
  SEAL_VALIDITY: {
    rule: rule('GM/T 0031-2014', '6.2.3 f'),
    passed: { zh: '印章在有效期内', en: 'the seal was within its validity' },
    failed: { zh: '印章不在有效期内', en: 'the seal was not within its validity' },
    next: SEAL_NEW,
    onFailure: 'EXPIRED',
    onUnknown: 'OUT_OF_BOUNDS_NO_POE',
  },
  SEAL_CARRIED: {
    rule: rule('GB/T 33190-2016', '18.1'),
    passed: { zh: '签名带有印章', en: 'the signature carries a seal' },
    failed: { zh: '签名不带印章', en: 'the signature carries no seal' },
    next: REJECT,
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  REGISTRATION: {
    rule: rule('国办发〔2025〕33号', '17', 'national measure'),
    passed: { zh: '印章已登记', en: 'the seal is registered' },
    failed: { zh: '印章未在本枢纽登记', en: 'the seal is not registered here' },
    next: { zh: '请向印章制作单位查询', en: 'ask the division that issued it' },
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  REGISTERED_DATA: {
    rule: rule('国办发〔2025〕33号', '17', 'national measure'),
    passed: { zh: '与登记的印章数据一致', en: 'it is the seal data registered' },
    failed: { zh: '与登记的印章数据不一致', en: 'it is not the seal data registered under its code' },
    next: { zh: '请登记平台确认此印章数据', en: 'ask the platform that registered it about this data' },
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  SEAL_STATUS: {
    rule: rule('国办发〔2025〕33号', '在电子签章时的有效性', 'national measure, validity at the moment of stamping'),
    passed: { zh: '印章状态有效', en: 'the seal was active' },
    failed: { zh: '印章不可使用', en: 'the seal was not to be used' },
    next: REJECT,
    onFailure: 'REVOKED',
    onUnknown: 'TRY_LATER',
  },
  SEAL_STATUS_LATER: {
    rule: PROOF,
    passed: { zh: '此后状态没有变化', en: 'it has not ended since' },
    noted: { zh: '此后状态有变，不影响此前', en: 'it ended later, which does not touch what is older' },
    failed: {
      zh: '此后状态有变，没有证据证明签章在此之前',
      en: 'it ended later for a reason that casts doubt, and nothing proves an earlier use',
    },
    next: PROVE,
    onFailure: 'REVOKED_NO_POE',
    onUnknown: 'REVOKED_NO_POE',
  },
  SOURCE_FRESHNESS: {
    rule: rule('福建 13', '状态公布', 'Fujian 13'),
    passed: { zh: '登记平台近期有消息', en: 'the platform was heard lately' },
    failed: { zh: '登记平台久无消息，状态可能已变', en: 'the platform was not heard for too long; the status may have changed' },
    next: LATER,
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  STATUS_PUBLISHER: {
    rule: rule('福建 13、14', '状态公布', 'Fujian 13, 14'),
    passed: { zh: '状态出自列明的状态发布者', en: 'the status is the word of a publisher listed for it' },
    failed: {
      zh: '名单列明了该区划的状态发布者，而登记平台不在其中',
      en: 'lists name who publishes the status for this division, and the platform that registered the seal is not among them',
    },
    next: { zh: '请向列明的状态发布者查询', en: 'ask the publisher listed' },
    onFailure: 'TRY_LATER',
    onUnknown: 'TRY_LATER',
  },
  RECOGNITION: {
    rule: rule('国办发〔2025〕33号', '27', 'national measure'),
    passed: { zh: '在所问区划予以认可', en: 'recognised in the division asked about' },
    failed: { zh: '在所问区划不予认可', en: 'not recognised in the division asked about' },
    next: { zh: '请按两地互认约定处理', en: 'look for an agreement between the two divisions' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
  NETWORK_USE: {
    rule: rule('西藏 12', '网络', 'Tibet 12'),
    passed: { zh: '在允许使用该印章的网络上使用', en: 'relied on over a network on which such a seal may be used' },
    noted: {
      zh: '该印章所属地区规定不在此网络使用',
      en: 'the measure of the division it belongs to does not let it be used over this network',
    },
    failed: { zh: '不得在此网络使用', en: 'not to be used over this network' },
    next: { zh: '请在电子政务外网或办公网办理', en: 'use it over the government extranet or an office network' },
    onFailure: 'SIG_CONSTRAINTS_FAILURE',
    onUnknown: 'SIG_CONSTRAINTS_FAILURE',
  },
} satisfies Record<string, CheckDefinition>

/** Checks of the judge: evidence, time, maker, path, certificate, register, recognition. */
export const JUDGEMENT_CHECKS = { ...EVIDENCE_AND_TIME, ...MAKER, ...PATH, ...CERTIFICATE, ...STANDING } satisfies Record<
  string,
  CheckDefinition
>
