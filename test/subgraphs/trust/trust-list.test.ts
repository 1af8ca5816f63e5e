import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SealClass } from '../../../model/seal.ts'
import type { TrustStatement } from '../../../subgraphs/trust/service.ts'
import { decodeTrustList, encodeTrustList, type TrustList } from '../../../subgraphs/trust/trust-list.ts'
import { codeOf } from '../../support/code.ts'

const MAKER: TrustStatement = {
  role: 'MAKER',
  fingerprint: 'a0'.repeat(32),
  name: '苏州统一电子印章',
  scope: '3205',
  span: { from: 1_000, until: null },
  evidence: null,
  list: '320000',
}
const LIST: TrustList = {
  territory: '320000',
  operator: '江苏省',
  sequence: 7,
  issuedAt: 10_000,
  nextUpdate: 20_000,
  statements: [
    MAKER,
    { ...MAKER, role: 'CA', scope: '32', evidence: '许可证', span: { from: 1_000, until: 9_000 } },
    { ...MAKER, role: 'LIST_OPERATOR', name: '320500', location: 'https://example.org/320500' },
    { ...MAKER, role: 'LIST_OPERATOR', name: '320000', scope: '32' },
  ],
  pivots: ['320000/3'],
}

function encoded(change: Partial<TrustList> = {}): Uint8Array {
  return encodeTrustList({ ...LIST, ...change })
}

interface WireList {
  readonly ListAndSchemeInformation: object
  readonly TrustedEntitiesList: readonly { readonly TrustedEntityServices: readonly { ServiceInformation?: object }[] }[]
}

/** The list with its JSON changed by hand. */
function altered(change: (lote: WireList) => void): Uint8Array {
  const json: { LoTE: WireList } = JSON.parse(new TextDecoder().decode(encoded()))
  change(json.LoTE)
  return new TextEncoder().encode(JSON.stringify(json))
}

/** A pointer to the list of Suzhou. */
function pointing(change: Partial<TrustStatement>): Uint8Array {
  return encoded({ statements: [{ ...MAKER, role: 'LIST_OPERATOR', name: '320500', ...change }] })
}

test('a list is read as it was written, and written the same way every time', () => {
  expect(decodeTrustList(encoded())).toEqual(LIST)
  expect(encoded()).toEqual(encoded())
})

test('any list of well-formed statements survives the way out and back', () => {
  const digest = fc.stringMatching(/^[0-9a-f]{64}$/)
  const common = {
    fingerprint: fc.stringMatching(/^[0-9a-f]{64}$/),
    name: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    scope: fc.constantFrom('', '32', '3205', '320506'),
    span: fc
      .tuple(fc.nat(1e12), fc.option(fc.integer({ min: 1, max: 1e9 })))
      .map(([from, length]) => ({ from, until: length && from + length })),
    evidence: fc.option(fc.string({ maxLength: 40 })),
    evidenceDigest: digest,
    list: fc.constant('320000'),
  }
  const classes = fc.subarray<SealClass>(['PUBLIC', 'POSITION', 'PRIVATE'], { minLength: 1 })
  const said = fc.oneof(
    fc.record({
      ...common,
      notAfter: fc.nat(1e12),
      role: fc.constantFrom('ANCHOR', 'STATUS_PUBLISHER', 'TIME_STAMP_AUTHORITY', 'PLATFORM'),
    }),
    fc.record({ ...common, role: fc.constant('CA'), caKind: fc.constantFrom('E_GOVERNMENT', 'GENERAL') }),
    fc.record({ ...common, role: fc.constant('MAKER'), classes }),
  )
  const code = fc.constantFrom('KEY_COMPROMISE', 'CESSATION', 'NOT_KNOWN_YET', 'urn:example:retired')
  const ended = fc.record({ code, reason: fc.string({ maxLength: 40 }), evidenceDigest: digest }, { requiredKeys: ['reason'] })
  const statement = fc.tuple(said, fc.option(ended)).map(([one, end]) => (one.span.until && end ? { ...one, ended: end } : one))
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 5 }), (statements) => {
      expect(decodeTrustList(encoded({ statements })).statements).toEqual(statements)
    }),
  )
})

test('a service granted, withdrawn and granted again is told with each of its times', () => {
  const bytes = altered((lote) => {
    const service = lote.TrustedEntitiesList[0]?.TrustedEntityServices[0] ?? {}
    Object.assign(service, {
      ServiceHistory: [
        { ServiceStatus: 'urn:sealhub:status:granted', StatusStartingTime: '1970-01-01T00:00:00.100Z' },
        { ServiceStatus: 'urn:sealhub:status:withdrawn', StatusStartingTime: '1970-01-01T00:00:00.500Z' },
      ],
    })
  })
  const spans = decodeTrustList(bytes).statements.filter(({ role }) => role === 'MAKER')
  expect(spans.map(({ span }) => span)).toEqual([
    { from: 100, until: 500 },
    { from: 1_000, until: null },
  ])
})

test('a code for the end on a grant is refused as UNREADABLE', () => {
  const bytes = altered((lote) => {
    const [service] = lote.TrustedEntitiesList[0]?.TrustedEntityServices ?? []
    Object.assign(service?.ServiceInformation ?? {}, { StatusReasonCode: 'urn:sealhub:end:MERGER' })
  })
  expect(codeOf(() => decodeTrustList(bytes))).toBe('UNREADABLE')
})

test.each([
  ['no JSON', new TextEncoder().encode('<TrustServiceStatusList/>')],
  ['text that is no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ['no list', new TextEncoder().encode('{}')],
  ['an element nobody defined', altered((lote) => Object.assign(lote, { Extra: 1 }))],
  ['another version', altered((lote) => Object.assign(lote.ListAndSchemeInformation, { LoTEVersionIdentifier: 2 }))],
  ['a sequence below 1', altered((lote) => Object.assign(lote.ListAndSchemeInformation, { LoTESequenceNumber: 0 }))],
  ['a territory that is no division', altered((lote) => Object.assign(lote.ListAndSchemeInformation, { SchemeTerritory: 'CN' }))],
  ['a time without a zone', altered((lote) => Object.assign(lote.ListAndSchemeInformation, { NextUpdate: '2026-01-01T00:00' }))],
  ['a next update that is not after the issue', encoded({ nextUpdate: 10_000 })],
  ['a scope that is none', encoded({ statements: [{ ...MAKER, scope: '320' }] })],
  ['a fingerprint that is none', encoded({ statements: [{ ...MAKER, fingerprint: 'a0' }] })],
  ['a list pointed to without saying where it is', pointing({})],
  ['a pointer to somewhere that is no web address', pointing({ location: 'file:///etc/passwd' })],
  ['classes on anyone but a maker', encoded({ statements: [{ ...MAKER, role: 'CA', classes: ['PUBLIC'] }] })],
  ['a kind of certification body on a maker', encoded({ statements: [{ ...MAKER, caKind: 'GENERAL' }] })],
  ['no classes at all', encoded({ statements: [{ ...MAKER, classes: [] }] })],
  ['a history out of order', encoded({ statements: [{ ...MAKER, span: { from: 1_000, until: 1_000 } }] })],
])('%s is refused as UNREADABLE', (_, bytes) => {
  expect(codeOf(() => decodeTrustList(bytes))).toBe('UNREADABLE')
})
