import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FileShelf } from '../../gateway/files-endpoint.ts'
import type { Caller } from '../../model/caller.ts'
import { HubError } from '../../model/error.ts'
import { type Federation, type OpenFederation, openFederation } from '../support/federation.ts'
import { type HttpClient, openClient } from '../support/http-client.ts'

const MEMBER: Caller = { id: 'platform:411728', scopes: ['member'] }
const authenticate = async (token: string) => (token === 'good' ? MEMBER : null)

const federation: Federation = {
  seals: {
    sdl: `type Query { seal(code: ID!): Seal seals: [Seal!] @requiresScopes(scopes: [["member"]]) many(codes: [ID!]!): Int who: String
            broken: String refused: String page(first: Int = 20): [Seal!] }
          type Mutation { touch: Int }
          type Seal @key(fields: "code") { code: ID! name: String parent: Seal }`,
    resolvers: {
      Query: {
        seal: (_: unknown, { code }: { code: string }) => ({ code, name: `印章 ${code}` }),
        seals: () => [],
        many: (_: unknown, { codes }: { codes: string[] }) => codes.length,
        who: (_: unknown, __: unknown, { caller }: { caller: Caller }) => caller.id,
        broken: () => {
          throw new TypeError('the password is 1234')
        },
        refused: () => {
          throw new HubError('POLICY', '依第九条不予办理', 'refused by article 9')
        },
        page: () => [],
      },
      Mutation: { touch: () => 1 },
    },
  },
}

let opened: OpenFederation
let door: HttpClient
const shelf: FileShelf = {
  put: async (content) => {
    const hash = createHash('sm3')
    let size = 0
    for await (const chunk of content) {
      hash.update(chunk)
      size += chunk.length
    }
    return { digest: hash.digest('hex'), size }
  },
}

beforeAll(async () => {
  opened = await openFederation(federation, 'local', { publicIntrospection: false })
  door = await openClient({ gateway: opened.gateway, authenticate, files: shelf })
})
afterAll(async () => {
  await door.close()
  await opened.close()
})

describe('GraphQL over HTTP', () => {
  let open: OpenFederation
  let audited: HttpClient
  beforeAll(async () => {
    open = await openFederation(federation) // four audits ask `__type`
    audited = await openClient({ gateway: open.gateway, authenticate })
  })
  afterAll(async () => {
    await audited.close()
    await open.close()
  })
  const audits = serverAudits({ url: () => `${audited.url}/graphql` })

  test('there are 61 audits', () => expect(audits).toHaveLength(61))

  for (const audit of audits) {
    test(`audit ${audit.id}: ${audit.name}`, async () => {
      const result = await audit.fn()
      expect(result).toMatchObject({ status: 'ok' })
    })
  }

  test('a mutation over GET is refused and does not run', async () => {
    const answer = await door.send(`/graphql?query=${encodeURIComponent('mutation { touch }')}`)
    expect(answer.status).toBe(405)
    expect(answer.body).not.toHaveProperty('data')
  })

  test('a batch is refused', async () => {
    const body = JSON.stringify([{ query: '{ who }' }, { query: '{ who }' }])
    const answer = await door.send('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect(answer.body.data).toBeUndefined()
    expect(answer.body.errors).toHaveLength(1)
    expect(answer.status).toBe(400)
  })

  test('variables of a wrong type are the request’s own fault: 400, BAD_INPUT, no suggestion', async () => {
    const answer = await door.ask('query($c: ID!) { seal(code: $c) { code } }', { c: {} })
    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].extensions.code).toBe('BAD_INPUT')
  })

  test('200,000 bad items cost ten errors, not seconds', async () => {
    const answer = await door.ask('query($c: [ID!]!) { many(codes: $c) }', { c: Array.from({ length: 200_000 }, () => null) })
    expect(answer.status).toBe(400)
    expect(answer.body.errors.length).toBeLessThanOrEqual(11)
  })

  test('a body over the limit is TOO_LARGE', async () => {
    const answer = await door.ask(`{ who } # ${'x'.repeat(3_000_000)}`)
    expect(answer.status).toBe(413)
    expect(answer.body.errors[0].extensions.code).toBe('TOO_LARGE')
  })
})

describe('what the public may not', () => {
  test('names of the schema are never suggested', async () => {
    for (const query of ['{ sael(code: "1") { code } }', '{ seal(cod: "1") { code } }', '{ seal(code: "1") { nam } }']) {
      const answer = await door.ask(query)
      expect(answer.status).toBe(400)
      expect(JSON.stringify(answer.body)).not.toMatch(/did you mean|"seal"|name/i)
      expect(answer.body.errors[0].extensions.code).toBe('BAD_INPUT')
    }
  })

  test('introspection is refused to the public and open to members; __typename is no secret', async () => {
    for (const query of [
      '{ __schema { queryType { name } } }',
      '{ who ...F } fragment F on Query { x: __type(name: "Seal") { name } }',
    ]) {
      const answer = await door.ask(query)
      expect(answer.body.errors[0].extensions.code).toBe('FORBIDDEN')
      expect(answer.body).not.toHaveProperty('data')
      expect((await door.ask(query, {}, { authorization: 'Bearer good' })).body.errors).toBeUndefined()
    }
    expect((await door.ask('{ __typename }')).body).toEqual({ data: { __typename: 'Query' } })
  })

  test('a field that asks for a scope refuses the whole operation', async () => {
    const query = '{ seal(code: "1") { code } mine: seals { code } }'
    const answer = await door.ask(query)
    expect(answer.body).not.toHaveProperty('data')
    expect(answer.body.errors[0]).toMatchObject({ path: ['mine'], extensions: { code: 'UNAUTHENTICATED' } })
    expect((await door.ask(query, {}, { authorization: 'Bearer good' })).body).toEqual({
      data: { seal: { code: '1' }, mine: [] },
    })
  })

  test('`_entities` and `_service` do not exist at the door', async () => {
    for (const query of ['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }']) {
      expect((await door.ask(query)).status).toBe(400)
    }
  })

  test.each([
    ['depth', `{ seal(code: "1") ${'{ parent '.repeat(25)}{ code }${' }'.repeat(25)} }`],
    ['aliases', `{ ${Array.from({ length: 80 }, (_, i) => `a${i}: who`).join(' ')} }`],
    ['directives', `{ who ${'@include(if: true) '.repeat(80)} }`],
    ['tokens', `{ ${'who '.repeat(5_000)} }`],
    ['root fields', `{ ${'who '.repeat(40)} }`],
    ['list items', `{ many(codes: [${'"1",'.repeat(600)}]) }`],
    ['cost', '{ page(first: 1000000) { parent { parent { code name } } } }'],
  ])('a document over the limit on %s is refused before it runs', async (_, query) => {
    const answer = await door.ask(query)
    expect(answer.body).not.toHaveProperty('data')
    expect(answer.body.errors).toHaveLength(1)
    expect(answer.status).toBe(400)
  })

  test('a list in a variable is bounded too', async () => {
    const answer = await door.ask('query($c: [ID!]!) { many(codes: $c) }', { c: Array.from({ length: 501 }, () => '1') })
    expect(answer.body.errors[0].extensions.code).toBe('TOO_LARGE')
  })

  test('fragments upon fragments are refused, not expanded', async () => {
    const levels = Array.from({ length: 18 }, (_, i) => `fragment F${i} on Seal { ...F${i + 1} ...F${i + 1} }`)
    const answer = await door.ask(`{ seal(code: "1") { ...F0 } } ${levels.join(' ')} fragment F18 on Seal { code }`)
    expect(answer.body.errors[0].extensions.code).toBe('TOO_LARGE')
  })

  test('a token that is not good is refused, not taken for the public', async () => {
    for (const authorization of ['Bearer bad', 'Basic Z29vZDo=', 'good', 'Bearer ']) {
      const answer = await door.ask('{ who }', {}, { authorization })
      expect(answer.status).toBe(401)
      expect(answer.body.errors[0].extensions.code).toBe('UNAUTHENTICATED')
    }
    expect((await door.ask('{ who }', {}, { authorization: 'Bearer good' })).body).toEqual({ data: { who: MEMBER.id } })
  })

  test('too many requests of one address are RATE_LIMITED, members and /health are not', async () => {
    const strict = await openClient({ gateway: opened.gateway, authenticate, rateLimit: { points: 2, seconds: 60 } })
    const statuses = [await strict.ask('{ who }'), await strict.ask('{ who }'), await strict.ask('{ who }')].map((a) => a.status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await strict.ask('{ who }')).headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await strict.ask('{ who }', {}, { authorization: 'Bearer good' })).status).toBe(200)
    expect((await strict.send('/health')).status).toBe(200)
    await strict.close()
  })

  test('guessing tokens is slowed down as well', async () => {
    const strict = await openClient({ gateway: opened.gateway, authenticate, rateLimit: { points: 2, seconds: 60 } })
    const guess = async () => (await strict.ask('{ who }', {}, { authorization: 'Bearer guess' })).status
    expect([await guess(), await guess(), await guess()]).toEqual([401, 401, 429])
    await strict.close()
  })
})

describe('errors', () => {
  test('what is not coded is masked under the request’s id', async () => {
    const answer = await door.ask('{ broken who }')
    expect(answer.body.data).toEqual({ broken: null, who: 'public' })
    expect(answer.body.errors).toHaveLength(1)
    expect(answer.body.errors[0]).toMatchObject({ path: ['broken'], extensions: { code: 'INTERNAL' } })
    expect(answer.body.errors[0].extensions.correlationId).toBe(answer.headers.get('x-request-id'))
    expect(JSON.stringify(answer.body)).not.toMatch(/password|1234|TypeError|stack/)
  })

  test('a coded one passes with both languages', async () => {
    const [error] = (await door.ask('{ refused }')).body.errors
    expect(error).toMatchObject({
      path: ['refused'],
      extensions: { code: 'POLICY', zh: '依第九条不予办理', en: 'refused by article 9' },
    })
  })

  test('an unknown route and a failing one answer in the same form', async () => {
    expect((await door.send('/nothing')).body.errors[0].extensions.code).toBe('NOT_FOUND')
    const failing = await openClient({
      gateway: opened.gateway,
      routes: [
        (app) => {
          app.get('/fails', async () => {
            throw new Error('the secret path')
          })
        },
      ],
    })
    const answer = await failing.send('/fails')
    expect(answer.status).toBe(500)
    expect(answer.body.errors[0].extensions.code).toBe('INTERNAL')
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    await failing.close()
  })
})

describe('browsers', () => {
  test('a foreign page cannot make a visitor’s browser ask or upload', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ]) {
      expect((await door.ask('{ who }', {}, headers)).status).toBe(403)
      expect((await door.send('/graphql?query=%7Bwho%7D', { headers })).status).toBe(403)
      const upload = { method: 'POST', headers: { ...headers, 'content-type': 'application/octet-stream' }, body: 'x' }
      expect((await door.send('/files', upload)).status).toBe(403)
    }
    expect((await door.ask('{ who }', {}, { 'sec-fetch-site': 'same-origin', origin: door.url })).status).toBe(200)
  })

  test('forms and plain text, which need no preflight, are not read as GraphQL', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await door.send('/graphql', {
        method: 'POST',
        headers: { 'content-type': type },
        body: '{"query":"{ who }"}',
      })
      expect(answer.status).toBe(415)
    }
  })

  test('every answer carries the strict headers', async () => {
    for (const answer of [await door.ask('{ who }'), await door.send('/nothing'), await door.send('/health')]) {
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  test('the query page is there in development only, and needs nothing from elsewhere', async () => {
    expect((await door.send('/graphiql')).status).toBe(404)
    const development = await openClient({ gateway: opened.gateway, development: true })
    const page = await development.send('/graphiql')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-/)
    expect(page.text).not.toMatch(/https?:\/\//)
    await development.close()
  })
})

describe('files', () => {
  const upload = (body: Uint8Array<ArrayBuffer> | ReadableStream, type = 'application/octet-stream') =>
    door.send('/files', { method: 'POST', headers: { 'content-type': type }, body, duplex: 'half' } as RequestInit)

  test('a file is streamed to the shelf and named by its SM3', async () => {
    const bytes = new Uint8Array(3_000_000).fill(7)
    const answer = await upload(bytes)
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({ digest: createHash('sm3').update(bytes).digest('hex'), size: bytes.length })
  })

  test('a file over the limit is TOO_LARGE, whether it says its length or not', async () => {
    const chunks = function* () {
      for (let sent = 0; sent < 51; sent++) yield Buffer.alloc(1024 * 1024)
    }
    const type = { 'content-type': 'application/octet-stream' }
    for (const headers of [type, { ...type, 'content-length': String(51 * 1024 * 1024) }]) {
      const answer = await door.app.inject({ method: 'POST', url: '/files', headers, payload: Readable.from(chunks()) })
      expect(answer.statusCode).toBe(413)
      expect(answer.json().errors[0].extensions.code).toBe('TOO_LARGE')
    }
  })

  test('only bytes are taken', async () => {
    expect((await upload(new Uint8Array(1), 'text/plain')).body.errors[0].extensions.code).toBe('BAD_INPUT')
  })
})

describe('health', () => {
  test('says which parts work, 503 when one does not, and no reasons to the public', async () => {
    expect((await door.send('/health')).body).toEqual({
      healthy: true,
      parts: [
        { part: 'planner', healthy: true },
        { part: 'seals', healthy: true },
      ],
    })
    const health = async () => [{ part: 'store', healthy: false, detail: '/var/lib/secret' }]
    const ill = await openClient({ gateway: opened.gateway, health })
    const answer = await ill.send('/health')
    expect(answer.status).toBe(503)
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    await ill.close()
  })
})
