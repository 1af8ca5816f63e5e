import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spkiOf } from '../../../pki/key.ts'
import { findPaths } from '../../../pki/x509/find-paths.ts'
import { type PathQuestion, validatePath } from '../../../pki/x509/path.ts'
import { DEFAULT_BUDGET } from '../../../pki/x509/path-budget.ts'
import { type TestParty, testPki } from '../../support/pki.ts'

const NOW = Date.UTC(2026, 10, 21)
const pki = testPki(NOW, '攻击')
const held = { intermediates: [pki.ca.certificate], anchors: [pki.root.certificate], at: NOW }
const crls = [pki.crl(), pki.crl({}, pki.root)]

/** n CAs that have all certified one another, under no root. */
function crossSigned(n: number): readonly Uint8Array[] {
  const names = Array.from({ length: n }, (_, i) => `互签${i}`)
  const selves = new Map(names.map((name) => [name, pki.issue(name, { ca: {} }, pki.root)]))
  const partyOf = (name: string): TestParty => selves.get(name) ?? pki.root
  return names.flatMap((subject) =>
    names.filter((issuer) => issuer !== subject).map((issuer) => pki.issue(subject, { ca: {} }, partyOf(issuer)).certificate),
  )
}

test('CAs that certify one another in circles end the search within its budget, and without a path', () => {
  const intermediates = crossSigned(7)
  const leaf = pki.issue('圈内', {}, pki.issue('互签0', { ca: {} }, pki.root))
  const answer = validatePath({ ...held, endEntity: leaf.certificate, intermediates, revocation: 'off' })
  expect(answer.outcome).not.toBe('VALID')
  expect(answer.spent.candidates).toBeLessThanOrEqual(DEFAULT_BUDGET.candidates)
  expect(findPaths(leaf.certificate, { intermediates, roots: [pki.root.certificate] }).paths).toEqual([])
})

test('two cross-signed certificates, small as they are, end the search', () => {
  const intermediates = crossSigned(2)
  const leaf = pki.issue('小圈', {}, pki.issue('互签0', { ca: {} }, pki.root))
  expect(validatePath({ ...held, endEntity: leaf.certificate, intermediates, revocation: 'off' }).spent.candidates).toBeLessThan(
    10,
  )
})

test('a key at infinity, in a CA or an end entity, is no key', () => {
  const spki = Uint8Array.from(spkiOf(pki.ca.privateKey))
  const infinity = Uint8Array.from([...spki.subarray(0, spki.length - 65), ...new Uint8Array(65)])
  const asPoint = Uint8Array.from(infinity)
  asPoint[spki.length - 65] = 0x04
  for (const bytes of [infinity, asPoint]) {
    const ca = withKey(pki.ca.certificate, spki, bytes)
    for (const endEntity of [ca, pki.maker.certificate]) {
      const answer = validatePath({ ...held, endEntity, intermediates: [ca], revocation: 'off' })
      expect(answer.outcome).toBe('INVALID')
      expect(answer.checks).toContainEqual(expect.objectContaining({ check: 'PATH_KEY', outcome: 'FAILED' }))
    }
  }
})

test('an empty set of CRLs clears nobody where revocation is required, which is the default', () => {
  expect(validatePath({ ...held, endEntity: pki.maker.certificate, crls: [] }).outcome).toBe('INDETERMINATE')
  expect(validatePath({ ...held, endEntity: pki.maker.certificate }).outcome).toBe('INDETERMINATE')
})

test('a valid chain with any bit of any certificate or CRL changed is not accepted, and nothing is thrown', () => {
  const chain = [pki.maker.certificate, pki.ca.certificate, pki.root.certificate, ...crls]
  expect(asked(chain).outcome).toBe('VALID')
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 3, 4), fc.nat(), fc.nat(7), (which, position, bit) => {
      const changed = chain.map((bytes) => Uint8Array.from(bytes))
      const target = changed[which] ?? new Uint8Array()
      const at = position % target.length
      target[at] = (target[at] ?? 0) ^ (1 << bit)
      expect(asked(changed).outcome).not.toBe('VALID')
    }),
    { numRuns: 400 },
  )
})

test('a changed anchor gives an answer too, valid only while its name, key and constraints are whole', () => {
  const chain = [pki.maker.certificate, pki.ca.certificate, pki.root.certificate, ...crls]
  fc.assert(
    fc.property(fc.nat(pki.root.certificate.length - 1), fc.nat(7), (at, bit) => {
      const changed = chain.map((bytes) => Uint8Array.from(bytes))
      const anchor = changed[2] ?? new Uint8Array()
      anchor[at] = (anchor[at] ?? 0) ^ (1 << bit)
      expect(['VALID', 'INVALID', 'INDETERMINATE']).toContain(asked(changed).outcome)
    }),
    { numRuns: 200 },
  )
})

function asked([endEntity, ca, root, ...lists]: readonly Uint8Array[]) {
  const [one, two, three] = [endEntity, ca, root].map((bytes) => bytes ?? new Uint8Array())
  const question: PathQuestion = {
    endEntity: one ?? new Uint8Array(),
    intermediates: [two ?? new Uint8Array()],
    anchors: [three ?? new Uint8Array()],
    at: NOW,
    crls: lists,
  }
  return validatePath(question)
}

test('whatever is handed in and whatever the budget, there is an answer within the budget', () => {
  const parts = [pki.maker, pki.ca, pki.root, pki.signer].map(({ certificate }) => certificate)
  const anyBytes = fc.oneof(fc.constantFrom(...parts, ...crls), fc.uint8Array({ maxLength: 40 }))
  const lists = fc.array(anyBytes, { maxLength: 5 })
  const limits = fc.record({
    depth: fc.nat(3),
    candidates: fc.nat(4),
    signatures: fc.nat(3),
    certificates: fc.nat(8),
    nameComparisons: fc.nat(2),
  })
  fc.assert(
    fc.property(anyBytes, lists, lists, lists, limits, (endEntity, intermediates, anchors, given, budget) => {
      const { outcome, spent } = validatePath({ endEntity, intermediates, anchors, at: NOW, crls: given, budget })
      expect(['VALID', 'INVALID', 'INDETERMINATE']).toContain(outcome)
      for (const what of ['candidates', 'signatures', 'certificates', 'nameComparisons'] as const)
        expect(spent[what]).toBeLessThanOrEqual(budget[what])
    }),
    { numRuns: 300 },
  )
})

/** The certificate with other bytes for its key; of the same length, so that the structure holds. */
function withKey(certificate: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const changed = Buffer.from(certificate)
  changed.set(to, changed.indexOf(from))
  return Uint8Array.from(changed)
}
