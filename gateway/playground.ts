import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

const STYLE = `
body { margin: 0; display: grid; grid: 3rem 1fr / 1fr 1fr; height: 100vh; font: 14px/1.5 ui-monospace, monospace; color-scheme: light dark; }
header { grid-column: 1 / 3; display: flex; gap: 1rem; align-items: center; padding: 0 1rem; border-bottom: 1px solid #8884; }
main { display: grid; grid: 3fr 1fr / 1fr; }
textarea, pre { margin: 0; padding: 1rem; border: 0; border-right: 1px solid #8884; border-bottom: 1px solid #8884; font: inherit; resize: none; overflow: auto; white-space: pre-wrap; }
input { flex: 1; font: inherit; }
`

const SCRIPT = `
const $ = (id) => document.getElementById(id)
const ask = async (query, variables) => {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
  if ($('token').value) headers.authorization = 'Bearer ' + $('token').value
  return (await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json()
}
const show = (value) => { $('answer').textContent = typeof value === 'string' ? value : JSON.stringify(value, null, 2) }
const run = async () => { try { show(await ask($('query').value, JSON.parse($('variables').value || '{}'))) } catch (error) { show(String(error)) } }
const typeText = (t) => t.kind === 'NON_NULL' ? typeText(t.ofType) + '!' : t.kind === 'LIST' ? '[' + typeText(t.ofType) + ']' : t.name
const T = 'type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }'
const docs = async () => {
  const { data, errors } = await ask('{ __schema { types { name kind description enumValues { name } inputFields { name ' + T + ' } fields { name description args { name ' + T + ' } ' + T + ' } } } }')
  if (errors) return show(errors)
  const args = (f) => f.args && f.args.length ? '(' + f.args.map((a) => a.name + ': ' + typeText(a.type)).join(', ') + ')' : ''
  const field = (f) => '  ' + f.name + args(f) + ': ' + typeText(f.type) + (f.description ? '   # ' + f.description : '')
  show(data.__schema.types.filter((t) => !t.name.startsWith('__')).map((t) =>
    (t.description ? '# ' + t.description + '\\n' : '') + t.kind.toLowerCase() + ' ' + t.name + '\\n' +
    (t.fields || t.inputFields || []).map(field).join('\\n') + (t.enumValues || []).map((v) => '  ' + v.name).join('\\n')).join('\\n\\n'))
}
$('run').addEventListener('click', run)
$('docs').addEventListener('click', docs)
$('query').addEventListener('keydown', (e) => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) run() })
`

const PAGE = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>Sealhub · GraphQL</title><style>${STYLE}</style></head>
<body><header><strong>Sealhub</strong><button id="run">运行 Run (Ctrl+Enter)</button><button id="docs">模式 Schema</button>
<input id="token" type="password" placeholder="令牌 Bearer token" aria-label="Bearer token" autocomplete="off"></header>
<main><textarea id="query" aria-label="Query" spellcheck="false">{ notices { nodes { code name kind effectiveAt } } }</textarea>
<textarea id="variables" aria-label="Variables" spellcheck="false" placeholder="{ }"></textarea></main>
<pre id="answer" aria-live="polite"></pre><script>${SCRIPT}</script></body></html>`

const POLICY = [
  "default-src 'none'",
  `style-src '${digest(STYLE)}'`,
  `script-src '${digest(SCRIPT)}'`,
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A page to try queries on, for development only; everything it needs is in it. */
export function addPlayground(app: FastifyInstance): void {
  app.get('/graphiql', (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY).send(PAGE),
  )
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
