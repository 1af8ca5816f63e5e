import { PkiError } from '../error.ts'
import { isAcceptedAlgorithm, signatureAlgorithmName } from '../signature.ts'
import { keyStrength } from '../spki.ts'
import type { Certificate, CertificateDefect } from './certificate.ts'
import { EXTENSION } from './extension.ts'
import { subjectAltNameFault } from './general-name-syntax.ts'
import { isEmptyName } from './name.ts'
import { type Finding, failed, note } from './verdict.ts'

/** The part a certificate plays in a path. An anchor is trusted as it is: what only concerns its issuing is borne with. */
export type Role = 'anchor' | 'intermediate' | 'endEntity'

/** Critical extensions that are dealt with somewhere in a path validation (RFC 5280 §4.2); any other one is refused. */
const UNDERSTOOD: ReadonlySet<string> = new Set(
  [
    'keyUsage', 'subjectAltName', 'issuerAltName', 'basicConstraints', 'nameConstraints', 'crlDistributionPoints',
    'certificatePolicies', 'policyMappings', 'policyConstraints', 'extKeyUsage', 'inhibitAnyPolicy',
  ].map((name) => EXTENSION[name as keyof typeof EXTENSION]),
) // biome-ignore format: a table

/** RFC 5280 4.2.1.1, 4.2.1.2, 4.2.1.15, 4.2.2.1. */
const NEVER_CRITICAL = ['authorityKeyIdentifier', 'subjectKeyIdentifier', 'freshestCrl', 'authorityInfoAccess'] as const
/** RFC 5280 4.2.1.10, 4.2.1.11, 4.2.1.14. */
const ALWAYS_CRITICAL = ['nameConstraints', 'policyConstraints', 'inhibitAnyPolicy'] as const

const judged: Readonly<Record<Role, WeakMap<Certificate, readonly Finding[]>>> = {
  anchor: new WeakMap(),
  intermediate: new WeakMap(),
  endEntity: new WeakMap(),
}

/** Everything about a certificate that can be said without knowing its path or the time; said once for each part it plays. */
export function ownFindings(certificate: Certificate, role: Role): readonly Finding[] {
  const known = judged[role].get(certificate)
  if (known) return known
  const findings = judge(certificate, role)
  judged[role].set(certificate, findings)
  return findings
}

function judge(certificate: Certificate, role: Role): readonly Finding[] {
  const format = formatFindings(certificate)
  if (format.length > 0) return format // nothing else can be read then
  return [
    ...profileFindings(certificate, role),
    ...criticalFindings(certificate),
    ...keyFindings(certificate),
    ...(role === 'endEntity' ? [] : issuingFindings(certificate)),
    ...(role === 'anchor' ? [] : algorithmFindings(certificate)),
  ]
}

function formatFindings(certificate: Certificate): readonly Finding[] {
  try {
    certificate.extensions.readAll()
    return []
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    return [failed('PATH_FORMAT', certificate, `扩展无法解读：${error.message}`, error.message)]
  }
}

/** RFC 5280 4.1 and 4.2: what a conforming certificate must be. */
function profileFindings(certificate: Certificate, role: Role): readonly Finding[] {
  const { defects, extensions } = certificate
  const fault = (zh: string, en: string) => failed('PATH_PROFILE', certificate, zh, en)
  const findings = defects.map((defect) => defectFinding(defect, certificate, role))
  for (const name of NEVER_CRITICAL)
    if (extensions.isCritical(name)) findings.push(fault(`${name} 不得为关键`, `${name} must not be critical`))
  for (const name of ALWAYS_CRITICAL)
    if (extensions.raw(name) && !extensions.isCritical(name)) findings.push(fault(`${name} 须为关键`, `${name} must be critical`))
  return [
    ...findings,
    ...identifierFindings(certificate, role),
    ...subjectFindings(certificate),
    ...authorityFindings(certificate),
  ]
}

function defectFinding(defect: CertificateDefect, certificate: Certificate, role: Role): Finding {
  const [zh, en] = DEFECT_WORDS[defect]
  const isOldRoot = defect === 'SERIAL_NUMBER' && role === 'anchor' && certificate.serialNumber === '00'
  const borne = defect === 'VALIDITY_TYPE' || isOldRoot
  return borne ? note('PATH_PROFILE', certificate, zh, en) : failed('PATH_PROFILE', certificate, zh, en)
}

const DEFECT_WORDS: Readonly<Record<CertificateDefect, readonly [zh: string, en: string]>> = {
  SERIAL_NUMBER: ['序列号须为正数且不超过 20 字节', 'the serial number is not positive or over 20 octets'],
  VALIDITY_TYPE: ['2050 年以前的时间须用 UTCTime', 'GeneralizedTime for a year before 2050'],
  VALIDITY_ORDER: ['有效期止于开始之前', 'the validity ends before it begins'],
  EMPTY_ISSUER: ['颁发者名称为空', 'the issuer has no name'],
}

/** RFC 5280 4.2.1.1 and 4.2.1.2: key identifiers; nobody looks for the issuer of an anchor. */
function identifierFindings(certificate: Certificate, role: Role): readonly Finding[] {
  const { extensions } = certificate
  const findings: Finding[] = []
  const isCa = extensions.basicConstraints?.ca ?? false
  if (isCa && role !== 'endEntity' && extensions.subjectKeyIdentifier === null)
    findings.push(failed('PATH_PROFILE', certificate, 'CA 证书没有主体密钥标识', 'a CA without subject key identifier'))
  if (role !== 'anchor' && !extensions.authorityKeyIdentifier?.keyIdentifier)
    findings.push(failed('PATH_PROFILE', certificate, '没有颁发者密钥标识', 'no authority key identifier'))
  return findings
}

/** RFC 5280 4.1.2.6 and 4.2.1.6: a subject, or a critical alternative name in its place; names that are what they say. */
function subjectFindings(certificate: Certificate): readonly Finding[] {
  const { extensions, subject } = certificate
  const findings: Finding[] = []
  const names = extensions.subjectAltName
  const isCa = extensions.basicConstraints?.ca ?? false
  if (isEmptyName(subject) && (isCa || !names || !extensions.isCritical('subjectAltName')))
    findings.push(failed('PATH_PROFILE', certificate, '主体名称为空', 'the subject has no name'))
  const fault = names && subjectAltNameFault(names)
  if (fault) findings.push(failed('PATH_PROFILE', certificate, fault.zh, fault.en))
  return findings
}

/** RFC 5280 4.2.1.3, 4.2.1.9, 4.2.1.10: what belongs to a CA is not found in an end entity. */
function authorityFindings(certificate: Certificate): readonly Finding[] {
  const { extensions } = certificate
  const constraints = extensions.basicConstraints
  if (constraints?.ca)
    return extensions.isCritical('basicConstraints')
      ? []
      : [note('PATH_PROFILE', certificate, 'CA 的基本限制未标为关键', 'basic constraints of a CA are not critical')]
  const findings: Finding[] = []
  const fault = (zh: string, en: string) => findings.push(failed('PATH_PROFILE', certificate, zh, en))
  if (constraints && constraints.pathLength !== null) fault('非 CA 含有路径长度', 'a path length, but no CA')
  if (extensions.keyUsage?.has('keyCertSign')) fault('非 CA 含有签发证书的用途', 'usage keyCertSign, but no CA')
  if (extensions.nameConstraints) fault('非 CA 含有名称限制', 'name constraints, but no CA')
  return findings
}

/** RFC 5280 §4.2: an unknown critical extension means that we do not know what the certificate means. */
function criticalFindings(certificate: Certificate): readonly Finding[] {
  const unknown = [...certificate.extensions.all.values()].filter(({ oid, critical }) => critical && !UNDERSTOOD.has(oid))
  return unknown
    .filter(({ oid }) => !NEVER_CRITICAL.some((name) => EXTENSION[name] === oid)) // named by the profile already
    .map(({ oid }) =>
      failed('PATH_CRITICAL_EXTENSIONS', certificate, `不认识的关键扩展 ${oid}`, `critical extension ${oid} is not understood`),
    )
}

function keyFindings(certificate: Certificate): readonly Finding[] {
  const { verdict, reason } = keyStrength(certificate.spki)
  if (verdict === 'accepted') return []
  return [failed('PATH_KEY', certificate, `公钥不被接受：${reason}`, reason ?? 'the key is not accepted')]
}

/** RFC 5280 §6.1.4 k and n: who signs certificates is a CA and may do so. */
function issuingFindings(certificate: Certificate): readonly Finding[] {
  const { basicConstraints, keyUsage } = certificate.extensions
  const findings: Finding[] = []
  if (!basicConstraints?.ca)
    findings.push(failed('PATH_BASIC_CONSTRAINTS', certificate, '不是 CA 证书', 'not the certificate of a CA'))
  if (keyUsage && !keyUsage.has('keyCertSign'))
    findings.push(failed('PATH_KEY_USAGE', certificate, '密钥用途不含签发证书', 'its key usage leaves out keyCertSign'))
  return findings
}

/** Known before any signature is checked. That the algorithm agrees with the issuer's key is found out then. */
function algorithmFindings(certificate: Certificate): readonly Finding[] {
  const { signatureAlgorithm } = certificate
  if (isAcceptedAlgorithm(signatureAlgorithm)) return []
  const name = signatureAlgorithmName(signatureAlgorithm)
  return [failed('PATH_ALGORITHM', certificate, `签名算法 ${name} 不被接受`, `the signature algorithm ${name} is not accepted`)]
}
