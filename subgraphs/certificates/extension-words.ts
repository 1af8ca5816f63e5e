import type { Bilingual } from '../../model/text.ts'
import type { CertificateExtensions } from '../../pki/x509/certificate-extensions.ts'
import { EXTENSION } from '../../pki/x509/extension.ts'
import type { KeyUsage } from '../../pki/x509/extension-constraints.ts'
import type { DistributionPoint } from '../../pki/x509/extension-distribution.ts'
import type { GeneralName } from '../../pki/x509/general-name.ts'
import { formatName } from '../../pki/x509/name.ts'

/** Extensions by name: RFC 5280 §4.2, GB/T 20518. */
export const EXTENSION_NAMES: Readonly<Record<string, Bilingual>> = {
  [EXTENSION.subjectKeyIdentifier]: { zh: '主体密钥标识符', en: 'subject key identifier' },
  [EXTENSION.keyUsage]: { zh: '密钥用法', en: 'key usage' },
  [EXTENSION.subjectAltName]: { zh: '主体替换名称', en: 'subject alternative name' },
  [EXTENSION.issuerAltName]: { zh: '颁发者替换名称', en: 'issuer alternative name' },
  [EXTENSION.basicConstraints]: { zh: '基本限制', en: 'basic constraints' },
  [EXTENSION.nameConstraints]: { zh: '名称限制', en: 'name constraints' },
  [EXTENSION.crlDistributionPoints]: { zh: 'CRL 分布点', en: 'CRL distribution points' },
  [EXTENSION.certificatePolicies]: { zh: '证书策略', en: 'certificate policies' },
  [EXTENSION.policyMappings]: { zh: '策略映射', en: 'policy mappings' },
  [EXTENSION.authorityKeyIdentifier]: { zh: '颁发机构密钥标识符', en: 'authority key identifier' },
  [EXTENSION.policyConstraints]: { zh: '策略限制', en: 'policy constraints' },
  [EXTENSION.extKeyUsage]: { zh: '扩展密钥用法', en: 'extended key usage' },
  [EXTENSION.freshestCrl]: { zh: '最新 CRL', en: 'freshest CRL' },
  [EXTENSION.inhibitAnyPolicy]: { zh: '限制所有策略', en: 'inhibit any-policy' },
  [EXTENSION.authorityInfoAccess]: { zh: '机构信息访问', en: 'authority information access' },
  '2.16.840.1.113730.1.1': { zh: 'Netscape 证书类型', en: 'Netscape certificate type' },
  '1.3.6.1.5.5.7.48.1.5': { zh: 'OCSP 应答者免查', en: 'OCSP responder not to be checked' },
  '1.2.156.10260.4.1.1': { zh: '个人身份标识码', en: 'identity code of a person' },
  '1.2.156.10260.4.1.2': { zh: '个人社会保险号', en: 'social insurance number of a person' },
  '1.2.156.10260.4.1.3': { zh: '企业工商注册号', en: 'business registration number' },
  '1.2.156.10260.4.1.4': { zh: '企业组织机构代码', en: 'organization code' },
  '1.2.156.10260.4.1.5': { zh: '企业税号', en: 'taxation number' },
}

const KEY_USAGE_WORDS: Readonly<Record<KeyUsage, string>> = {
  digitalSignature: '数字签名',
  nonRepudiation: '抗抵赖',
  keyEncipherment: '密钥加密',
  dataEncipherment: '数据加密',
  keyAgreement: '密钥协商',
  keyCertSign: '签发证书',
  cRLSign: '签发 CRL',
  encipherOnly: '仅加密',
  decipherOnly: '仅解密',
}

/** RFC 5280 §4.2.1.12, RFC 6960, RFC 3161 and those met in practice. */
const PURPOSES: Readonly<Record<string, Bilingual>> = {
  '2.5.29.37.0': { zh: '任何用途', en: 'any purpose' },
  '1.3.6.1.5.5.7.3.1': { zh: 'TLS 服务器', en: 'TLS server' },
  '1.3.6.1.5.5.7.3.2': { zh: 'TLS 客户端', en: 'TLS client' },
  '1.3.6.1.5.5.7.3.3': { zh: '代码签名', en: 'code signing' },
  '1.3.6.1.5.5.7.3.4': { zh: '电子邮件保护', en: 'e-mail protection' },
  '1.3.6.1.5.5.7.3.8': { zh: '时间戳', en: 'time stamping' },
  '1.3.6.1.5.5.7.3.9': { zh: 'OCSP 签名', en: 'OCSP signing' },
  '1.3.6.1.4.1.311.20.2.2': { zh: '智能卡登录', en: 'smart card logon' },
}

const ACCESS_METHODS: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.48.1': 'OCSP',
  '1.3.6.1.5.5.7.48.2': 'CA',
}

type Reader = (extensions: CertificateExtensions) => Bilingual | null

/** How each extension that is read here is put into words. */
export const EXTENSION_READERS: Readonly<Record<string, Reader>> = {
  [EXTENSION.subjectKeyIdentifier]: ({ subjectKeyIdentifier: id }) => id && same(hex(id)),
  [EXTENSION.authorityKeyIdentifier]: ({ authorityKeyIdentifier: authority }) => authority && authorityWords(authority),
  [EXTENSION.keyUsage]: ({ keyUsage }) => keyUsage && usageWords([...keyUsage]),
  [EXTENSION.basicConstraints]: ({ basicConstraints }) => basicConstraints && constraintWords(basicConstraints),
  [EXTENSION.extKeyUsage]: ({ extKeyUsage }) => extKeyUsage && joined([...extKeyUsage].map((oid) => PURPOSES[oid] ?? same(oid))),
  [EXTENSION.subjectAltName]: ({ subjectAltName }) => subjectAltName && same(subjectAltName.map(nameText).join(', ')),
  [EXTENSION.crlDistributionPoints]: ({ crlDistributionPoints }) => crlDistributionPoints && pointWords(crlDistributionPoints),
  [EXTENSION.freshestCrl]: ({ freshestCrl }) => freshestCrl && pointWords(freshestCrl),
  [EXTENSION.certificatePolicies]: ({ certificatePolicies }) => certificatePolicies && same(certificatePolicies.join(', ')),
  [EXTENSION.policyMappings]: ({ policyMappings }) =>
    policyMappings && same(policyMappings.map((one) => `${one.issuerDomainPolicy} → ${one.subjectDomainPolicy}`).join(', ')),
  [EXTENSION.inhibitAnyPolicy]: ({ inhibitAnyPolicy }) =>
    inhibitAnyPolicy === null ? null : { zh: `${inhibitAnyPolicy} 张证书之后`, en: `after ${inhibitAnyPolicy} certificates` },
  [EXTENSION.nameConstraints]: ({ nameConstraints }) =>
    nameConstraints && {
      zh: `允许：${listText(nameConstraints.permitted, '不限')}；排除：${listText(nameConstraints.excluded, '无')}`,
      en: `permitted: ${listText(nameConstraints.permitted, 'all')}; excluded: ${listText(nameConstraints.excluded, 'none')}`,
    },
  [EXTENSION.authorityInfoAccess]: ({ authorityInfoAccess }) =>
    authorityInfoAccess &&
    same(
      authorityInfoAccess.map(({ method, location }) => `${ACCESS_METHODS[method] ?? method} ${nameText(location)}`).join(', '),
    ),
}

function authorityWords({ keyIdentifier, issuer, serialNumber }: NonNullable<CertificateExtensions['authorityKeyIdentifier']>) {
  const parts = [keyIdentifier && hex(keyIdentifier), issuer?.map(nameText).join(', '), serialNumber]
  return same(parts.filter((part) => part).join(' / '))
}

function usageWords(usages: readonly KeyUsage[]): Bilingual {
  return { zh: usages.map((usage) => KEY_USAGE_WORDS[usage]).join('、'), en: usages.join(', ') }
}

function constraintWords({ ca, pathLength }: NonNullable<CertificateExtensions['basicConstraints']>): Bilingual {
  if (!ca) return { zh: '不是 CA', en: 'not a CA' }
  if (pathLength === null) return { zh: 'CA，路径长度不限', en: 'CA, any path length' }
  return { zh: `CA，其下至多 ${pathLength} 级 CA`, en: `CA, at most ${pathLength} CAs below it` }
}

function pointWords(points: readonly DistributionPoint[]): Bilingual {
  return same(
    points
      .flatMap(({ name, crlIssuer }) => {
        const names = name && 'fullName' in name ? name.fullName : []
        return [...names, ...(crlIssuer ?? [])].map(nameText)
      })
      .join(', '),
  )
}

function nameText(name: GeneralName): string {
  if ('text' in name) return name.text
  if (name.kind === 'directoryName') return formatName(name.name)
  if (name.kind === 'registeredID') return name.oid
  if (name.kind === 'iPAddress') return addressText(name.address)
  return name.kind
}

function addressText(address: Uint8Array): string {
  return address.length === 4 ? address.join('.') : hex(address)
}

function listText(names: readonly GeneralName[] | null, otherwise: string): string {
  return names?.map(nameText).join(', ') ?? otherwise
}

function joined(words: readonly Bilingual[]): Bilingual {
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') }
}

function same(text: string): Bilingual {
  return { zh: text, en: text }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
