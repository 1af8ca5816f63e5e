import { type CaseGroup, passes, stops } from './case.ts'

/** Revoked for compromise after signing; a time-stamp of the day after it bears the claim out. */
const STAMPED = {
  stamped: '2025-06-02',
  stampers: [{}],
  firstSeen: null,
  signer: {
    valid: ['2025-01-01', '2027-01-01'],
    usage: ['digitalSignature'],
    crl: { revoked: '2025-10-01', reason: 'keyCompromise' },
  },
} as const

/** Its maker was delisted for compromise later; a time-stamp over the seal is older than that. */
const SEAL_STAMPED = {
  sealStamped: '2025-02-01',
  stampers: [{}],
  registered: null,
  makers: [{ scope: '4117', until: '2025-03-01', code: 'KEY_COMPROMISE' }],
} as const

/** When it was signed, made and valid. */
export const TIME: CaseGroup = {
  title: { zh: '时间', en: 'Time' },
  cases: [
    stops('NO_POE', 'SIGNING_TIME', '没有签章时间', 'no signing time claimed', { signed: null }),
    stops('NO_POE', 'SIGNING_TIME', '没有签章时间，另给出时点', 'no signing time claimed, a moment given', { signed: null, at: '2025-06-01' }),
    stops('TIMESTAMP_ORDER_FAILURE', 'SIGNING_TIME', '签章时间在未来', 'a signing time in the future', { signed: '2026-06-01', firstSeen: null }),
    stops('TIMESTAMP_ORDER_FAILURE', 'SIGNING_TIME', '签章时间晚于枢纽首次见到的时间', 'a signing time later than the hub first saw it', { firstSeen: '2025-05-01' }),
    stops('TIMESTAMP_ORDER_FAILURE', 'SIGNING_TIME', '所问时点早于签章时间', 'asked about a moment before the signing time', { at: '2025-05-01' }),
    passes('签章时间比时钟早走三分钟', 'a signing time three minutes ahead of the clock', { signed: '2025-12-31T12:03Z', firstSeen: null }),
    passes('没有存在证明', 'no proof of existence', { firstSeen: null }, 'PROOF_OF_EXISTENCE'),
    passes('签章之后证书与印章均已过期', 'certificate and seal expired after signing', { valid: ['2025-01-01', '2025-09-01'], signer: { valid: ['2025-01-01', '2025-09-01'], usage: ['digitalSignature'], crl: { revoked: '2025-08-15', reason: 'superseded' } } }, 'CERTIFICATE_REVOCATION'),
    stops('EXPIRED', 'CERTIFICATE_VALIDITY', '签章时证书已过期', 'signed after the certificate expired', { signed: '2027-03-01', now: '2027-06-01', heard: '2027-06-01', firstSeen: null, valid: ['2025-01-01', '2028-01-01'], registered: null }),
    stops('NOT_YET_VALID', 'CERTIFICATE_VALIDITY', '签章时证书尚未生效', 'signed before the certificate began', { signer: { valid: ['2025-07-01', '2027-01-01'], usage: ['digitalSignature'], crl: 'GOOD' } }),
    stops('EXPIRED', 'SEAL_VALIDITY', '签章时印章已过期', 'signed after the seal expired', { valid: ['2025-01-01', '2025-05-01'], registered: null }),
    stops('NOT_YET_VALID', 'SEAL_VALIDITY', '签章时印章尚未生效', 'signed before the seal began', { valid: ['2025-07-01', '2027-01-01'], registered: null }),
    stops('EXPIRED', 'SEAL_VALIDITY', '签章时有效，所问时点已过期', 'valid when signed, expired at the moment asked about', { valid: ['2025-01-01', '2025-09-01'], at: '2025-10-01', registered: null }),
    stops('TRY_LATER', 'ASKED_MOMENT', '问印章未来的时点', 'a seal asked about for a moment in the future', { subject: 'SEAL', at: '2026-03-01', revocation: 'OPTIONAL' }),
    stops('TRY_LATER', 'ASKED_MOMENT', '问签章未来的时点', 'a signature asked about for a moment in the future', { at: '2026-03-01', revocation: 'OPTIONAL' }),
    stops('TRY_LATER', 'ASKED_MOMENT', '所问时点晚于所知时点', 'asked about a moment later than the moment of knowledge', { subject: 'SEAL', at: '2025-12-31T11:30Z', knownAt: '2025-12-31T11:00Z', revocation: 'OPTIONAL' }),
    stops('NOT_YET_VALID', 'SEAL_VALIDITY', '所问时点有效，签章时印章尚未生效', 'valid at the moment asked about, not begun when signed', { valid: ['2025-07-01', '2027-01-01'], at: '2025-10-01', registered: null }),
    stops('NOT_YET_VALID', 'CERTIFICATE_VALIDITY', '所问时点有效，签章时证书尚未生效', 'a certificate valid at the moment asked about, not begun when signed', { signer: { valid: ['2025-07-01', '2027-01-01'], usage: ['digitalSignature'], crl: 'GOOD' }, at: '2025-10-01' }),
    passes('签章时与所问时点均有效', 'valid when signed and at the moment asked about', { at: '2025-10-01' }),
    stops('EXPIRED', 'SEAL_VALIDITY', '印章已过期', 'a seal that has expired', { subject: 'SEAL', valid: ['2025-01-01', '2025-09-01'], registered: null }),
    passes('印章已过期，问过期前', 'a seal that has expired, asked about before', { subject: 'SEAL', valid: ['2025-01-01', '2025-09-01'], registered: null, at: '2025-06-01' }),
    stops('NOT_YET_VALID', 'SEAL_VALIDITY', '印章尚未生效', 'a seal that has not begun', { subject: 'SEAL', valid: ['2026-01-15', '2027-01-01'], registered: null }),
    stops('EXPIRED', 'CERTIFICATE_VALIDITY', '证书比印章先过期：以较短者为准', 'the certificate expires before the seal: the shorter one counts', { subject: 'SEAL', signer: { valid: ['2025-01-01', '2025-09-01'], usage: ['digitalSignature'], crl: 'GOOD' } }),
    passes('印章与证书有效期相差一天以内', 'seal and certificate differ by less than a day', { valid: ['2025-01-01T13:00Z', '2027-01-01'] }),
    passes('印章与证书有效期相差超过一天', 'seal and certificate differ by more than a day', { valid: ['2025-01-01', '2026-06-01'] }, 'SEAL_VALIDITY_AGREES'),
    stops('TIMESTAMP_ORDER_FAILURE', 'MAKING_TIME', '制章晚于签章', 'made after it was used', { created: '2025-08-01', registered: null }),
    stops('TIMESTAMP_ORDER_FAILURE', 'MAKING_TIME', '所问时点早于制章', 'a seal asked about before it was made', { subject: 'SEAL', at: '2025-01-05', registered: null }),
    passes('制章比签章晚三分钟', 'made three minutes after it was used, by the clocks', { created: '2025-06-01T00:03Z' }),
    passes('v5：制章比印章有效期早三分钟', 'v5: made three minutes before its own validity', { format: 'SES_V5', created: '2024-12-31T23:57Z' }),
    stops('SIG_CONSTRAINTS_FAILURE', 'MAKING_TIME', 'v5：制章时间不在印章有效期内', 'v5: made outside its own validity', { format: 'SES_V5', created: '2024-12-20' }),
    passes('v4：制章时间不在印章有效期内', 'v4: made outside its own validity', { created: '2024-12-20' }, 'MAKING_TIME'),
    passes('签章后证书因密钥泄露吊销，此前有时间戳', 'compromised after signing, time-stamped before that', { ...STAMPED }, 'CERTIFICATE_REVOCATION'),
    passes('时间戳机构后来停止服务', 'the authority of the time-stamp ceased later', { ...STAMPED, stampers: [{ until: '2025-07-01', code: 'CESSATION' }] }, 'CERTIFICATE_REVOCATION'),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '时间戳机构后来因密钥泄露移出名单', 'the authority of the time-stamp was withdrawn later for compromise', { ...STAMPED, stampers: [{ until: '2025-07-01', code: 'KEY_COMPROMISE' }] }),
    passes('时间戳机构只为部分区划服务', 'the authority of the time-stamp is for some divisions', { ...STAMPED, stampers: [{ scope: '35' }] }, 'CERTIFICATE_REVOCATION'),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '某区划因密钥泄露移出时间戳机构，另一份仍列', 'the authority of the time-stamp was withdrawn for compromise by one division, listed by another entry still', { ...STAMPED, stampers: [{ scope: '35', until: '2025-07-01', code: 'KEY_COMPROMISE' }, { scope: '41' }] }),
    passes('时间戳机构已移出名单，签章并不因此可疑', 'a time-stamp of an authority withdrawn before fails nothing', { stamped: '2025-06-02', stampers: [{ until: '2025-05-01' }] }, 'TIME_STAMP_AUTHORITY'),
    passes('时间戳机构后来泄露密钥，签章并不因此可疑', 'a time-stamp of an authority compromised later fails nothing', { stamped: '2025-06-02', stampers: [{ until: '2025-07-01', code: 'KEY_COMPROMISE' }] }, 'TIME_STAMP_AUTHORITY'),
    passes('时间戳的时间在未来，签章并不因此可疑', 'a time-stamp of the future fails nothing', { stamped: '2026-02-01' }, 'TIME_STAMP_AUTHORITY'),
    passes('枢纽在所问知识时点之后才见到', 'seen by the hub only after the moment of knowledge', { firstSeen: '2025-12-31T11:30Z', knownAt: '2025-12-31T11:00Z' }, 'PROOF_OF_EXISTENCE'),
    passes('时间戳机构未列入名单，其证书链被认可', 'the authority of the time-stamp is on no list, and has an accepted path', { ...STAMPED, stampers: [] }, 'CERTIFICATE_REVOCATION'),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '列明时间戳机构的列表逾期', 'the list that names the authority of the time-stamp is overdue', { ...STAMPED, stampers: [{ list: 'OVERDUE' }] }),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '时间戳晚于吊销', 'time-stamped after the compromise', { ...STAMPED, stamped: '2025-11-01' }),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '时间戳的时间在未来', 'a time-stamp of the future', { ...STAMPED, stamped: '2026-02-01' }),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '时间戳晚于所问知识时点', 'a time-stamp from after the moment of knowledge', { ...STAMPED, stamped: '2025-12-31T11:30Z', knownAt: '2025-12-31T11:00Z', signer: { ...STAMPED.signer, crl: { revoked: '2025-12-31T11:45Z', recorded: '2025-12-31T10:00Z', reason: 'keyCompromise' } } }),
    stops('TIMESTAMP_ORDER_FAILURE', 'SIGNING_TIME', '签章时间晚于时间戳', 'a signing time later than its time-stamp', { ...STAMPED, stamped: '2025-05-01' }),
    passes('制章单位因密钥泄露移出名单，此前印章有时间戳', 'a maker delisted for compromise, the seal time-stamped before that', { ...SEAL_STAMPED }, 'MAKER_WITHDRAWN'),
    stops('REVOKED_NO_POE', 'MAKER_WITHDRAWN', '印章的时间戳晚于移出名单', 'the seal time-stamped after its maker was delisted', { ...SEAL_STAMPED, sealStamped: '2025-04-01' }),
    stops('REVOKED_NO_POE', 'MAKER_WITHDRAWN', '印章的时间戳机构后来因密钥泄露移出名单', "the authority of the seal's time-stamp was withdrawn later for compromise", { ...SEAL_STAMPED, stampers: [{ until: '2025-07-01', code: 'KEY_COMPROMISE' }] }),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '印章的时间戳不能证明签章在先', 'a time-stamp over the seal proves nothing of its use', { ...STAMPED, stamped: null, sealStamped: '2025-06-02' }),
    stops('REVOKED_NO_POE', 'CERTIFICATE_REVOCATION', '盖时间戳时该机构已移出名单', 'the authority of the time-stamp was withdrawn before', { ...STAMPED, stampers: [{ until: '2025-05-01', code: 'CESSATION' }] }),
  ],
} // biome-ignore format: a table
