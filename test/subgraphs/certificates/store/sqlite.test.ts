import { expect, test } from 'vitest'
import type {
  CrlHead,
  CrlLine,
  CrlLineKey,
  CrlLines,
  HeldCertificate,
  NewCrl,
} from '../../../../subgraphs/certificates/store/certificate-store.ts'
import { openCertificateStore } from '../../../../subgraphs/certificates/store/sqlite.ts'

const SCOPE = { series: 'series', authority: 'authority', scope: null, points: [] }
const EVER = Number.MAX_SAFE_INTEGER

function certificate(name: string, changes: Partial<HeldCertificate> = {}): HeldCertificate {
  return {
    fingerprint: `sha-${name}`,
    sm3: `sm3-${name}`,
    der: Buffer.from(name),
    subjectKey: 'ca',
    notAfter: 1000,
    keyHash: 'key',
    authorityIssuer: '',
    ...changes,
  }
}

function crl(number: number, after: string | null, lines: readonly CrlLine[] = []): NewCrl {
  const head: CrlHead = {
    digest: `crl-${number}`,
    series: 'series',
    kind: 'COMPLETE',
    issuer: 'CN=CA',
    number: number.toString(16),
    thisUpdate: number * 10,
    nextUpdate: number * 10 + 10,
  }
  return { head, scope: SCOPE, bytes: Buffer.from(head.digest), lines: linesOf(lines), after, base: null }
}

/** Lines of a CRL out of a list. */
function linesOf(lines: readonly CrlLine[]): CrlLines {
  const isOf = (key: CrlLineKey) => (line: CrlLine) =>
    line.certificateIssuer === key.certificateIssuer && line.serialNumber === key.serialNumber
  return { find: (key) => lines.find(isOf(key)) ?? null, [Symbol.iterator]: () => lines[Symbol.iterator]() }
}

const line = (serialNumber: string, revokedAt: number, changes: Partial<CrlLine> = {}): CrlLine => ({
  certificateIssuer: '',
  serialNumber,
  revokedAt,
  reason: 'keyCompromise',
  invalidityDate: null,
  ...changes,
})

const question = { series: 'series', certificateIssuer: '', serialNumber: '01', notAfter: EVER, knownAt: EVER }

test('a certificate is found by SHA-256 and by SM3, with its bytes', async () => {
  const store = openCertificateStore(':memory:')
  await store.add(certificate('a'), 1)
  expect((await store.certificate('sha-a'))?.der).toEqual(Buffer.from('a'))
  expect((await store.certificate('sm3-a'))?.fingerprint).toBe('sha-a')
  expect(await store.certificate('sha-b')).toBeNull()
})

test('a certificate held already is left as it is, and the generation stands', async () => {
  const store = openCertificateStore(':memory:')
  expect(await store.add(certificate('a'), 1)).toBe(true)
  const generation = await store.generation()
  expect(await store.add(certificate('a'), 2)).toBe(false)
  expect(await store.generation()).toBe(generation)
})

test('every CRL of a series is recorded later than the one before, whatever the clock says', async () => {
  const store = openCertificateStore(':memory:')
  const first = await store.addCrl(crl(1, null), 100)
  const second = await store.addCrl(crl(2, 'crl-1'), 50)
  const third = await store.addCrl(crl(3, 'crl-2'), 200)
  expect([first, second, third].map((held) => held?.recordedAt)).toEqual([100, 101, 200])
})

test('of one subject at most 64 certificates are given, those that expire last first', async () => {
  const store = openCertificateStore(':memory:')
  for (let i = 0; i < 70; i++) await store.add(certificate(`c${i}`, { notAfter: i }), 1)
  const found = await store.bySubject('ca')
  expect(found.length).toBe(64)
  expect(found[0]?.notAfter).toBe(69)
})

test('certificates that expire within a span come in the order of their end', async () => {
  const store = openCertificateStore(':memory:')
  for (const notAfter of [5, 30, 10, 20]) await store.add(certificate(`c${notAfter}`, { notAfter }), 1)
  expect((await store.expiring({ notAfter: 6, fingerprint: '' }, 30, 2)).map((held) => held.notAfter)).toEqual([10, 20])
})

test('a CRL judged against a newest one that has been replaced is not added', async () => {
  const store = openCertificateStore(':memory:')
  await store.addCrl(crl(1, null), 1)
  expect(await store.addCrl(crl(2, null), 2)).toBeNull()
  expect((await store.newestCrl('series'))?.digest).toBe('crl-1')
})

test('a CRL keeps its bytes as received', async () => {
  const store = openCertificateStore(':memory:')
  await store.addCrl(crl(1, null), 1)
  expect(await store.crlBytes('crl-1')).toEqual(Buffer.from('crl-1'))
})

test('the words on a certificate follow it through listing, change and removal', async () => {
  const store = openCertificateStore(':memory:')
  const hold = line('01', 15, { reason: 'certificateHold' })
  await store.addCrl(crl(1, null), 1)
  await store.addCrl(crl(2, 'crl-1', [hold, line('02', 3)]), 2)
  await store.addCrl(crl(3, 'crl-2', [hold]), 3)
  await store.addCrl(crl(4, 'crl-3'), 4)
  await store.addCrl(crl(5, 'crl-4', [line('01', 44)]), 5)
  const words = await store.words(question)
  expect(words.map(({ crl, entry }) => [crl.number, entry?.reason ?? null])).toEqual([
    ['1', null],
    ['2', 'certificateHold'],
    ['3', 'certificateHold'],
    ['4', null],
    ['5', 'keyCompromise'],
  ])
})

test('a delta lays its lines over its base, whatever deltas came between', async () => {
  const store = openCertificateStore(':memory:')
  const delta = (number: number, lines: readonly CrlLine[]): NewCrl => {
    const next = crl(number, `crl-${number - 1}`, lines)
    return { ...next, head: { ...next.head, kind: 'DELTA' }, base: 'crl-1' }
  }
  const hold = line('02', 12, { reason: 'certificateHold' })
  await store.addCrl(crl(1, null, [line('01', 5), hold]), 1)
  await store.addCrl(delta(2, [line('03', 15)]), 2)
  await store.addCrl(delta(3, [line('04', 25), { ...hold, reason: 'removeFromCRL' }]), 3)
  const reasons = async (serialNumber: string) =>
    (await store.words({ ...question, serialNumber })).map(({ entry }) => entry?.reason ?? null)
  expect(await reasons('01')).toEqual(['keyCompromise', 'keyCompromise', 'keyCompromise'])
  expect(await reasons('02')).toEqual(['certificateHold', 'certificateHold', null])
  expect(await reasons('03')).toEqual([null, 'keyCompromise', null])
  expect(await reasons('04')).toEqual([null, null, 'keyCompromise'])
  expect((await store.newestCrl('series', 'COMPLETE'))?.digest).toBe('crl-1')
})

test('a large CRL is written in pieces, others have their turn after each, and no reader sees it before it is complete', async () => {
  const lines = Array.from({ length: 5_000 }, (_, i) => line(i.toString(16).padStart(4, '0'), 15))
  const seen: unknown[] = []
  let pauses = 0
  const store = openCertificateStore(':memory:', async () => {
    pauses++
    const words = await store.words({ ...question, serialNumber: '0001' })
    seen.push(...words.map(({ crl: one, entry }) => [one.number, entry]))
  })
  await store.addCrl(crl(1, null), 1)
  await store.addCrl(crl(2, 'crl-1', lines), 2)
  expect(pauses).toBe(5_000 / 500)
  expect(seen).toEqual(new Array(pauses).fill(['1', null]))
  const words = await store.words({ ...question, serialNumber: '0001' })
  expect(words.map(({ crl: one, entry }) => [one.number, entry?.reason ?? null])).toEqual([
    ['1', null],
    ['2', 'keyCompromise'],
  ])
})

test('an import that fails half-way leaves nothing behind, and the next one goes on from the last complete CRL', async () => {
  const store = openCertificateStore(':memory:')
  const many = Array.from({ length: 1_200 }, (_, i) => line(i.toString(16).padStart(4, '0'), 5))
  await store.addCrl(crl(1, null, many), 1)
  const failing = { ...linesOf([]), *[Symbol.iterator]() {
    yield line('ffff', 15)
    throw new RangeError('broken')
  } } // biome-ignore format: a stub
  await expect(store.addCrl({ ...crl(2, 'crl-1'), lines: failing }, 2)).rejects.toThrow(RangeError)
  await store.addCrl(crl(3, 'crl-1', [...many, line('eeee', 25)]), 3)
  const reasons = async (serialNumber: string) =>
    (await store.words({ ...question, serialNumber })).map(({ crl: one, entry }) => [one.number, entry?.revokedAt ?? null])
  expect(await reasons('0007')).toEqual([
    ['1', 5],
    ['3', 5],
  ])
  expect(await reasons('ffff')).toEqual([
    ['1', null],
    ['3', null],
  ])
  expect(await reasons('eeee')).toEqual([
    ['1', null],
    ['3', 25],
  ])
})

test('two imports of one series at once are taken one after the other', async () => {
  const store = openCertificateStore(':memory:')
  const lines = Array.from({ length: 1_200 }, (_, i) => line(i.toString(16).padStart(4, '0'), 5))
  const added = await Promise.all([store.addCrl(crl(1, null, lines), 1), store.addCrl(crl(2, null, lines), 2)])
  expect(added.map((held) => held?.digest ?? null)).toEqual(['crl-1', null])
})

test('the lines of an indirect CRL are told apart by who issued the certificate', async () => {
  const store = openCertificateStore(':memory:')
  await store.addCrl(crl(1, null, [line('01', 5, { certificateIssuer: 'other' }), line('02', 6)]), 1)
  const entry = async (certificateIssuer: string, serialNumber: string) =>
    (await store.words({ ...question, certificateIssuer, serialNumber }))[0]?.entry?.revokedAt ?? null
  expect([await entry('other', '01'), await entry('', '01'), await entry('', '02'), await entry('other', '02')]).toEqual([
    5,
    null,
    6,
    null,
  ])
})

test('the series of an authority are listed with their scopes', async () => {
  const store = openCertificateStore(':memory:')
  await store.addCrl(crl(1, null), 1)
  await store.addCrl(crl(2, 'crl-1'), 2)
  const { points: _, ...series } = SCOPE
  expect(await store.seriesOf('authority', [])).toEqual([series])
  expect(await store.seriesOf('another', [])).toEqual([])
})

test('of the series of an authority only those at the points asked for are given, and those that name none', async () => {
  const store = openCertificateStore(':memory:')
  for (let number = 1; number <= 300; number++) {
    const one = crl(number, null)
    const series = `series-${number}`
    const scope = { ...SCOPE, series, points: number === 300 ? [] : [`point-${number}`, 'mirror'] }
    await store.addCrl({ ...one, head: { ...one.head, series }, scope }, number)
  }
  const given = async (...points: readonly string[]) => (await store.seriesOf('authority', points)).map(({ series }) => series)
  expect(await given('point-299')).toEqual(['series-299', 'series-300'])
  expect(await given()).toEqual(['series-300'])
  expect(await given('mirror')).toHaveLength(256)
})

test('what was recorded after `knownAt` is not among the words', async () => {
  const store = openCertificateStore(':memory:')
  await store.addCrl(crl(1, null), 100)
  await store.addCrl(crl(2, 'crl-1', [line('01', 15)]), 200)
  const words = await store.words({ ...question, knownAt: 150 })
  expect(words.map(({ crl, entry }) => [crl.number, entry])).toEqual([['1', null]])
})

test('a long history is bounded, but never loses the first CRL that listed the certificate nor the last before it expired', async () => {
  const store = openCertificateStore(':memory:')
  for (let number = 1; number <= 200; number++) {
    const lines = number >= 50 && number < 60 ? [line('01', 490, { reason: 'certificateHold' })] : []
    await store.addCrl(crl(number, number === 1 ? null : `crl-${number - 1}`, lines), number)
  }
  const positions = (await store.words({ ...question, notAfter: 1005 })).map(({ crl }) => Number.parseInt(crl.number, 16))
  expect(positions).toEqual(expect.arrayContaining([50, 59, 60, 100, 200]))
  expect(positions.length).toBeLessThanOrEqual(64 + 8 + 3)
})
