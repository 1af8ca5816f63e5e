import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HubError } from '../../../../model/error.ts'
import { parseReceipt } from '../../../../model/receipt.ts'
import { sealFacts } from '../../../../model/sealed-facts.ts'
import { sealStatusAt } from '../../../../model/timeline.ts'
import { decodeSignedData, encodeSignedData, verifySignedData } from '../../../../pki/cms/signed-data.ts'
import { sm3Hex } from '../../../../pki/sm3.ts'
import { admitEnvelope } from '../../../../subgraphs/seals/admission/admission.ts'
import { pki } from '../../../support/seals.ts'
import { CODE, changed, FACTS_KEY, Member, NOW, openAdmission, property, registered } from '../member.ts'

const coded = (code: string) => expect.objectContaining({ code })
const stateOf = async (ports: ReturnType<typeof openAdmission>, code = CODE, at = NOW, knownAt = NOW + 1_000_000) => {
  const seal = (await ports.store.seals([code])).get(code)
  return sealStatusAt(seal?.timeline ?? [], at, knownAt).state
}

describe('an envelope that is right', () => {
  test('registers a seal, and its receipt is signed by the hub over every row', async () => {
    const ports = openAdmission()
    const admission = await new Member().push(ports, await registered())
    expect(admission).toMatchObject({
      repeated: false,
      recordedAt: NOW,
      rows: [{ row: 1, code: CODE, outcome: 'ADMITTED', refusal: null }],
    })
    const signed = decodeSignedData(admission.receipt)
    expect(verifySignedData(signed)).toMatchObject([{ holds: true }])
    const content = parseReceipt(signed.content ?? new Uint8Array())
    expect(content).toMatchObject({ platform: '411728', stream: 'main', sequence: 1, recordedAt: NOW, rows: admission.rows })
    expect(await stateOf(ports)).toBe('ACTIVE')
    expect((await ports.store.seals([CODE])).get(CODE)?.record).toMatchObject({
      platform: '411728',
      division: '411728',
      name: '遂平县民政局',
      class: 'PUBLIC',
    })
  })

  test('may register and suspend a seal in one go, each row seeing the rows before it', async () => {
    const ports = openAdmission()
    const { rows } = await new Member().push(ports, await registered(), changed('SUSPENDED'))
    expect(rows.map(({ outcome }) => outcome)).toEqual(['ADMITTED', 'ADMITTED'])
    expect(await stateOf(ports)).toBe('SUSPENDED')
  })

  test('without rows is a sign of life', async () => {
    const ports = openAdmission()
    const member = new Member()
    await member.push(ports, await registered())
    ports.clock.at = NOW + 60_000
    await member.push(ports)
    expect((await ports.store.seals([CODE])).get(CODE)?.heardAt).toBe(NOW + 60_000)
  })
})

describe('the same envelope again', () => {
  test('changes nothing and gives the same receipt, byte for byte', async () => {
    const ports = openAdmission()
    const member = new Member()
    const { lines } = member.envelope([await registered()])
    const bytes = await member.signed(lines)
    const first = await admitEnvelope(bytes, member.facts(), ports)
    ports.clock.at += 1000
    const second = await admitEnvelope(bytes, member.facts(), ports)
    expect(second).toEqual({ ...first, repeated: true, receipt: expect.anything() })
    expect(Buffer.compare(second.receipt, first.receipt)).toBe(0)
    expect((await ports.store.seals([CODE])).get(CODE)?.timeline).toHaveLength(1)
  })

  test('signed again says the same, so it is the same', async () => {
    const ports = openAdmission()
    const member = new Member()
    const { lines } = member.envelope([await registered()])
    await admitEnvelope(await member.signed(lines), member.facts(), ports)
    expect(await admitEnvelope(await member.signed(lines), member.facts(), ports)).toMatchObject({ repeated: true })
  })

  test('sent twice at the same time is taken in once', async () => {
    const ports = openAdmission()
    const member = new Member()
    const bytes = await member.signed(member.envelope([await registered()]).lines)
    const both = await Promise.all([1, 2, 3].map(() => admitEnvelope(bytes, member.facts(), ports)))
    expect(both.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect(new Set(both.map(({ receipt }) => sm3Hex(receipt))).size).toBe(1)
  })

  test('after a crash between commit and receipt gives the receipt', async () => {
    const ports = openAdmission()
    const failing = { ...ports, signer: { ...ports.signer, sign: () => Promise.reject(new TypeError('device gone')) } }
    const member = new Member()
    const bytes = await member.signed(member.envelope([await registered()]).lines)
    await expect(admitEnvelope(bytes, member.facts(), failing)).rejects.toThrow()
    const again = await admitEnvelope(bytes, member.facts(), ports)
    expect(again).toMatchObject({ repeated: true, rows: [{ outcome: 'ADMITTED' }] })
    expect(verifySignedData(decodeSignedData(again.receipt))).toMatchObject([{ holds: true }])
  })
})

describe('an envelope is refused whole, and nothing is stored', () => {
  const member = new Member()
  const stranger = pki.issue('陌生人')
  async function expectRefused(code: string, bytes: Uint8Array, facts = member.facts()) {
    const ports = openAdmission()
    await expect(admitEnvelope(bytes, facts, ports)).rejects.toThrow(coded(code))
    expect(await ports.store.position('411728', 'main')).toBeNull()
    expect(await ports.store.seals([CODE])).toEqual(new Map())
  }
  const good = async () => member.signed(member.envelope([await registered()]).lines)

  test('signed by a stranger', async () => {
    await expectRefused('ENVELOPE_SIGNATURE', await member.signed(member.envelope([await registered()]).lines, stranger))
  })

  test('signed by a stranger who encloses the member’s certificate', async () => {
    const lines = member.envelope([await registered()]).lines
    const bytes = await encodeSignedData(lines, stranger.signer, { certificates: [member.party.certificate] })
    await expectRefused('ENVELOPE_SIGNATURE', bytes)
  })

  test('changed after signing', async () => {
    const bytes = Uint8Array.from(await good())
    const text = Buffer.from(bytes).indexOf('"revision":1')
    bytes[text + '"revision":'.length] = '2'.charCodeAt(0)
    await expectRefused('ENVELOPE_SIGNATURE', bytes)
  })

  test('cut off at any place', async () => {
    const bytes = await good()
    for (const length of [0, 1, 20, bytes.length >> 1, bytes.length - 1])
      await expectRefused('UNREADABLE', bytes.subarray(0, length))
  })

  test('of another type', async () => {
    await expectRefused('UNREADABLE', Buffer.from('hello'))
    await expectRefused('UNREADABLE', Buffer.alloc(5000, 0x30))
  })

  test('without its content', async () => {
    const { lines } = member.envelope([])
    await expectRefused('UNREADABLE', await encodeSignedData(lines, member.party.signer, { detached: true }))
  })

  test('without a header', async () => expectRefused('UNREADABLE', await member.signed(Buffer.from('{}\n'))))
  test('too large', async () => expectRefused('TOO_LARGE', new Uint8Array(12 * 1024 * 1024)))

  test.each([
    ['for another platform', () => new Member('350128', '350128').facts(), 'FACTS_REFUSED'],
    ['too old', () => member.facts({}, NOW - 601_000), 'FACTS_REFUSED'],
    ['forged', () => `${member.facts().slice(0, -2)}xx`, 'FACTS_REFUSED'],
    ['no facts at all', () => '', 'FACTS_REFUSED'],
    [
      'by a room that may not say so',
      () => sealFacts({ producer: 'seals', type: 'MemberFacts', entityId: '411728', producedAt: NOW }, {}, FACTS_KEY),
      'FACTS_REFUSED',
    ],
    ['of a membership that has ended', () => member.facts({ span: { from: 0, until: NOW - 1 } }), 'NOT_A_MEMBER'],
    ['of a membership yet to begin', () => member.facts({ span: { from: NOW + 1, until: null } }), 'NOT_A_MEMBER'],
    ['run out', () => member.facts({ standingUntil: NOW - 1 }), 'NOT_A_MEMBER'],
    ['with a scope that is none', () => member.facts({ scope: '4' }), 'NOT_A_MEMBER'],
    ['for another certificate', () => member.facts({ certificate: stranger.fingerprint }), 'ENVELOPE_SIGNATURE'],
  ])('with standing %s', async (_, facts, code) => expectRefused(code, await good(), facts()))

  test.each([
    ['that does not begin the stream', { sequence: 2 }, 'ENVELOPE_SEQUENCE'],
    ['that claims an envelope before the first', { previous: 'a'.repeat(64) }, 'ENVELOPE_SEQUENCE'],
    ['made in the future', { createdAt: NOW + 600_000 }, 'BAD_INPUT'],
    ['of another platform', { platform: '350128' }, 'FACTS_REFUSED'],
  ])('%s', async (_, given, code) => expectRefused(code, await member.signed(member.envelope([await registered()], given).lines)))
})

describe('in a stream that has begun', () => {
  test.each([
    ['a gap', { sequence: 3 }, 'ENVELOPE_SEQUENCE'],
    ['a step back with a new message', { sequence: 1, previous: null, messageId: 'new' }, 'REPLAY'],
    ['a message id used before', { messageId: '411728-1' }, 'REPLAY'],
    [
      'a message id used before, in another stream',
      { stream: 'other', sequence: 1, previous: null, messageId: '411728-1' },
      'REPLAY',
    ],
    ['a broken chain', { previous: 'b'.repeat(64) }, 'ENVELOPE_SEQUENCE'],
  ])('%s is refused and changes nothing', async (_, given, code) => {
    const ports = openAdmission()
    const member = new Member()
    await member.push(ports, await registered())
    const { lines } = member.envelope([changed('REVOKED')], given)
    await expect(admitEnvelope(await member.signed(lines), member.facts(), ports)).rejects.toThrow(coded(code))
    expect(await stateOf(ports)).toBe('ACTIVE')
    expect(await ports.store.position('411728', 'main')).toMatchObject({ sequence: 1 })
  })
})

describe('past answers', () => {
  test('asked with their moment of knowledge never change when a loss is told late', async () => {
    const ports = openAdmission()
    const member = new Member()
    const { recordedAt } = await member.push(ports, await registered())
    ports.clock.at = NOW + 3 * 86_400_000
    await member.push(ports, changed('LOST', { effectiveAt: NOW + 10 }))
    expect(await stateOf(ports, CODE, NOW + 1000, recordedAt)).toBe('ACTIVE')
    expect(await stateOf(ports, CODE, NOW + 1000, ports.clock.at)).toBe('LOST')
  })
})

test('a foreign name in the seal of another type is registered as it is', async () => {
  const ports = openAdmission()
  const seal = property({ type: 6, name: 'བོད་ལྗོངས' })
  await new Member('540102', '54').push(ports, await registered({ code: '54010200000001' }, seal))
  expect((await ports.store.seals(['54010200000001'])).get('54010200000001')?.record.name).toBe('བོད་ལྗོངས')
})

test('whatever byte of an envelope is changed, it is refused by a code or says exactly what was signed', async () => {
  const member = new Member()
  const { lines } = member.envelope([await registered()])
  const bytes = await member.signed(lines)
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const mutated = Uint8Array.from(bytes)
      mutated[at] = (mutated[at] ?? 0) ^ change
      const ports = openAdmission()
      try {
        const { rows } = await admitEnvelope(mutated, member.facts(), ports)
        expect(rows).toMatchObject([{ code: CODE, outcome: 'ADMITTED' }])
        expect(await ports.store.position('411728', 'main')).toMatchObject({ digest: sm3Hex(lines) })
      } catch (error) {
        expect(error).toBeInstanceOf(HubError)
        expect(await ports.store.seals([CODE])).toEqual(new Map())
      }
    }),
    { numRuns: 150 },
  )
})
