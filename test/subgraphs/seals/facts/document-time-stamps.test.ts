import { expect, test } from 'vitest'
import { fingerprintOf } from '../../../../pki/x509/certificate.ts'
import { inspectDocumentBytes } from '../../../../subgraphs/seals/facts/document.ts'
import { onePage, writePdf } from '../../../support/pdf.ts'
import { detached, type SignatureOptions, signPdf } from '../../../support/pdf-signing.ts'
import { MADE_AT, pki, stampOver, timeStampAuthority } from '../../../support/seals.ts'

const HOUR = 3_600_000
const plain = writePdf(onePage())
const make = detached(pki.signer.signer, MADE_AT)
const authority = fingerprintOf(timeStampAuthority.certificate)

/** The document with one time-stamp more over all of it. */
function stamped(before: Uint8Array, fields: readonly number[], time: number, over?: Uint8Array, more: SignatureOptions = {}) {
  const number = 10 + 10 * fields.length
  const stamp = async (content: Uint8Array) => stampOver(over ?? content, time)
  const form = { type: 'DocTimeStamp', subFilter: 'ETSI.RFC3161', number, name: `Stamp${number}`, fields }
  return signPdf(before, stamp, { ...form, ...more })
}

/** Of every signature, whether it is a time-stamp and what proves its time; of the document, what is said of it. */
function told(bytes: Uint8Array) {
  const { signatures, checks } = inspectDocumentBytes(bytes)
  const rows = checks.filter(({ check }) => check === 'DOCUMENT_TIME_STAMP' || check === 'DOCUMENT_SIGNED')
  return {
    times: signatures.map(({ isTimeStamp, signature }) => (isTimeStamp ? 'stamp' : (signature?.timeStamp ?? null))),
    rows: rows.map(({ check, outcome }) => `${check} ${outcome}`),
  }
}

test('a time-stamp over a signed document proves when its signature was there, by the authority that signed it', async () => {
  const bytes = await stamped(await signPdf(plain, make), [11], MADE_AT + HOUR)
  expect(told(bytes)).toEqual({
    times: [{ time: MADE_AT + HOUR, authority }, 'stamp'],
    rows: ['DOCUMENT_SIGNED PASSED', 'DOCUMENT_TIME_STAMP PASSED'],
  })
})

test('of several time-stamps the oldest proves it, in whichever order they come', async () => {
  const signed = await signPdf(plain, make)
  for (const [first, second] of [[2, 1] as const, [1, 2] as const]) {
    const bytes = await stamped(await stamped(signed, [11], MADE_AT + first * HOUR), [11, 21], MADE_AT + second * HOUR)
    expect(told(bytes).times).toEqual([{ time: MADE_AT + HOUR, authority }, 'stamp', 'stamp'])
  }
})

test('a time-stamp from before the signature proves nothing of it', async () => {
  const bytes = await signPdf(await stamped(plain, [], MADE_AT - HOUR), make, { number: 20, fields: [11] })
  expect(told(bytes).times).toEqual(['stamp', null])
})

test.each<[string, Uint8Array | undefined, SignatureOptions]>([
  ['is over other bytes', Buffer.from('other'), {}],
  ['has a dictionary that says otherwise', undefined, { type: 'Sig', subFilter: 'adbe.pkcs7.detached' }],
  [
    'covers no whole revision',
    undefined,
    { byteRange: ([start, length, next, rest]) => `[${start} ${length} ${next} ${rest - 1}]` },
  ],
])('a time-stamp that %s proves nothing and fails by itself', async (_, over, more) => {
  const bytes = await stamped(await signPdf(plain, make), [11], MADE_AT - HOUR, over, more)
  const { times, rows } = told(bytes)
  expect(times[0]).toBeNull()
  expect(rows).toContain('DOCUMENT_TIME_STAMP FAILED')
})

test('a document with time-stamps and nothing else is not signed', async () => {
  expect(told(await stamped(plain, [], MADE_AT)).rows).toEqual(['DOCUMENT_SIGNED UNKNOWN', 'DOCUMENT_TIME_STAMP PASSED'])
  expect(told(plain).rows).toEqual(['DOCUMENT_SIGNED UNKNOWN'])
})
