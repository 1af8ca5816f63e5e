import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { askAboutDocument } from '../../cli/verify-query.ts'
import type { DocumentReport } from '../../model/verification-report.ts'
import { encodeSignedData } from '../../pki/cms/signed-data.ts'
import { TAG } from '../../pki/der/tag.ts'
import { encodeElement, encodeOctetString } from '../../pki/der/writer.ts'
import { makeSignature } from '../../pki/ses/make-signature.ts'
import { sm3 } from '../../pki/sm3.ts'
import type { TestHub } from '../support/hub.ts'
import { oddSeal } from '../support/odd-seals.ts'
import { archiveOf, documentFiles, type Files, listedSignature, listOf, signedDocument } from '../support/ofd.ts'
import { appendRevision, onePage, writePdf } from '../support/pdf.ts'
import { detached, signPdf } from '../support/pdf-signing.ts'
import { testPki } from '../support/pki.ts'
import { MADE_AT, pki, sealOf, sealToMake, signatureWith, stampOver } from '../support/seals.ts'
import { trustingHub } from '../support/trusting-hub.ts'

const DAY = 86_400_000
const NOW = MADE_AT + 60_000
const QUESTION = { at: null, knownAt: null, reliedOnIn: '350000', revocation: 'REQUIRED' } as const
const BODY = documentFiles()
const ALL = Object.keys(BODY)
const LIST = 'Doc_0/Signs/Signatures.xml'
const PASSED = { indication: 'TOTAL_PASSED', subIndication: null }

type Value = (xml: Uint8Array, path: string) => Promise<Uint8Array>

/** A seal of GM/T 0031-2025 and a signature with it, each time-stamped by an authority, or by none. */
function stampedValue(authority = true, party?: Parameters<typeof stampOver>[2]): Value {
  const timeStamp = async (value: Uint8Array) => stampOver(value, MADE_AT, party)
  return async (content, protects) => {
    const seal = await sealOf('SES_V5', authority ? { timeStamp } : {})
    return signatureWith(seal, { content, protects, ...(authority && { timeStamp }) })
  }
}

function notPassed({ conclusion }: { conclusion: DocumentReport['conclusion'] }): readonly string[] {
  return conclusion.because.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNKNOWN').map(({ check }) => check)
}

function outcomes(report: DocumentReport, check: string): readonly string[] {
  return report.signatures.flatMap(({ conclusion }) =>
    conclusion.because.filter((row) => row.check === check).map((row) => row.outcome),
  )
}

describe('documents made by the demonstration PKI, judged by a hub that trusts it', () => {
  let hub: TestHub
  beforeAll(async () => {
    hub = await trustingHub(NOW)
  })
  afterAll(() => hub.close())

  async function verified(document: Files | Uint8Array, at: TestHub = hub): Promise<DocumentReport> {
    const bytes = document instanceof Uint8Array ? document : await archiveOf(document)
    return askAboutDocument(at, await at.put(bytes), null, QUESTION)
  }

  test('an OFD sealed by GB/T 38540-2020 over all its files is passed, with revocation required', async () => {
    const report = await verified(await signedDocument())
    expect(report).toMatchObject({ kind: 'OFD', originality: 'ORIGINAL', uncoveredFiles: [], conclusion: PASSED })
    expect(report.signatures).toMatchObject([{ label: 's1', conclusion: PASSED, seal: { registered: null } }])
  })

  test.each(['SES_V1', 'SES_V5'] as const)('%s is passed as well', async (format) => {
    const value: Value = async (content, protects) => signatureWith(await sealOf(format), { content, protects })
    expect(await verified(await signedDocument({ value }))).toMatchObject({ conclusion: PASSED })
  })

  test('GM/T 0031-2025 with time-stamps in seal and signature: both authorities are believed', async () => {
    const report = await verified(await signedDocument({ value: stampedValue() }))
    expect(report.conclusion).toMatchObject(PASSED)
    expect(outcomes(report, 'SIGNATURE_TIME_STAMP')).toEqual(['PASSED'])
    expect(outcomes(report, 'SEAL_TIME_STAMP')).toEqual(['PASSED'])
    expect(outcomes(report, 'TIME_STAMP_AUTHORITY')).toEqual(['PASSED', 'PASSED'])
  })

  test('a time-stamp by an authority nobody knows is only a claim: told, and failing nothing', async () => {
    const stranger = testPki(MADE_AT, '冒名').issue('时间戳', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] })
    const report = await verified(await signedDocument({ value: stampedValue(true, { authority: stranger }) }))
    expect(report.conclusion).toMatchObject(PASSED)
    expect(outcomes(report, 'TIME_STAMP_AUTHORITY')).toEqual(['NOTE', 'NOTE'])
  })

  test('a time-stamp over another value fails the signature', async () => {
    const timeStamp = async () => stampOver(Buffer.from('other'))
    const value: Value = async (content, protects) => signatureWith(await sealOf('SES_V5'), { content, protects, timeStamp })
    const report = await verified(await signedDocument({ value }))
    expect(report.conclusion).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE' })
    expect(outcomes(report, 'SIGNATURE_TIME_STAMP')).toEqual(['FAILED'])
  })

  test('after a key compromise only a believed time-stamp proves that the signature is older', async () => {
    const entries = [{ serialNumber: pki.signer.serialNumber, revokedAt: MADE_AT + DAY, reason: 1 }] // keyCompromise
    const dated = { thisUpdate: MADE_AT + 2 * DAY, nextUpdate: MADE_AT + 9 * DAY, number: 2n }
    const later = await trustingHub(MADE_AT + 3 * DAY, [pki.crl({ ...dated, entries }), pki.crl(dated, pki.root)])
    onTestFinished(() => later.close())
    expect((await verified(await signedDocument({ value: stampedValue() }), later)).conclusion).toMatchObject(PASSED)
    const bare = await verified(await signedDocument({ value: stampedValue(false) }), later)
    expect(bare.conclusion).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'REVOKED_NO_POE' })
    const stranger = testPki(MADE_AT, '冒名').issue('时间戳', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] })
    const claimed = await verified(await signedDocument({ value: stampedValue(true, { authority: stranger }) }), later)
    expect(claimed.conclusion).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'REVOKED_NO_POE' })
  })

  test('a seal that lists digests of its certificates binds its signer by them, and nobody else', async () => {
    const { property } = sealToMake('SES_V4')
    const listing =
      (certificate: Uint8Array): Value =>
      async (content, protects) => {
        const certList = { certListType: 2 as const, digests: [{ type: 'SM3', value: sm3(certificate) }] }
        return signatureWith(await sealOf('SES_V4', { property: { ...property, certList } }), { content, protects })
      }
    expect((await verified(await signedDocument({ value: listing(pki.signer.certificate) }))).conclusion).toMatchObject(PASSED)
    const foreign = await verified(await signedDocument({ value: listing(pki.platform.certificate) }))
    expect(foreign.conclusion).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'SIG_CRYPTO_FAILURE' })
    expect(outcomes(foreign, 'SIGNER_IN_SEAL')).toEqual(['FAILED'])
  })

  test('a signature of type Sign with attributes is passed, and said to carry no seal', async () => {
    const value: Value = (xml) => encodeSignedData(xml, pki.signer.signer, { detached: true, signingTime: MADE_AT })
    const report = await verified(await signedDocument({ type: 'Sign', value }))
    expect(report).toMatchObject({ conclusion: PASSED, signatures: [{ format: 'GBT_35275', seal: null }] })
    expect(outcomes(report, 'SEAL_CARRIED')).toEqual(['NOTE'])
  })

  test('what a vendor writes otherwise than the standard has it, and an OFD.xml left out of signing, are passed and told', async () => {
    const name = encodeElement(TAG.PRINTABLE_STRING, Buffer.from('遂平县民政局'))
    const seal = await oddSeal('SES_V4', { property: { name }, signedValue: encodeOctetString })
    const value: Value = async (content, protects) => signatureWith(seal, { content, protects })
    const report = await verified(await signedDocument({ value, protects: ALL.filter((path) => path !== 'OFD.xml') }))
    expect(report).toMatchObject({ conclusion: PASSED, signatures: [{ seal: { name: '遂平县民政局' } }] })
    expect(outcomes(report, 'SEAL_FORMAT')).toEqual(['NOTE'])
    expect(outcomes(report, 'UNPROTECTED_FILES')).toEqual(['NOTE'])
  })

  test('one file put behind another decides, by the named check', async () => {
    const page = '<Page><TextCode>不同意</TextCode></Page>'
    const signed = await signedDocument()
    const beside = await verified({ ...signed, 'Pages/Page_0/Content.xml': page })
    expect(beside.conclusion).toMatchObject({ indication: 'INDETERMINATE' })
    expect(beside.signatures.map(notPassed)).toEqual([['UNPROTECTED_FILES']])
    const hidden = await verified({ ...signed, 'Doc_0/Sign_0/Signature.xml': signed['Doc_0/Signs/Sign_0/Signature.xml'] ?? '' })
    expect(hidden.conclusion).toMatchObject({ indication: 'TOTAL_FAILED' })
    expect(outcomes(hidden, 'SIGNATURE_FILE')).toEqual(['FAILED'])
  })

  test('two signatures in the right order both hold; what the second brought is told as added after the first', async () => {
    const files = { ...BODY, [LIST]: listOf(2), 'Doc_0/Attachs/note.txt': 'added' }
    const first = await listedSignature(0, { protects: ALL }, files)
    const protects = [...ALL, 'Doc_0/Attachs/note.txt', ...Object.keys(first)]
    const second = await listedSignature(1, { protects }, { ...files, ...first })
    const report = await verified({ ...files, ...first, ...second })
    expect(report.conclusion).toMatchObject(PASSED)
    expect(report.signatures.map(({ addedLater }) => addedLater)).toEqual([
      ['/Doc_0/Attachs/note.txt', '/Doc_0/Signs/Sign_1/Signature.xml'],
      [],
    ])
    expect(outcomes(report, 'ADDED_LATER')).toEqual(['NOTE', 'PASSED'])
  })

  test('two signatures in the wrong order: the first had closed the list, so it fails, naming the one appended, and decides', async () => {
    const alone = { ...BODY, [LIST]: listOf(1) }
    const closed = await listedSignature(0, { protects: Object.keys(alone) }, alone)
    const appended = await listedSignature(1, { protects: ALL }, alone)
    const report = await verified({ ...alone, ...closed, ...appended, [LIST]: listOf(2) })
    expect(report.conclusion).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' })
    expect(report.signatures.map(({ conclusion }) => conclusion.indication)).toEqual(['TOTAL_FAILED', 'TOTAL_PASSED'])
    const [grown] = report.signatures[0]?.conclusion.because.filter(({ check }) => check === 'PROTECTED_FILES') ?? []
    expect(grown).toMatchObject({ object: `/${LIST}`, outcome: 'FAILED', explanation: { en: expect.stringContaining('s2') } })
  })

  test('a signature that builds upon another is worth no more than that one', async () => {
    const files = { ...BODY, [LIST]: listOf(2, [], [undefined, 's1']) }
    const parts = await Promise.all([0, 1].map((i) => listedSignature(i, { protects: ALL }, files)))
    const whole = { ...files, ...parts[0], ...parts[1] }
    expect((await verified(whole)).conclusion).toMatchObject(PASSED)
    const broken = await verified({ ...whole, 'Doc_0/Signs/Sign_0/SignedValue.dat': 'nothing' })
    expect(broken.signatures.map(({ conclusion }) => conclusion.indication)).toEqual(['TOTAL_FAILED', 'TOTAL_FAILED'])
    expect(broken.signatures.map((signature) => notPassed(signature).includes('BASE_SIGNATURE'))).toEqual([false, true])
  })

  test('a PDF signed with SM2 is passed; one byte changed, or a page changed after, and it is not', async () => {
    const signed = await signPdf(writePdf(onePage('同意')), detached(pki.signer.signer, MADE_AT))
    expect(await verified(signed)).toMatchObject({ kind: 'PDF', originality: 'ORIGINAL', conclusion: PASSED })
    const changed = Uint8Array.from(signed)
    changed[Buffer.from(signed).indexOf('Tf 20 100')] = 0x74
    const report = await verified(changed)
    expect(report.conclusion).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' })
    expect(outcomes(report, 'DATA_HASH')).toEqual(['FAILED'])
  })

  test('a PDF that carries an electronic seal is judged with the seal in it', async () => {
    const seal = await sealOf('SES_V4')
    const value = async (content: Uint8Array) =>
      makeSignature({ seal, content, protects: '/ByteRange', signedAt: MADE_AT }, pki.signer.signer)
    const report = await verified(await signPdf(writePdf(onePage()), value, { subFilter: 'GM.SES' }))
    expect(report.signatures).toMatchObject([{ format: 'SES_V4', seal: { code: '41172800000001', name: '遂平县民政局' } }])
    expect([report.conclusion.indication, ...notPassed(report)]).toEqual(['TOTAL_PASSED'])
  })

  test('a document time-stamp of an unknown authority leaves a signed PDF as it is; it proves nothing and fails nothing', async () => {
    const stranger = testPki(MADE_AT, '冒名').issue('时间戳', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] })
    const signed = await signPdf(writePdf(onePage()), detached(pki.signer.signer, MADE_AT))
    const options = { type: 'DocTimeStamp', subFilter: 'ETSI.RFC3161', number: 20, name: 'Stamp', fields: [11] }
    const stamped = await signPdf(signed, async (content) => stampOver(content, MADE_AT, { authority: stranger }), options)
    const report = await verified(stamped)
    expect(report.signatures.map(({ isTimeStamp }) => isTimeStamp)).toEqual([false, true])
    expect(report.conclusion).toMatchObject(PASSED)
    expect(outcomes(report, 'TIME_STAMP_AUTHORITY')).toEqual(['NOTE'])
    const believed = await verified(await signPdf(signed, async (content) => stampOver(content), options))
    expect([believed.conclusion.indication, ...outcomes(believed, 'TIME_STAMP_AUTHORITY')]).toEqual(['TOTAL_PASSED', 'PASSED'])
  })

  test('a document time-stamp signs nothing: a PDF with nothing else is not signed', async () => {
    const options = { type: 'DocTimeStamp', subFilter: 'ETSI.RFC3161' }
    const report = await verified(await signPdf(writePdf(onePage()), async (content) => stampOver(content), options))
    expect(report.conclusion).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'SIGNED_DATA_NOT_FOUND' })
  })

  test('a store of validation material is told and proves nothing, but its certificates may complete a path', async () => {
    const between = pki.issue('中级机构', { ca: {} }, pki.root)
    const signer = pki.issue('签署人', {}, between)
    const signed = await signPdf(writePdf(onePage()), detached(signer.signer, MADE_AT))
    const store = { 60: '<< /Certs [61 0 R] >>', 61: { entries: '', data: between.certificate } }
    const catalog = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R] /SigFlags 3 >> /DSS 60 0 R >>'
    const alone = await verified(signed)
    expect([alone.conclusion.indication, ...outcomes(alone, 'PATH_KNOWN')]).toEqual(['INDETERMINATE', 'FAILED'])
    const stored = await verified(appendRevision(signed, { 1: catalog, ...store }))
    expect([stored.conclusion.indication, ...outcomes(stored, 'PATH_KNOWN')]).toEqual(['INDETERMINATE', 'PASSED'])
    expect(outcomes(stored, 'ISSUING_CA_LISTED')).toEqual(['FAILED'])
    expect(stored.conclusion.because.map(({ check }) => check)).toContain('PDF_SECURITY_STORE')
  })

  test('a sound signature of a PDF that stands on its page and not in its form is told and never passed', async () => {
    const objects = { 1: '<< /Type /Catalog /Pages 2 0 R >>' }
    const report = await verified(await signPdf(writePdf(onePage()), detached(pki.signer.signer, MADE_AT), { objects }))
    expect(report.conclusion).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'SIG_CONSTRAINTS_FAILURE' })
    expect(outcomes(report, 'PDF_SIGNATURE_FIELD')).toEqual(['UNKNOWN'])
  })

  test('a package of two documents of which one is signed is not signed as a whole', async () => {
    const second = '<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
    const entry = `${BODY['OFD.xml']}`.replace('</ofd:OFD>', second)
    const report = await verified(await signedDocument({}, { 'OFD.xml': entry, 'Doc_1/Document.xml': '<Document/>' }))
    expect(report.signatures.map(({ conclusion }) => conclusion.indication)).toEqual(['TOTAL_PASSED'])
    expect(report.conclusion).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'SIGNED_DATA_NOT_FOUND' })
  })

  test('a document from which the signatures were stripped is a converted copy and never passed', async () => {
    const { [LIST]: _, ...stripped } = await signedDocument()
    const report = await verified({ ...stripped, 'OFD.xml': documentFiles('')['OFD.xml'] ?? '' })
    expect(report).toMatchObject({ originality: 'CONVERTED_COPY', conclusion: { indication: 'INDETERMINATE' } })
    expect(notPassed(report)).toEqual(['DOCUMENT_SIGNED', 'ORIGINALITY'])
  })

  test('a picture of a stamped page, signed by somebody without a seal, is a copy and never passed', async () => {
    const page = {
      'Doc_0/Pages/Page_0/Content.xml': '<Page><Content><Layer><ImageObject ResourceID="1"/></Layer></Content></Page>',
    }
    const value: Value = (xml) => encodeSignedData(xml, pki.signer.signer, { detached: true, signingTime: MADE_AT })
    const report = await verified(await signedDocument({ type: 'Sign', value }, page))
    expect(report).toMatchObject({ originality: 'PRINTED_COPY', conclusion: { indication: 'INDETERMINATE' } })
    expect(notPassed(report)).toEqual(['ORIGINALITY'])
    expect((await verified(await signedDocument({}, page))).originality).toBe('ORIGINAL')
  })
})
