import { expect, test } from 'vitest'
import { appendRevision, type PdfObjects } from '../../support/pdf.ts'
import { detached, PAGE_ENTRIES, signPdf } from '../../support/pdf-signing.ts'
import { MADE_AT, pki } from '../../support/seals.ts'
import { make, plain } from './attacked.ts'
import { outcomeOf, remarkable, signatureOf } from './rows.ts'

// Certification attacks, evil annotation and sneaky signature: Rohlmann et al., IEEE S&P 2021.

const certify = (level: number) => ({
  entries: `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /P ${level} /V /1.2 >> >>]`,
  catalogEntries: '/Perms << /DocMDP 10 0 R >>',
})
const OVERLAY: PdfObjects = {
  32: { entries: '/Type /XObject /Subtype /Form /BBox [0 0 200 200]', data: Buffer.from('0 0 200 200 re f') },
}

test.each(['FreeText', 'Stamp', 'Redact', 'Ink', 'Square'])(
  'certification, evil annotation: a later %s is never allowed for sure, where annotations are allowed neither',
  async (kind) => {
    for (const [level, outcome] of [
      [1, 'FAILED'],
      [2, 'FAILED'],
      [3, 'UNKNOWN'],
    ] as const) {
      const document = await signPdf(plain, make, certify(level))
      const bytes = appendRevision(document, {
        ...OVERLAY,
        31: `<< /Type /Annot /Subtype /${kind} /Rect [0 0 200 200] /F 64 /AP << /N 32 0 R >> /Contents (Pay 999) >>`,
        3: `<< ${PAGE_ENTRIES} /Annots [11 0 R 31 0 R] >>`,
      })
      expect(remarkable(signatureOf(bytes))).toEqual([`PDF_LATER_CHANGES ${outcome}`])
    }
  },
)

test('certification, sneaky signature: a sound signature whose appearance covers the page is no more than a doubt', async () => {
  for (const [level, outcome] of [
    [1, 'FAILED'],
    [2, 'UNKNOWN'],
    [3, 'UNKNOWN'],
  ] as const) {
    const document = await signPdf(plain, make, certify(level))
    const bytes = await signPdf(document, detached(pki.platform.signer, MADE_AT), {
      number: 30,
      name: 'Sneaky',
      fields: [11],
      rect: '[0 0 200 200]',
      fieldEntries: '/AP << /N 32 0 R >>',
      objects: OVERLAY,
      catalogEntries: '/Perms << /DocMDP 10 0 R >>',
    })
    const [first, last] = [signatureOf(bytes, 0), signatureOf(bytes, 1)]
    expect([first.field, first.laterChanges, outcomeOf(first, 'PDF_LATER_CHANGES')]).toEqual(['Signature1', 'STAMP', outcome])
    expect(remarkable(last)).toEqual([])
  }
})

test('certification, sneaky signature: one that is not sound, or that no one made, is an annotation', async () => {
  const document = await signPdf(plain, make, certify(2))
  const options = {
    number: 30,
    name: 'Sneaky',
    fields: [11],
    rect: '[0 0 200 200]',
    fieldEntries: '/AP << /N 32 0 R >>',
    objects: OVERLAY,
  }
  const bytes = await signPdf(document, async () => new Uint8Array(8), options)
  expect(outcomeOf(signatureOf(bytes, 0), 'PDF_LATER_CHANGES')).toBe('FAILED')
})

test('a further signature that brings an action with it is no mere signature, for scripts can show anything', async () => {
  for (const action of ['/A', '/AA']) {
    const fieldEntries = `${action} << /S /JavaScript /JS (x) >>`
    const options = { number: 30, name: 'Acting', fields: [11], fieldEntries }
    const bytes = await signPdf(await signPdf(plain, make), detached(pki.platform.signer, MADE_AT), options)
    expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES UNKNOWN'])
  }
})

test('certification taken away: permissions that are no longer named in the catalog still hold', async () => {
  const document = await signPdf(plain, make, certify(1))
  const bytes = appendRevision(document, { 1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R] /SigFlags 3 >> >>' })
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES FAILED'])
})
