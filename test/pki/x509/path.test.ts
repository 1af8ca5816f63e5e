import { expect, test } from 'vitest'
import * as der from '../../../pki/der/writer.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import {
  certificatePolicies,
  directoryName,
  dnsName,
  nameConstraints,
  subjectAlternativeName,
  uniformResourceIdentifier,
} from '../../../pki/x509/extension-encoding.ts'
import { encodeName } from '../../../pki/x509/name-encoding.ts'
import { type PathAnswer, type PathQuestion, validatePath } from '../../../pki/x509/path.ts'
import { EdgeMemory } from '../../../pki/x509/verified-edges.ts'
import { testPki } from '../../support/pki.ts'

const NOW = Date.UTC(2026, 10, 21)
const YEAR = 365 * 86_400_000
const pki = testPki(NOW, '验证')
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const extension = (oid: string, value: Uint8Array, critical = false) => ({ oid, critical, value })

function ask(endEntity: Uint8Array, question: Partial<PathQuestion> = {}): PathAnswer {
  const held = { intermediates: [pki.ca.certificate], anchors: [pki.root.certificate] }
  return validatePath({ ...held, at: NOW, revocation: 'off', ...question, endEntity })
}

/** The checks that did not pass. */
function faults({ checks }: PathAnswer): readonly string[] {
  return checks.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNKNOWN').map(({ check }) => check)
}

test('a sound path is valid, and every check done is named', () => {
  const answer = ask(pki.maker.certificate)
  expect(answer.outcome).toBe('VALID')
  expect(answer.path.map(({ encoded }) => encoded)).toEqual([pki.maker.certificate, pki.ca.certificate, pki.root.certificate])
  expect(answer.checks.map(({ check, outcome }) => `${check} ${outcome}`)).toContain('PATH_SIGNATURE PASSED')
  expect(answer.spent).toMatchObject({ signatures: 2, candidates: 2 })
})

test('bytes that are no certificate are invalid, and nothing is thrown', () => {
  expect(faults(ask(new Uint8Array([0x30, 0x00])))).toEqual(['PATH_FORMAT'])
  const unreadable = pki.issue('坏扩展', { extensions: [extension('2.5.29.36', der.encodeNull(), true)] })
  expect(faults(ask(unreadable.certificate))).toEqual(['PATH_FORMAT'])
})

test('without an anchor there is no path, whatever certificates are at hand', () => {
  const answer = ask(pki.maker.certificate, { anchors: [], intermediates: [pki.ca.certificate, pki.root.certificate] })
  expect(answer.outcome).toBe('INDETERMINATE')
  expect(faults(answer)).toEqual(['PATH_ISSUER'])
})

test('in the shell model every certificate must be valid at the moment asked about', () => {
  expect(faults(ask(pki.maker.certificate, { at: NOW + 3 * YEAR }))).toEqual(['PATH_VALIDITY'])
  expect(faults(ask(pki.maker.certificate, { at: NOW - 2 * YEAR }))).toEqual(['PATH_VALIDITY'])
  const short = pki.issue('短期CA', { ca: {}, notBefore: NOW - 3 * YEAR, notAfter: NOW - YEAR / 2 }, pki.root)
  const leaf = pki.issue('短期CA下', {}, short)
  expect(faults(ask(leaf.certificate, { intermediates: [short.certificate] }))).toEqual(['PATH_VALIDITY'])
})

test('in the chain model an issuer must have been valid when it issued', () => {
  const short = pki.issue('链式CA', { ca: {}, notBefore: NOW - 3 * YEAR, notAfter: NOW - YEAR / 2 }, pki.root)
  const leaf = pki.issue('链式CA下', {}, short)
  const late = pki.issue('过期后签发', { notBefore: NOW - YEAR / 4 }, short)
  const question = { intermediates: [short.certificate], model: 'chain' } as const
  expect(ask(leaf.certificate, question).outcome).toBe('VALID')
  expect(faults(ask(late.certificate, question))).toEqual(['PATH_VALIDITY'])
})

test('an issuer that is no CA, that may not sign certificates, or whose path is too long is refused', () => {
  const noCa = pki.issue('非CA', { keyUsage: ['digitalSignature'] })
  const noSigning = pki.issue('不可签发', { ca: {}, keyUsage: ['cRLSign'] }, pki.root)
  const below = pki.issue('第二级CA', { ca: {} }, pki.ca)
  const cases = [[noCa, 'PATH_BASIC_CONSTRAINTS'], [noSigning, 'PATH_KEY_USAGE'], [below, 'PATH_LENGTH']] as const // biome-ignore format: a table
  for (const [issuer, check] of cases) {
    const leaf = pki.issue(`${check} 下`, {}, issuer)
    const answer = ask(leaf.certificate, { intermediates: [pki.ca.certificate, issuer.certificate] })
    expect(answer.outcome).toBe('INVALID')
    expect(faults(answer)).toContain(check)
  }
})

test('self-issued certificates do not count towards the path length', () => {
  const renewed = pki.issue('运营CA', { ca: { pathLength: 0 }, key: '新密钥' }, pki.ca)
  const leaf = pki.issue('新密钥下', {}, renewed)
  expect(ask(leaf.certificate, { intermediates: [pki.ca.certificate, renewed.certificate] }).outcome).toBe('VALID')
})

test('a critical extension that is not understood is refused in every certificate of the path', () => {
  const unknown = { extensions: [extension('1.2.3.4', der.encodeNull(), true)] }
  const leaf = pki.issue('未知扩展', unknown)
  const ca = pki.issue('未知扩展CA', { ca: {}, ...unknown }, pki.root)
  const below = pki.issue('未知扩展CA下', {}, ca)
  expect(faults(ask(leaf.certificate))).toEqual(['PATH_CRITICAL_EXTENSIONS'])
  expect(faults(ask(below.certificate, { intermediates: [ca.certificate] }))).toEqual(['PATH_CRITICAL_EXTENSIONS'])
})

test('a purpose required must be allowed by the end entity and by every issuer that limits purposes', () => {
  const stamping = pki.issue('时间戳', { extendedKeyUsage: [TIME_STAMPING] })
  const limited = pki.issue('限用途CA', { ca: {}, extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }, pki.root)
  const below = pki.issue('限用途CA下', { extendedKeyUsage: [TIME_STAMPING] }, limited)
  expect(ask(stamping.certificate, { requiredEku: ['timeStamping'] }).outcome).toBe('VALID')
  expect(faults(ask(stamping.certificate, { requiredEku: ['codeSigning'] }))).toEqual(['PATH_PURPOSE'])
  for (const requiredEku of [[], ['timeStamping']])
    expect(faults(ask(below.certificate, { intermediates: [limited.certificate], requiredEku }))).toEqual(['PATH_PURPOSE'])
})

test('"any purpose" does not answer for a purpose required', () => {
  const any = pki.issue('任意用途', { extendedKeyUsage: ['2.5.29.37.0'] })
  expect(faults(ask(any.certificate, { requiredEku: ['timeStamping'] }))).toEqual(['PATH_PURPOSE'])
})

test('a key usage required must be among those of the end entity', () => {
  expect(ask(pki.signer.certificate, { requiredKeyUsage: ['digitalSignature', 'nonRepudiation'] }).outcome).toBe('VALID')
  expect(faults(ask(pki.signer.certificate, { requiredKeyUsage: ['keyAgreement'] }))).toEqual(['PATH_KEY_USAGE'])
})

test('names are held to the constraints of every issuer, the anchor included, and to those the user begins with', () => {
  const permitted = [dnsName('gov.cn'), directoryName(encodeName([['C', 'cn']]))]
  const anchor = pki.issue(
    '受限锚',
    { ca: {}, extensions: [nameConstraints({ permitted, excluded: [dnsName('test.gov.cn')] })] },
    pki.root,
  )
  const named = (name: string) => pki.issue(name, { extensions: [subjectAlternativeName([dnsName(name)])] }, anchor).certificate
  const question = { anchors: [anchor.certificate], intermediates: [] }
  expect(ask(named('hn.gov.cn'), question).outcome).toBe('VALID')
  for (const name of ['hn.gov.com', 'xgov.cn', 'a.test.gov.cn', '*.gov.cn'])
    expect(faults(ask(named(name), question))).toEqual(['PATH_NAME_CONSTRAINTS'])
  const [subtree] = decodeCertificate(anchor.certificate).extensions.nameConstraints?.permitted ?? []
  const initial = { permitted: null, excluded: subtree ? [subtree] : [] }
  expect(faults(ask(named('hn.gov.cn'), { ...question, nameConstraints: initial }))).toEqual(['PATH_NAME_CONSTRAINTS'])
})

test('a URI without a host name cannot be judged against constraints, and is refused', () => {
  const ca = pki.issue(
    '限URI',
    { ca: {}, extensions: [nameConstraints({ permitted: [uniformResourceIdentifier('.gov.cn')] })] },
    pki.root,
  )
  const named = (url: string) =>
    pki.issue(url, { extensions: [subjectAlternativeName([uniformResourceIdentifier(url)])] }, ca).certificate
  const question = { intermediates: [ca.certificate] }
  expect(ask(named('https://a.gov.cn:8443/x'), question).outcome).toBe('VALID')
  for (const url of ['urn:isbn:1', 'https://127.0.0.1/', 'https://gov.cn/', 'https://a.gov.cn@evil.com/'])
    expect(faults(ask(named(url), question))).toEqual(['PATH_NAME_CONSTRAINTS'])
})

test('peer names are found among the alternative names only', () => {
  const leaf = pki.issue('seal.gov.cn', { extensions: [subjectAlternativeName([dnsName('*.hn.gov.cn')])] }).certificate
  const named = (value: string) => faults(ask(leaf, { peerNames: [{ kind: 'DNS', value }] }))
  expect(named('A.hn.gov.cn')).toEqual([])
  for (const value of ['seal.gov.cn', 'hn.gov.cn', 'a.b.hn.gov.cn']) expect(named(value)).toEqual(['PATH_PEER_NAME'])
})

test('a policy demanded must hold over the whole path', () => {
  const ca = pki.issue('策略CA', { ca: {}, extensions: [certificatePolicies(['1.2.3.1', '1.2.3.2'])] }, pki.root)
  const leaf = pki.issue('策略', { extensions: [certificatePolicies(['1.2.3.2'])] }, ca).certificate
  const question = { intermediates: [ca.certificate] }
  const demanding = (...initialPolicySet: string[]) =>
    ask(leaf, { ...question, policies: { requireExplicitPolicy: true, initialPolicySet } })
  expect(demanding('1.2.3.2').outcome).toBe('VALID')
  expect(demanding('2.5.29.32.0').outcome).toBe('VALID')
  expect(faults(demanding('1.2.3.1'))).toEqual(['PATH_POLICIES'])
  expect(faults(demanding())).toEqual(['PATH_POLICIES'])
  expect(faults(ask(pki.maker.certificate, { policies: { requireExplicitPolicy: true } }))).toEqual(['PATH_POLICIES'])
})

test('a mapped policy is carried on under its new name, unless mapping is inhibited', () => {
  const oid = der.encodeObjectIdentifier
  const mapping = extension('2.5.29.33', der.encodeSequence(der.encodeSequence(oid('1.2.3.1'), oid('1.2.9.1'))), true)
  const ca = pki.issue('映射CA', { ca: {}, extensions: [certificatePolicies(['1.2.3.1']), mapping] }, pki.root)
  const leaf = pki.issue('映射', { extensions: [certificatePolicies(['1.2.9.1'])] }, ca).certificate
  const policies = { requireExplicitPolicy: true, initialPolicySet: ['1.2.3.1'] }
  const question = { intermediates: [ca.certificate] }
  expect(ask(leaf, { ...question, policies }).outcome).toBe('VALID')
  expect(faults(ask(leaf, { ...question, policies: { ...policies, inhibitPolicyMapping: true } }))).toEqual(['PATH_POLICIES'])
  expect(faults(ask(leaf, { ...question, policies: { ...policies, initialPolicySet: ['1.2.9.1'] } }))).toEqual(['PATH_POLICIES'])
})

test('a signature that does not hold is what is told when all else is well', () => {
  const forged = Uint8Array.from(pki.maker.certificate)
  forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1
  const answer = ask(forged)
  expect(answer.outcome).toBe('INVALID')
  expect(faults(answer)).toEqual(['PATH_SIGNATURE'])
})

test('of two issuers of one name the one whose key signed is found, in whatever order they come', () => {
  const impostor = pki.issue('冒名CA', { ca: {}, subject: pki.ca.name }, pki.root)
  for (const intermediates of [
    [pki.ca, impostor],
    [impostor, pki.ca],
  ])
    expect(ask(pki.maker.certificate, { intermediates: intermediates.map(({ certificate }) => certificate) }).outcome).toBe(
      'VALID',
    )
})

test('a warm path costs no signature check, and another key or certificate gains nothing by it', () => {
  const edges = new EdgeMemory()
  expect(ask(pki.maker.certificate, { edges }).spent.signatures).toBe(2)
  expect(ask(pki.maker.certificate, { edges }).spent.signatures).toBe(0)
  const impostor = pki.issue('冒名根', { ca: {}, subject: pki.root.name }, undefined)
  expect(ask(pki.maker.certificate, { edges, anchors: [impostor.certificate] }).outcome).toBe('INVALID')
})

test('an end entity that is an anchor itself is its own path', () => {
  const answer = ask(pki.root.certificate)
  expect(answer.outcome).toBe('VALID')
  expect(answer.path).toHaveLength(1)
  expect(faults(ask(pki.root.certificate, { at: NOW + 30 * YEAR }))).toEqual(['PATH_VALIDITY'])
})

test('a moment that is no number, or a budget that is none, opens nothing', () => {
  expect(faults(ask(pki.maker.certificate, { at: Number.NaN }))).toContain('PATH_VALIDITY')
  expect(faults(ask(pki.maker.certificate, { budget: { depth: Number.NaN, signatures: 1 } }))).toContain('PATH_BUDGET')
})

test('anyPolicy carries a policy on until an issuer inhibits it', () => {
  const ANY = '2.5.29.32.0'
  const inhibit = extension('2.5.29.54', der.encodeInteger(0), true)
  const policies = { requireExplicitPolicy: true, initialPolicySet: ['1.2.3.1'] }
  const under = (name: string, extensions: readonly ReturnType<typeof extension>[]) => {
    const ca = pki.issue(name, { ca: {}, extensions: [certificatePolicies(['1.2.3.1']), ...extensions] }, pki.root)
    const leaf = pki.issue(`${name}下`, { extensions: [certificatePolicies([ANY])] }, ca)
    return ask(leaf.certificate, { intermediates: [ca.certificate], policies })
  }
  expect(under('任意策略CA', []).outcome).toBe('VALID')
  expect(faults(under('禁止任意策略CA', [inhibit]))).toEqual(['PATH_POLICIES'])
})

test('an issuer may demand that every certificate below it has an acceptable policy', () => {
  const demand = extension('2.5.29.36', der.encodeSequence(der.encodeImplicit(0, Uint8Array.of(0))), true)
  const ca = pki.issue('要求策略CA', { ca: {}, extensions: [certificatePolicies(['1.2.3.1']), demand] }, pki.root)
  const [without, wrong, right] = [[], ['1.2.3.2'], ['1.2.3.1']].map((policies, i) =>
    pki.issue(`要求策略${i}`, policies.length > 0 ? { extensions: [certificatePolicies(policies)] } : {}, ca),
  )
  const asked = (party = pki.maker) => ask(party.certificate, { intermediates: [ca.certificate] })
  expect(faults(asked(without))).toEqual(['PATH_POLICIES'])
  expect(faults(asked(wrong))).toEqual(['PATH_POLICIES'])
  expect(asked(right).outcome).toBe('VALID')
})
