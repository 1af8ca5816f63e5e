import { expect, test } from 'vitest'
import { fingerprintOf } from '../../../pki/x509/certificate.ts'
import { certificateFields } from '../../../pki/x509/issue.ts'
import { issueAny } from '../../../pki/x509/issue-any.ts'
import { encodeName } from '../../../pki/x509/name-encoding.ts'
import { decodedCertificate } from '../../../subgraphs/certificates/decoded-certificate.ts'
import { ownEdges } from '../../../subgraphs/certificates/edge-batches.ts'
import { fallingAuthorities } from '../../../subgraphs/certificates/falling-authorities.ts'
import { edgeMemory } from '../../../subgraphs/certificates/path-cache.ts'
import { knownCertificates } from '../../../subgraphs/certificates/seen-certificates.ts'
import type { TestParty } from '../../support/pki.ts'
import { testPki } from '../../support/pki.ts'
import { importRoom, NOW } from './support.ts'

const pki = testPki(NOW, '下属')
const provincial = pki.issue('省CA', { ca: {} }, pki.root)
const municipal = pki.issue('市CA', { ca: {} }, provincial)
const county = pki.issue('县CA', { ca: {} }, municipal)

async function roomWith(...held: readonly TestParty[]) {
  const { store, takeIn } = importRoom()
  await takeIn(...held.map(({ certificate }) => certificate))
  const room = { store, known: knownCertificates(store), edges: ownEdges(edgeMemory()) }
  const falling = async (of: Uint8Array, limits?: Parameters<typeof fallingAuthorities>[2]) => {
    const { authorities, complete } = await fallingAuthorities(decodedCertificate(of), room, limits)
    return { fall: authorities.map(({ fingerprint }) => fingerprint), complete }
  }
  return { ...room, falling }
}

const printsOf = (...parties: readonly TestParty[]) => parties.map(({ fingerprint }) => fingerprint)

test('with a CA falls every CA certificate held below it, through all levels, and none above or beside', async () => {
  const { falling } = await roomWith(pki.root, pki.ca, provincial, municipal, county, pki.maker)
  const below = { fall: printsOf(provincial, municipal, county), complete: true }
  expect(await falling(provincial.certificate)).toEqual(below)
  expect((await falling(pki.root.certificate)).fall).toHaveLength(5)
})

test('with one that may not issue nothing falls', async () => {
  const { falling } = await roomWith(pki.root, pki.ca, pki.maker)
  expect(await falling(pki.maker.certificate)).toEqual({ fall: [], complete: true })
})

test('a CA certificate that was only seen counts, and so do those below it', async () => {
  const { falling, known } = await roomWith(provincial, county)
  expect((await falling(provincial.certificate)).fall).toEqual(printsOf(provincial))
  known.see(decodedCertificate(municipal.certificate))
  expect((await falling(provincial.certificate)).fall).toEqual(printsOf(provincial, municipal, county))
})

test('what names the CA and its key as its issuer without a signature that holds does not count, held or seen', async () => {
  const broken = (party: TestParty) => Uint8Array.from(party.certificate, (byte, i) => (i === party.certificate.length - 1 ? byte ^ 1 : byte)) // biome-ignore format: a sentence
  const forged = broken(municipal)
  const { falling, known } = await roomWith(provincial, { ...municipal, certificate: forged })
  known.see(decodedCertificate(broken(pki.issue('伪CA', { ca: {} }, provincial))))
  expect(await falling(provincial.certificate)).toEqual({ fall: printsOf(provincial), complete: true })
})

test('a CA that bears the name of another falls with its own key only', async () => {
  const namesake = pki.issue('省CA', { key: '同名', ca: {} }, pki.root)
  const { falling } = await roomWith(provincial, namesake, municipal)
  expect((await falling(namesake.certificate)).fall).toEqual(printsOf(namesake))
})

test('a CA without key identifiers is followed by name and signature', async () => {
  const fields = (subject: TestParty, issuer: TestParty) =>
    certificateFields({
      subject: subject.name,
      spki: subject.spki,
      serialNumber: 77n,
      notBefore: NOW,
      notAfter: NOW + 1e10,
      issuer: encodeName(issuer.name),
      issuerKey: issuer.privateKey,
      ca: {},
    })
  const bare = (subject: TestParty, issuer: TestParty): TestParty => {
    const all = fields(subject, issuer)
    const extensions = (all.extensions ?? []).filter(({ oid }) => oid !== '2.5.29.35' && oid !== '2.5.29.14')
    const certificate = issueAny({ ...all, extensions })
    return { ...subject, certificate, fingerprint: fingerprintOf(certificate) }
  }
  const [upper, lower] = [bare(provincial, pki.root), bare(municipal, provincial)]
  const { falling } = await roomWith(upper, lower)
  expect((await falling(upper.certificate)).fall).toEqual(printsOf(upper, lower))
})

test('two CAs that certify each other end the search', async () => {
  const back = pki.issue('省CA', { ca: {}, key: '省CA' }, county)
  const { falling } = await roomWith(provincial, municipal, county, back)
  expect((await falling(provincial.certificate)).fall.sort()).toEqual(printsOf(provincial, municipal, county, back).sort())
})

test('where more fall than are looked for, the answer says so', async () => {
  const { falling } = await roomWith(provincial, municipal, county)
  expect(await falling(provincial.certificate, { authorities: 2, signatures: 10 })).toEqual({
    fall: printsOf(provincial, municipal),
    complete: false,
  })
  expect((await falling(provincial.certificate, { authorities: 10, signatures: 1 })).complete).toBe(false)
})
