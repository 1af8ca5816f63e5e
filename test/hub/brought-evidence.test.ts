import { describe, expect, onTestFinished, test } from 'vitest'
import { dataOf } from '../../cli/graph.ts'
import type { Instant } from '../../model/time.ts'
import { encodeSignedData } from '../../pki/cms/signed-data.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import type { TestHub } from '../support/hub.ts'
import { testOcspResponse } from '../support/ocsp.ts'
import { onePage, writePdf } from '../support/pdf.ts'
import { detached, signPdf } from '../support/pdf-signing.ts'
import { type StoredMaterial, withSecurityStore } from '../support/pdf-store.ts'
import { testPki } from '../support/pki.ts'
import { CONTENT, MADE_AT, pki } from '../support/seals.ts'
import { trustingHub } from '../support/trusting-hub.ts'
import { withCrls } from '../support/validation-material.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = MADE_AT + HOUR
const stranger = testPki(MADE_AT, '冒名')
const signed = await signPdf(writePdf(onePage()), detached(pki.signer.signer, MADE_AT))
const onAuthority = pki.crl({}, pki.root)
const current = pki.crl({ number: 1n })
const revoking = pki.crl({
  number: 2n,
  thisUpdate: MADE_AT + HOUR / 2,
  entries: [{ serialNumber: pki.signer.serialNumber, revokedAt: MADE_AT - DAY, reason: 1 }],
})
const forged = stranger.crl({ number: 9n }, { ...stranger.ca, name: pki.ca.name })
const good = testOcspResponse({ certificate: pki.signer.certificate, issuer: pki.ca, producedAt: MADE_AT - HOUR })
const pdfWith = (material: StoredMaterial) => withSecurityStore(signed, material)

const QUERY = `query ($file: FileReference!, $content: FileReference, $knownAt: DateTime) {
  verifyDocument(file: $file, content: $content) {
    signatures { conclusion(reliedOnIn: "350000", revocation: REQUIRED, knownAt: $knownAt) {
      indication subIndication knownAt
      because { check object outcome explanation { en } }
      evidence { sources { kind digest brought } }
    } }
  }
}`

interface Conclusion {
  readonly indication: string
  readonly subIndication: string | null
  readonly knownAt: string
  readonly because: readonly { check: string; object: string; outcome: string; explanation: { en: string } }[]
  readonly evidence: { readonly sources: readonly { kind: string; digest: string; brought: boolean | null }[] }
}
type Answer = { verifyDocument: { signatures: readonly { conclusion: Conclusion }[] } }

/** A hub that trusts the test PKI but holds no CRL of the CA, unless some are given. */
async function hubHolding(crls: readonly Uint8Array[] = [], now: Instant = NOW): Promise<TestHub> {
  const hub = await trustingHub(now, [onAuthority, ...crls])
  onTestFinished(() => hub.close())
  return hub
}

async function verified(
  hub: TestHub,
  bytes: Uint8Array,
  { knownAt = null, content = null }: { knownAt?: string | null; content?: Uint8Array | null } = {},
): Promise<Conclusion> {
  const file = await hub.put(bytes)
  const answer = await hub.ask(QUERY, { file, content: content && (await hub.put(content)), knownAt })
  const [signature] = dataOf<Answer>(answer).verifyDocument.signatures
  if (!signature) throw new TypeError('the document has no signature')
  return signature.conclusion
}

const rowsOf = ({ because }: Conclusion, name: string) =>
  because.filter(({ check }) => check === name).map(({ outcome }) => outcome)
const PASSED = { indication: 'TOTAL_PASSED', subIndication: null }
const UNKNOWN = { indication: 'INDETERMINATE', subIndication: 'TRY_LATER' }
const REVOKED = { indication: 'TOTAL_FAILED', subIndication: 'REVOKED' }

describe("a document whose CA's CRL cannot be fetched", () => {
  test('passes by the CRL in its security store, and the answer names that CRL and where it came from', async () => {
    const hub = await hubHolding()
    expect(await verified(hub, signed)).toMatchObject(UNKNOWN)
    const conclusion = await verified(hub, pdfWith({ crls: [current] }))
    expect(conclusion).toMatchObject(PASSED)
    expect(rowsOf(conclusion, 'BROUGHT_EVIDENCE')).toEqual(['PASSED'])
    const sources = conclusion.evidence.sources.filter(({ kind }) => kind === 'CRL')
    expect(sources).toEqual(
      expect.arrayContaining([
        { kind: 'CRL', digest: sm3Hex(current), brought: true },
        { kind: 'CRL', digest: sm3Hex(onAuthority), brought: null },
      ]),
    )
    expect(await verified(hub, signed)).toMatchObject(UNKNOWN)
  })

  test('passes by an OCSP response as well', async () => {
    const conclusion = await verified(await hubHolding(), pdfWith({ ocspResponses: [good] }))
    expect(conclusion).toMatchObject(PASSED)
    expect(conclusion.evidence.sources).toContainEqual({ kind: 'OCSP', digest: sm3Hex(good), brought: true })
  })

  test('passes by the CRL beside the certificates of a bare GB/T 35275 value', async () => {
    const value = await encodeSignedData(CONTENT, pki.signer.signer, { detached: true, signingTime: MADE_AT })
    const hub = await hubHolding()
    expect(await verified(hub, value, { content: CONTENT })).toMatchObject(UNKNOWN)
    expect(await verified(hub, withCrls(value, [current]), { content: CONTENT })).toMatchObject(PASSED)
  })

  test('fails by a CRL or OCSP response it brings that revokes', async () => {
    const hub = await hubHolding()
    expect(await verified(hub, pdfWith({ crls: [revoking] }))).toMatchObject(REVOKED)
    const status = { revokedAt: MADE_AT - DAY, reason: 1 }
    const revoked = testOcspResponse({ certificate: pki.signer.certificate, issuer: pki.ca, producedAt: MADE_AT, status })
    expect(await verified(hub, pdfWith({ ocspResponses: [revoked] }))).toMatchObject(REVOKED)
  })

  test('fails as revoked where it brings an old CRL and the hub holds a newer one that revokes', async () => {
    const hub = await hubHolding([revoking])
    expect(await verified(hub, pdfWith({ crls: [current], ocspResponses: [good] }))).toMatchObject(REVOKED)
  })

  test('is judged as if a forged CRL or response were not there, and that is said', async () => {
    const hub = await hubHolding()
    const other = testOcspResponse({
      certificate: pki.signer.certificate,
      issuer: pki.ca,
      responder: stranger.ca,
      producedAt: NOW,
    })
    const conclusion = await verified(hub, pdfWith({ crls: [forged], ocspResponses: [other] }))
    expect(conclusion).toMatchObject(UNKNOWN)
    expect(rowsOf(conclusion, 'BROUGHT_EVIDENCE')).toEqual(['NOTE', 'NOTE'])
    expect(await verified(hub, pdfWith({ crls: [forged, current] }))).toMatchObject(PASSED)
  })

  test('is not cleared by a list that was stale when the hub first saw it, whatever date it claims', async () => {
    const conclusion = await verified(await hubHolding([], MADE_AT + 30 * DAY), pdfWith({ crls: [current] }))
    expect(conclusion).toMatchObject(UNKNOWN)
    expect(conclusion.because.map(({ explanation }) => explanation.en).join()).toContain('stale already')
  })

  test('has only so much of it looked at', async () => {
    const many = Array.from({ length: 40 }, (_, i) => pki.crl({ number: BigInt(i + 1) }, pki.root))
    const conclusion = await verified(await hubHolding(), pdfWith({ crls: [...many.slice(0, 31), current, ...many.slice(31)] }))
    expect(conclusion).toMatchObject(PASSED)
    const buried = await verified(await hubHolding(), pdfWith({ crls: [...many, current] }))
    expect(buried).toMatchObject(UNKNOWN)
  })
})

describe('what is known, and since when', () => {
  test('asked again by the same knowledge the answer is the same, and by earlier knowledge it never changes', async () => {
    let now = NOW
    const hub = await trustingHub(now, [onAuthority], () => now)
    onTestFinished(() => hub.close())
    const document = pdfWith({ crls: [current] })
    const first = await verified(hub, document)
    expect(first).toMatchObject(PASSED)
    now += 60 * DAY
    const later = await verified(hub, document, { knownAt: first.knownAt })
    expect(later).toEqual(first)
    expect(await verified(hub, document, { knownAt: new Date(NOW - 1).toISOString() })).toMatchObject({
      indication: 'INDETERMINATE',
    })
    const grown = await verified(hub, pdfWith({ crls: [current, revoking] }), { knownAt: first.knownAt })
    expect(grown).toMatchObject(PASSED)
    expect(await verified(hub, pdfWith({ crls: [current, revoking] }))).toMatchObject(REVOKED)
    expect(await verified(hub, document)).toMatchObject(PASSED)
  })

  test('a CRL the hub holds itself is not said to have come along', async () => {
    const hub = await hubHolding([current])
    const conclusion = await verified(hub, pdfWith({ crls: [current] }))
    expect(conclusion.evidence.sources).toContainEqual({ kind: 'CRL', digest: sm3Hex(current), brought: null })
  })
})
