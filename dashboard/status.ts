import type { FastifyInstance } from 'fastify'
import type { Ask } from '../model/ask.ts'
import { HubError } from '../model/error.ts'
import { type Html, html } from './html.ts'
import { CONTENT_SECURITY_POLICY, page } from './layout.ts'
import { askNotices, askSeal, type Notice, type PublicSeal } from './status-query.ts'
import { CHANGES, duration, inBeijing, REASONS, STATES } from './words.ts'

const MAXIMUM_CODE_LENGTH = 64

/** The public status page (福建 13–14 公示): one seal by its exact code, and the latest notices. No script. */
export function statusPages(ask: Ask): (app: FastifyInstance) => void {
  return (app) => {
    app.get<{ Querystring: { code?: string } }>('/status', async (request, reply) => {
      const code = typeof request.query.code === 'string' ? request.query.code.trim() : ''
      const [found, notices] = await Promise.all([lookUp(ask, code), latest(ask)])
      const content = html`${searchForm(code)}${found.content}<h2>最新公示 <span class="en" lang="en">Latest notices</span></h2>${notices.content}`
      return reply
        .code(Math.max(found.status, notices.status))
        .type('text/html; charset=utf-8')
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .header('cache-control', 'no-store')
        .send(page(code === '' ? '印章状态查询' : `印章 ${code}`, content))
    })
  }
}

interface Part {
  readonly status: number
  readonly content: Html
}

async function lookUp(ask: Ask, code: string): Promise<Part> {
  if (code === '') return { status: 200, content: html`` }
  if (code.length > MAXIMUM_CODE_LENGTH) return { status: 400, content: message('印章编码过长。', 'The code is too long.') }
  try {
    const seal = await askSeal(ask, code)
    if (seal) return { status: 200, content: sealCard(seal) }
    return {
      status: 404,
      content: message(`没有编码为 ${code} 的印章登记。请核对编码。`, 'No seal is registered under this code. Please check it.'),
    }
  } catch (error) {
    return failure(error)
  }
}

async function latest(ask: Ask): Promise<Part> {
  try {
    return { status: 200, content: noticeTable(await askNotices(ask)) }
  } catch (error) {
    return failure(error)
  }
}

function failure(error: unknown): Part {
  if (!(error instanceof HubError)) throw error
  return { status: error.code === 'BAD_INPUT' ? 400 : 503, content: message(`${error.zh}。`, `${error.en}.`) }
}

function message(zh: string, en: string): Html {
  return html`<p role="status">${zh} <span class="en" lang="en">${en}</span></p>`
}

function searchForm(code: string): Html {
  return html`<h2>印章状态查询 <span class="en" lang="en">Look a seal up</span></h2>
<form action="/status" method="get">
<label>印章编码 <span class="en" lang="en">seal code, exact</span><input name="code" value="${code}" required maxlength="${MAXIMUM_CODE_LENGTH}" autocomplete="off" spellcheck="false"></label>
<button type="submit">查询</button>
</form>`
}

function sealCard(seal: PublicSeal): Html {
  const { status } = seal
  const state = STATES[status.state]
  return html`<section aria-labelledby="seal">
<h2 id="seal">${seal.name}</h2>
<p class="state ${state.mark}">${state.zh} <span class="en" lang="en">${state.en}</span></p>
<dl>
<dt>印章编码</dt><dd>${seal.code}</dd>
<dt>自何时起</dt><dd>${status.since ? inBeijing(status.since) : '—'}${status.reason ? `，${REASONS[status.reason].zh}` : ''}</dd>
<dt>所属单位</dt><dd>${seal.owner?.name ?? '—'}</dd>
<dt>报送平台</dt><dd>${seal.issuer}</dd>
<dt>有效期</dt><dd>${inBeijing(seal.notBefore)} 至 ${inBeijing(seal.notAfter)}</dd>
<dt>枢纽获知时间</dt><dd>${status.knownSince ? inBeijing(status.knownSince) : '—'}</dd>
<dt>数据新鲜度</dt><dd>${freshness(status.freshness)}</dd>
</dl>
</section>`
}

function freshness({ kind, age, bound, reason }: PublicSeal['status']['freshness']): string {
  if (kind === 'UNKNOWN') return `未知：${reason?.zh ?? '来源没有消息'}`
  const heard = `来源平台 ${duration(age ?? 0)}前有消息`
  return kind === 'FRESH' ? `新鲜，${heard}` : `陈旧，${heard}，超过 ${duration(bound ?? 0)} 的界限，请以来源平台为准`
}

function noticeTable(notices: readonly Notice[]): Html {
  if (notices.length === 0) return message('尚无公示。', 'No notices yet.')
  const rows = notices.map(
    (
      notice,
    ) => html`<tr><td>${inBeijing(notice.effectiveAt)}</td><td><a href="/status?code=${encodeURIComponent(notice.code)}">${notice.code}</a></td>
<td>${notice.name}</td><td>${CHANGES[notice.kind].zh}${notice.reason ? `（${REASONS[notice.reason].zh}）` : ''}</td><td>${inBeijing(notice.publishedAt)}</td></tr>`,
  )
  return html`<div class="scroll" tabindex="0" role="region" aria-label="最新公示"><table>
<thead><tr><th scope="col">生效时间</th><th scope="col">印章编码</th><th scope="col">印章名称</th><th scope="col">变更</th><th scope="col">公示时间</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}
