import { expect, test } from 'vitest'
import * as der from '../../../pki/der/writer.ts'
import type { CrlOptions } from '../../../pki/x509/issue-crl.ts'
import { encodeName } from '../../../pki/x509/name-encoding.ts'
import { type PathAnswer, type PathQuestion, validatePath } from '../../../pki/x509/path.ts'
import { type TestParty, testPki } from '../../support/pki.ts'

const NOW = Date.UTC(2026, 10, 21)
const DAY = 86_400_000
const pki = testPki(NOW, '吊销')
const ofRoot = pki.crl({}, pki.root)
const KEY_COMPROMISE = 1
const HOLD = 6
const REMOVE = 8

function ask(crls: readonly Uint8Array[], question: Partial<PathQuestion> = {}): PathAnswer {
  const held = { intermediates: [pki.ca.certificate], anchors: [pki.root.certificate] }
  return validatePath({ ...held, endEntity: pki.maker.certificate, at: NOW, crls, revocation: 'required', ...question })
}

const revokes = (party: TestParty, reason: number = KEY_COMPROMISE, revokedAt = NOW - DAY) => ({
  entries: [{ serialNumber: party.serialNumber, revokedAt, reason }],
})
const extension = (oid: string, value: Uint8Array) => ({ oid, critical: true, value })
const delta = (base: number, options: Partial<CrlOptions>) =>
  pki.crl({ ...options, extensions: [extension('2.5.29.27', der.encodeInteger(base)), ...(options.extensions ?? [])] })
const issuingPoint = (...fields: Uint8Array[]) => extension('2.5.29.28', der.encodeSequence(...fields))
const flag = (number: number) => der.encodeImplicit(number, Uint8Array.of(0xff))
const point = (url: string) => der.encodeExplicit(0, der.encodeExplicit(0, der.encodeImplicit(6, Buffer.from(url))))

test('a path is valid when a current CRL of every issuer leaves its certificates out', () => {
  expect(ask([pki.crl(), ofRoot]).outcome).toBe('VALID')
})

test('a revoked certificate makes the path invalid, the end entity or a CA', () => {
  expect(ask([pki.crl(revokes(pki.maker)), ofRoot]).outcome).toBe('INVALID')
  expect(ask([pki.crl(), pki.crl(revokes(pki.ca), pki.root)]).outcome).toBe('INVALID')
})

test('without a CRL nothing is known: required leaves it open, optional passes with a note, the empty set included', () => {
  for (const crls of [[], [pki.crl()], [ofRoot]]) {
    expect(ask(crls).outcome).toBe('INDETERMINATE')
    const optional = ask(crls, { revocation: 'optional' })
    expect(optional.outcome).toBe('VALID')
    expect(optional.checks.filter(({ check }) => check === 'PATH_REVOCATION').map(({ outcome }) => outcome)).toContain('NOTE')
  }
})

test('a CRL past its next update, or dated after the moment asked about, clears nobody', () => {
  const stale = pki.crl({ thisUpdate: NOW - 9 * DAY, nextUpdate: NOW - DAY })
  const future = pki.crl({ thisUpdate: NOW + DAY, nextUpdate: NOW + 9 * DAY })
  for (const crl of [stale, future]) expect(ask([crl, ofRoot]).outcome).toBe('INDETERMINATE')
})

test('what a stale CRL revoked stays revoked; a later CRL tells of what was revoked by then', () => {
  const stale = pki.crl({ ...revokes(pki.maker), thisUpdate: NOW - 9 * DAY, nextUpdate: NOW - DAY })
  const later = (revokedAt: number) =>
    pki.crl({
      ...revokes(pki.maker, KEY_COMPROMISE, revokedAt),
      number: 2n,
      thisUpdate: NOW + 2 * DAY,
      nextUpdate: NOW + 9 * DAY,
    })
  expect(ask([stale, pki.crl({ number: 2n }), ofRoot]).outcome).toBe('INVALID')
  expect(ask([pki.crl(), later(NOW - DAY), ofRoot]).outcome).toBe('INVALID')
  expect(ask([pki.crl(), later(NOW + DAY), ofRoot]).outcome).toBe('VALID')
})

test('a hold is lifted by a later complete CRL without it; any other reason is not', () => {
  const before = { thisUpdate: NOW - 2 * DAY, nextUpdate: NOW - DAY }
  const held = pki.crl({ ...revokes(pki.maker, HOLD), ...before })
  const compromised = pki.crl({ ...revokes(pki.maker), ...before })
  expect(ask([held, ofRoot]).outcome).toBe('INVALID')
  expect(ask([held, pki.crl({ number: 2n }), ofRoot]).outcome).toBe('VALID')
  expect(ask([compromised, pki.crl({ number: 2n }), ofRoot]).outcome).toBe('INVALID')
})

test('a CRL by a stranger of the same name, without right to sign CRLs, or for another issuer is not believed', () => {
  const stranger = testPki(NOW, '吊销陌生人')
  const forged = stranger.crl({}, { ...stranger.ca, name: pki.ca.name })
  for (const crl of [forged, ofRoot, Uint8Array.of(0x30, 0)]) {
    expect(ask([crl, ofRoot]).outcome).toBe('INDETERMINATE')
  }
  expect(ask([forged, pki.crl(), ofRoot]).outcome).toBe('VALID')
})

test('what is handed in as a CRL and cannot be used is a doubt even where revocation is optional', () => {
  const stranger = testPki(NOW, '吊销陌生人')
  const forged = stranger.crl({}, { ...stranger.ca, name: pki.ca.name })
  expect(ask([forged, ofRoot], { revocation: 'optional' }).outcome).toBe('INDETERMINATE')
})

test('an entry whose reason cannot be read is a doubt, never a clearance', () => {
  const odd = pki.crl(revokes(pki.maker, 7))
  expect(ask([odd, ofRoot]).outcome).toBe('INDETERMINATE')
})

test('a delta revokes at once, and completes a CRL that is past its next update', () => {
  const base = pki.crl({ number: 5n, thisUpdate: NOW - 9 * DAY, nextUpdate: NOW - DAY })
  expect(ask([base, delta(5, { number: 6n }), ofRoot]).outcome).toBe('VALID')
  expect(ask([base, delta(5, { number: 6n, ...revokes(pki.maker) }), ofRoot]).outcome).toBe('INVALID')
})

test('a delta on its own, on a later base, or of another scope completes nothing', () => {
  const base = pki.crl({ number: 5n, thisUpdate: NOW - 9 * DAY, nextUpdate: NOW - DAY })
  const scoped = delta(5, { number: 6n, extensions: [issuingPoint(flag(1))] })
  for (const crls of [[delta(5, { number: 6n })], [base, delta(6, { number: 7n })], [base, scoped]])
    expect(ask([...crls, ofRoot]).outcome).toBe('INDETERMINATE')
})

test('a delta that removes lifts a hold of its base and nothing else', () => {
  const removal = delta(5, { number: 6n, ...revokes(pki.maker, REMOVE) })
  expect(ask([pki.crl({ number: 5n, ...revokes(pki.maker, HOLD) }), removal, ofRoot]).outcome).toBe('VALID')
  expect(ask([pki.crl({ number: 5n, ...revokes(pki.maker) }), removal, ofRoot]).outcome).toBe('INVALID')
})

test('a CRL for other certificates, at another point, or for some reasons does not clear', () => {
  const forCas = issuingPoint(flag(2))
  const forAttributes = issuingPoint(flag(5))
  const elsewhere = issuingPoint(point('http://crl.example.cn/2.crl'))
  const someReasons = issuingPoint(der.encodeImplicit(3, Uint8Array.of(6, 0x40)))
  for (const scope of [forCas, forAttributes, elsewhere, someReasons])
    expect(ask([pki.crl({ extensions: [scope] }), ofRoot]).outcome).toBe('INDETERMINATE')
  expect(ask([pki.crl({ extensions: [issuingPoint(flag(1))] }), ofRoot]).outcome).toBe('VALID')
})

test('a CRL at the point the certificate names clears it, and CRLs that divide the reasons do so together', () => {
  const url = 'http://crl.example.cn/1.crl'
  const pointed = pki.issue('有分布点', { crlUrls: [url] })
  const some = (bits: readonly [number, number, number]) =>
    pki.crl({ extensions: [issuingPoint(der.encodeImplicit(3, Uint8Array.from(bits)))] })
  const endEntity = pointed.certificate
  expect(ask([pki.crl({ extensions: [issuingPoint(point(url))] }), ofRoot], { endEntity }).outcome).toBe('VALID')
  const [compromise, others] = [some([7, 0x60, 0x00]), some([7, 0x1f, 0x80])]
  expect(ask([compromise, others, ofRoot]).outcome).toBe('VALID')
  expect(ask([compromise, ofRoot]).outcome).toBe('INDETERMINATE')
})

test('an indirect CRL speaks where the certificate names its issuer, for the issuer its entries name', () => {
  const crlIssuer = pki.issue('CRL签发者', { keyUsage: ['cRLSign'] }, pki.root)
  const named = der.encodeSequence(der.encodeSequence(der.encodeElement(0xa2, der.encodeExplicit(4, encodeName(crlIssuer.name)))))
  const pointed = pki.issue('间接', { extensions: [{ oid: '2.5.29.31', critical: false, value: named }] })
  const certificateIssuer = extension('2.5.29.29', der.encodeSequence(der.encodeExplicit(4, encodeName(pki.ca.name))))
  const indirect = (serialNumber: bigint) =>
    pki.crl(
      { extensions: [issuingPoint(flag(4))], entries: [{ serialNumber, revokedAt: NOW - DAY, extensions: [certificateIssuer] }] },
      crlIssuer,
    )
  const question = { endEntity: pointed.certificate, intermediates: [pki.ca.certificate, crlIssuer.certificate] }
  expect(ask([indirect(1n), ofRoot], question).outcome).toBe('VALID')
  expect(ask([indirect(pointed.serialNumber), ofRoot], question).outcome).toBe('INVALID')
  expect(ask([indirect(1n), ofRoot], { ...question, intermediates: [pki.ca.certificate] }).outcome).toBe('INDETERMINATE')
  expect(ask([indirect(1n), ofRoot], { ...question, endEntity: pki.maker.certificate }).outcome).toBe('INDETERMINATE')
})

test('a CRL of the same CA under another key counts when that key is certified under the same anchor and not revoked', () => {
  const renewed = pki.issue('运营CA', { ca: {}, key: '轮换密钥' }, pki.root)
  const signedAnew = pki.crl({}, renewed)
  const question = { intermediates: [pki.ca.certificate, renewed.certificate] }
  expect(ask([signedAnew, ofRoot], question).outcome).toBe('VALID')
  expect(ask([signedAnew, pki.crl(revokes(renewed), pki.root)], question).outcome).toBe('INDETERMINATE')
  const foreign = testPki(NOW, '另一锚')
  const impostor = foreign.issue('运营CA', { ca: {}, subject: pki.ca.name }, foreign.root)
  const anchors = [pki.root.certificate, foreign.root.certificate]
  const intermediates = [pki.ca.certificate, impostor.certificate]
  const crls = [pki.crl({}, { ...impostor, name: pki.ca.name }), ofRoot, foreign.crl({}, foreign.root)]
  expect(ask(crls, { anchors, intermediates }).outcome).toBe('INDETERMINATE')
})

test('a distribution point named relative to its CRL issuer is the same as its full name', () => {
  const relative = der.encodeExplicit(0, der.encodeElement(0xa1, rdn('1 号')))
  const full = encodeName([...pki.ca.name, ['CN', '1 号']])
  const pointed = pki.issue('相对分布点', {
    extensions: [{ oid: '2.5.29.31', critical: false, value: der.encodeSequence(der.encodeSequence(relative)) }],
  })
  const at = (name: Uint8Array) =>
    pki.crl({ extensions: [issuingPoint(der.encodeExplicit(0, der.encodeExplicit(0, der.encodeExplicit(4, name))))] })
  const other = encodeName([...pki.ca.name, ['CN', '2 号']])
  expect(ask([at(full), ofRoot], { endEntity: pointed.certificate }).outcome).toBe('VALID')
  expect(ask([at(other), ofRoot], { endEntity: pointed.certificate }).outcome).toBe('INDETERMINATE')
})

/** The one attribute of a relative name, without the tag of its SET. */
function rdn(commonName: string): Uint8Array {
  return der.encodeSequence(der.encodeObjectIdentifier('2.5.4.3'), der.encodeUtf8String(commonName))
}
