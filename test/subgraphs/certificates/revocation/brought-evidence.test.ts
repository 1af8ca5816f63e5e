import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { revocationAt } from '../../../../model/revocation.ts'
import { decodedCertificate } from '../../../../subgraphs/certificates/decoded-certificate.ts'
import { pathFactsOf } from '../../../../subgraphs/certificates/facts.ts'
import { candidatePaths } from '../../../../subgraphs/certificates/path-cache.ts'
import { broughtPieces } from '../../../../subgraphs/certificates/revocation/brought-pieces.ts'
import { type TestOcspOptions, testOcspRefusal, testOcspResponse } from '../../../support/ocsp.ts'
import { type TestParty, testPki } from '../../../support/pki.ts'
import { base64, DAY, HOUR, importRoom, NOW } from '../support.ts'

const pki = testPki(NOW)
const stranger = testPki(NOW, '冒名')
const OCSP_SIGNING = ['1.3.6.1.5.5.7.3.9']
const NO_CHECK = { oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Buffer.from('0500', 'hex') }
const LISTED = [{ serialNumber: pki.signer.serialNumber, revokedAt: NOW - 2 * DAY, reason: 1 }]
const old = pki.crl({ number: 1n, thisUpdate: NOW - 3 * DAY, nextUpdate: NOW + 4 * DAY })
const revoking = pki.crl({ number: 2n, thisUpdate: NOW - DAY, entries: LISTED })
const changed = Uint8Array.from(old, (byte, i) => (i === old.length - 1 ? byte ^ 1 : byte))
const forged = stranger.crl({ number: 9n }, { ...stranger.ca, name: pki.ca.name })

function response(options: Partial<TestOcspOptions> = {}): Uint8Array {
  return testOcspResponse({ certificate: pki.signer.certificate, issuer: pki.ca, producedAt: NOW - HOUR, ...options })
}

/** A room that holds the authorities; what is known of the signer when pieces come along with it. */
async function roomWithCa() {
  const room = importRoom()
  await room.takeIn(pki.root.certificate, pki.ca.certificate)
  const paths = candidatePaths(room.store)
  const facts = async (pieces: readonly Uint8Array[], party: TestParty = pki.signer) => {
    const brought = { pieces: broughtPieces(pieces.map(base64), room), isPublic: true }
    const now = () => room.clock.now
    const { certificates } = await pathFactsOf(
      [decodedCertificate(party.certificate)],
      { store: room.store, paths, now },
      brought,
    )
    return certificates[0]
  }
  return {
    ...room,
    facts,
    evidence: async (...pieces: readonly Uint8Array[]) => (await facts(pieces))?.paths[0]?.revocation[0] ?? [],
    /** At `at`, as known at `knownAt`. */
    answer: async (pieces: readonly Uint8Array[], at = NOW - 2 * HOUR, knownAt = NOW) => {
      const evidence = (await facts(pieces))?.paths[0]?.revocation[0] ?? []
      return revocationAt(evidence, NOW + 2 * 365 * DAY, at, knownAt).status
    },
    rows: async (...pieces: readonly Uint8Array[]) => {
      const checks = (await facts(pieces))?.paths[0]?.checks ?? []
      return checks.filter(({ check }) => check === 'BROUGHT_EVIDENCE').map(({ outcome, detail }) => `${outcome} ${detail?.en}`)
    },
  }
}

describe('what is believed', () => {
  test('a CRL its issuer signed tells of the certificate where none is held, and is told to have come along', async () => {
    const room = await roomWithCa()
    expect(await room.answer([])).toBe('UNKNOWN')
    expect(await room.answer([old])).toBe('GOOD')
    expect(await room.evidence(old)).toMatchObject([{ kind: 'CRL', brought: true, recordedAt: NOW, entry: null }])
    expect(await room.rows(old)).toEqual([expect.stringMatching(/^PASSED .*运营CA, 2026-05-29/)])
  })

  test('so does an OCSP response, and whatever revokes revokes', async () => {
    const room = await roomWithCa()
    expect(await room.answer([response()])).toBe('GOOD')
    expect(await room.answer([response({ status: { revokedAt: NOW - DAY, reason: 1 } })])).toBe('REVOKED')
    expect(await room.answer([revoking])).toBe('REVOKED')
    expect(await room.answer([old, revoking, response()])).toBe('REVOKED')
  })

  test('an authority that itself came along speaks of what it issued, by the path that leads to a root held', async () => {
    const room = importRoom()
    await room.takeIn(pki.root.certificate)
    const asked = [pki.signer, pki.ca].map(({ certificate }) => decodedCertificate(certificate))
    const brought = { pieces: broughtPieces([base64(old)], room), isPublic: true }
    const { certificates } = await pathFactsOf(asked, { ...room, paths: candidatePaths(room.store) }, brought)
    expect(certificates[0]?.paths[0]?.revocation[0]).toMatchObject([{ brought: true }])
  })

  test('an older list never replaces what is held: a newer revocation stands, and a newer list is the newest word', async () => {
    const room = await roomWithCa()
    await room.takeInCrls(revoking)
    expect(await room.answer([old])).toBe('REVOKED')
    expect(await room.answer([old, response({ producedAt: NOW - 3 * DAY, nextUpdate: NOW + DAY })])).toBe('REVOKED')
    const other = await roomWithCa()
    await other.takeInCrls(pki.crl({ number: 2n, thisUpdate: NOW - DAY, nextUpdate: NOW - 12 * HOUR }))
    expect(await other.answer([old])).toBe('UNKNOWN')
  })

  test('"unknown" takes back a good held, for this judgement and no other', async () => {
    const room = await roomWithCa()
    await room.takeInOcsp(response({ producedAt: NOW - 2 * HOUR }))
    expect(await room.answer([response({ status: 'unknown' })])).toBe('UNKNOWN')
    expect(await room.rows(response({ status: 'unknown' }))).toHaveLength(1)
    expect(await room.answer([])).toBe('GOOD')
  })
})

describe('what is not', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["a CRL in the issuer's name by another key", forged, /another key/],
    ['one byte changed', changed, /signature/],
    ['a CRL dated in the future', pki.crl({ thisUpdate: NOW + DAY }), /future/],
    ['a delta', pki.crl({ number: 3n, extensions: [{ oid: '2.5.29.27', critical: true, value: Buffer.of(2, 1, 1) }] }), /delta/],
    ['bytes that are neither', Buffer.from('not DER'), /./],
    [
      'a response of a stranger',
      response({ responder: stranger.issue('OCSP', { extendedKeyUsage: OCSP_SIGNING }) }),
      /authorised/,
    ],
    ['a response that refuses to answer', testOcspRefusal(3), /no answer/],
    ['a response dated in the future', response({ producedAt: NOW + DAY }), /future/],
  ])('%s is as if absent, and said', async (_, piece, words) => {
    const room = await roomWithCa()
    expect(await room.evidence(piece)).toEqual([])
    expect(await room.answer([piece, old])).toBe('GOOD')
    expect(await room.rows(piece)).toEqual([expect.stringMatching(/^NOTE /)])
    expect((await room.rows(piece))[0]).toMatch(words)
    expect((await room.store.sightings([...broughtPieces([base64(piece)], room)].map(({ digest }) => digest))).size).toBe(0)
  })

  test('any one changed byte makes a CRL or a response as if absent, and no bytes end the question', async () => {
    const room = await roomWithCa()
    const pieces = fc.constantFrom(old, revoking, response())
    await fc.assert(
      fc.asyncProperty(pieces, fc.nat(), fc.integer({ min: 1, max: 255 }), async (piece, at, change) => {
        const bytes = Uint8Array.from(piece, (byte, i) => (i === at % piece.length ? byte ^ change : byte))
        expect(await room.evidence(bytes)).toEqual([])
      }),
      { numRuns: 150 },
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
        expect(await room.evidence(bytes)).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  test('what is about none of the certificates is passed over', async () => {
    const room = await roomWithCa()
    expect(await room.rows(stranger.crl(), response({ certificate: pki.maker.certificate }))).toEqual([])
  })

  test('a list of some reasons, or of other certificates, clears nothing', async () => {
    const point = (...fields: number[]) => ({
      oid: '2.5.29.28',
      critical: true,
      value: Buffer.of(0x30, fields.length, ...fields),
    })
    const room = await roomWithCa()
    expect(await room.evidence(pki.crl({ extensions: [point(0x82, 1, 0xff)] }))).toEqual([]) // only CA certificates
    expect(await room.evidence(pki.crl({ extensions: [point(0x83, 2, 4, 0x10)] }))).toEqual([]) // only "cessationOfOperation"
  })

  test('who speaks for an issuer is cleared by what is held alone, and revoked by either', async () => {
    const watched = pki.issue('OCSP2', { extendedKeyUsage: OCSP_SIGNING })
    const word = response({ responder: watched })
    const room = await roomWithCa()
    expect((await room.evidence(word, old)).map(({ kind }) => kind)).toEqual(['CRL'])
    expect(await room.rows(word)).toEqual([expect.stringMatching(/^NOTE no evidence held/)])
    await room.takeInCrls(pki.crl({ number: 5n, thisUpdate: NOW - 30 * 60_000, nextUpdate: NOW - 60_000 }))
    expect((await room.evidence(word)).map(({ kind }) => kind)).toEqual(['CRL', 'OCSP'])
    const entries = [{ serialNumber: watched.serialNumber, revokedAt: NOW - DAY, reason: 1 }]
    const against = pki.crl({ number: 6n, thisUpdate: NOW - 20 * 60_000, entries })
    expect((await room.evidence(word, against)).map(({ kind }) => kind)).toEqual(['CRL', 'CRL'])
  })

  test('a response first seen after the certificate of its delegate expired could have been made then', async () => {
    const shortLived = pki.issue('OCSP3', { extendedKeyUsage: OCSP_SIGNING, extensions: [NO_CHECK], notAfter: NOW + DAY })
    const word = response({ responder: shortLived, nextUpdate: NOW + 3 * DAY })
    const early = await roomWithCa()
    expect(await early.answer([word])).toBe('GOOD')
    early.clock.now = NOW + 2 * DAY
    expect(await early.answer([word], NOW - HOUR, NOW + 2 * DAY)).toBe('GOOD')
    const late = await roomWithCa()
    late.clock.now = NOW + 2 * DAY
    expect(await late.answer([word], NOW - HOUR, NOW + 2 * DAY)).toBe('UNKNOWN')
    expect((await late.rows(word))[0]).toMatch(/^NOTE the responder's certificate has expired/)
  })
})

describe('what is kept', () => {
  test('nothing is stored, and nobody else is answered by it', async () => {
    const room = await roomWithCa()
    const before = await room.evidence()
    await room.facts([old, revoking, response()])
    expect(await room.evidence()).toEqual(before)
    const digests = broughtPieces([old, revoking].map(base64), room).map(({ digest }) => digest)
    expect(await Promise.all(digests.map((digest) => room.store.crlBytes(digest)))).toEqual([null, null])
  })

  test('it is known since it was first seen: asked by that knowledge the answer stays, and by earlier knowledge it never changes', async () => {
    const room = await roomWithCa()
    expect(await room.answer([old], NOW - 2 * HOUR, NOW - 1)).toBe('UNKNOWN')
    expect(await room.answer([old], NOW - 2 * HOUR, NOW)).toBe('GOOD')
    room.clock.now = NOW + DAY
    expect(await room.answer([old], NOW - 2 * HOUR, NOW)).toBe('GOOD')
    expect(await room.answer([old], NOW - 2 * HOUR, NOW - 1)).toBe('UNKNOWN')
    expect(await room.answer([old, revoking], NOW - 2 * HOUR, NOW)).toBe('GOOD')
    expect(await room.answer([old, revoking], NOW - 2 * HOUR, NOW + DAY)).toBe('REVOKED')
  })

  test('what is held already is left to the store, since when it holds it', async () => {
    const room = await roomWithCa()
    await room.takeInCrls(old)
    room.clock.now = NOW + DAY
    const evidence = await room.evidence(old)
    expect(evidence).toMatchObject([{ recordedAt: NOW }])
    expect(evidence[0]?.brought).toBeUndefined()
  })

  test('of one entity 32 pieces are read', () => {
    const many = Array.from({ length: 40 }, (_, i) => base64(pki.crl({ number: BigInt(i + 1) })))
    expect(broughtPieces(many, importRoom())).toHaveLength(32)
    expect(broughtPieces(['no base64!', 'A'.repeat(6_000_000), base64(old), base64(old)], importRoom())).toHaveLength(1)
    expect(broughtPieces(null, importRoom())).toEqual([])
  })
})
