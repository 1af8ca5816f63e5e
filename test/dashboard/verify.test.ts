import Fastify from 'fastify'
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import type { UploadShelf } from '../../dashboard/upload.ts'
import { verifyPages } from '../../dashboard/verify.ts'
import type { Ask } from '../../model/ask.ts'
import { HubError } from '../../model/error.ts'
import { type FormPart, multipartForm } from '../support/form.ts'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const CHECK = {
  check: 'SEAL_SIGNATURE',
  object: 'signer certificate C=CN,CN=张小三',
  outcome: 'FAILED',
  rule: { source: { zh: 'GB/T 38540-2020', en: 'GB/T 38540-2020' }, clause: '6.3 b' },
  explanation: { zh: '张小三 410101199001011234 的印章 <b>', en: 'the seal of 13812345678' },
  next: { zh: '不予采信', en: 'do not rely on it' },
}
const CONCLUSION = {
  indication: 'TOTAL_FAILED',
  subIndication: 'SIG_CRYPTO_FAILURE',
  summary: { zh: '不可采信。', en: 'must not be relied on.' },
  because: [CHECK],
  reliedOnIn: '410000',
  asOf: '2026-01-01T00:00:00.000Z',
  knownAt: '2026-01-02T00:00:00.000Z',
  policy: { id: 'national', version: '1', revocation: 'REQUIRED' },
}
const SUBJECT = {
  subject: 'C=CN,CN=张小三',
  issuer: 'C=CN,CN=CA',
  serialNumber: '01',
  notBefore: CONCLUSION.asOf,
  notAfter: CONCLUSION.asOf,
}

function seal(changes: object = {}) {
  const picture = { type: 'png', width: 40, height: 40, shown: `data:image/png;base64,${PNG.toString('base64')}` }
  return {
    code: '41172800000001',
    name: '遂平县民政局',
    class: 'PUBLIC',
    registered: null,
    createdAt: null,
    notBefore: null,
    notAfter: null,
    picture,
    ...changes,
  }
}

function documentWith(changes: object = {}) {
  const signature = {
    id: 'x-1',
    label: 's001',
    isTimeStamp: false,
    format: 'SES_V4',
    signedAt: CONCLUSION.asOf,
    protects: null,
    addedLater: [],
    seal: seal(changes),
    signerCertificate: SUBJECT,
    makerCertificate: null,
    conclusion: CONCLUSION,
  }
  return {
    id: 'ab'.repeat(32),
    kind: 'OFD',
    originality: 'UNDECIDED',
    uncoveredFiles: ['/a"<i>.xml'],
    signatures: [signature],
    conclusion: CONCLUSION,
  }
}

interface World {
  readonly document?: object
  readonly error?: { readonly code: string; readonly zh: string; readonly en: string }
  readonly put?: UploadShelf['put']
}

/** The page over a hub that answers so, and what it was asked. */
function pageOver({ document = documentWith(), error, put }: World = {}) {
  const asked: Readonly<Record<string, unknown>>[] = []
  const stored: Buffer[] = []
  const ask: Ask = async (query, variables) => {
    asked.push(variables)
    if (error) return { errors: [new GraphQLError(error.en, { extensions: { ...error } })] }
    if (query.includes('DocumentPage')) return { data: { verifyDocument: document } }
    return { data: { inspectSeal: { ...seal(), conclusion: CONCLUSION, makerCertificate: null } } }
  }
  const shelf: UploadShelf = {
    put:
      put ??
      (async (content) => {
        const chunks: Uint8Array[] = []
        for await (const chunk of content) chunks.push(chunk)
        stored.push(Buffer.concat(chunks))
        return { digest: `digest${stored.length}`, size: stored.at(-1)?.length ?? 0 }
      }),
  }
  const refuseCrossSite = (request: { headers: Record<string, unknown> }) => {
    if (request.headers['sec-fetch-site'] === 'cross-site') throw new HubError('FORBIDDEN', '跨站', 'cross-site')
  }
  const app = Fastify()
  verifyPages({ ask, shelf, refuseCrossSite })(app)
  const send = (parts: Readonly<Record<string, FormPart>>, headers: Record<string, string> = {}) => {
    const form = multipartForm(parts)
    return app.inject({ method: 'POST', url: '/verify', payload: form.payload, headers: { ...form.headers, ...headers } })
  }
  return { app, send, asked, stored }
}

const FILE = { file: { name: '通知.ofd', bytes: Buffer.from('PK bytes') } }

test('the form works without script, and its policy forbids any', async () => {
  const { body, headers, statusCode } = await pageOver().app.inject('/verify')
  expect(statusCode).toBe(200)
  expect(body).toContain('enctype="multipart/form-data"')
  expect(body).not.toContain('<script')
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*img-src data:$/)
})

test('an uploaded file goes to the shelf as it is, and the hub is asked about its digest', async () => {
  const { send, asked, stored } = pageOver()
  const { statusCode } = await send({
    ...FILE,
    content: { name: '', bytes: Buffer.alloc(0) },
    reliedOnIn: '350000',
    revocation: 'OPTIONAL',
  })
  expect(statusCode).toBe(200)
  expect(stored[0]?.toString()).toBe('PK bytes')
  expect(asked).toEqual([{ file: { digest: 'digest1' }, content: null, reliedOnIn: '350000', revocation: 'OPTIONAL' }])
})

test('the conclusion stands first, then the seal with its picture beside its claims, then the checks with rule and next step', async () => {
  const { body } = await pageOver().send(FILE)
  const places = [
    '不通过，不可采信',
    `data:image/png;base64,${PNG.toString('base64')}`,
    '遂平县民政局',
    'SEAL_SIGNATURE',
    '→ 不予采信',
  ]
  for (const words of places) expect(body).toContain(words)
  expect(body.indexOf('不通过，不可采信')).toBeLessThan(body.indexOf('SEAL_SIGNATURE'))
})

test('whatever a file says is escaped', async () => {
  const { body } = await pageOver().send({ file: { name: 'a<script>.ofd', bytes: Buffer.from('x') } })
  expect(body).not.toMatch(/<script|<i>|<b>/)
})

test('a picture that cannot be shown is named by its type', async () => {
  const picture = { type: 'ofd', width: 1, height: 1, shown: null }
  const { body } = await pageOver({ document: documentWith({ picture }) }).send(FILE)
  expect(body).not.toContain('<img')
  expect(body).toContain('印模为 ofd 格式，无法在网页中完整显示')
})

test('names, pictures and numbers of persons are not on a page made to be passed on', async () => {
  const { body } = await pageOver({ document: documentWith({ class: 'PRIVATE', name: '张小三' }) }).send(FILE)
  expect(body).not.toMatch(/张小三|19900101|13812345678|<img/)
  expect(body).toContain('张＊＊')
  expect(body).toContain('410101********1234')
})

test('a file that is no document is asked about as a seal', async () => {
  const { send, asked } = pageOver({ error: { code: 'UNREADABLE', zh: '不可读', en: 'unreadable' } })
  const { statusCode, body } = await send(FILE)
  expect([statusCode, asked.length]).toEqual([422, 2])
  expect(body).toContain('不是已知的文件、印章或签章格式')
})

test('a refusal is told with its own words and status, beside the form', async () => {
  const busy = await pageOver({ error: { code: 'UNAVAILABLE', zh: '请稍后再试', en: 'later' } }).send(FILE)
  expect([busy.statusCode, busy.body.includes('请稍后再试'), busy.body.includes('<form')]).toEqual([503, true, true])
  const put = async () => {
    throw new HubError('TOO_LARGE', '文件过大', 'too large')
  }
  expect((await pageOver({ put }).send(FILE)).statusCode).toBe(413)
})

test('no file, a wrong division, a broken or foreign form are refused before the hub is asked', async () => {
  const { app, send, asked } = pageOver()
  expect((await send({ reliedOnIn: '350000' })).statusCode).toBe(400)
  expect((await send({ ...FILE, reliedOnIn: '35' })).statusCode).toBe(400)
  expect((await send(FILE, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
  const { headers, payload } = multipartForm(FILE)
  expect((await app.inject({ method: 'POST', url: '/verify', headers, payload: payload.subarray(0, 120) })).statusCode).toBe(400)
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`f${i}`, 'x']))
  expect((await send({ ...FILE, ...many })).statusCode).toBe(400)
  expect(asked).toEqual([])
})
