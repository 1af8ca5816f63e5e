import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ask } from '../model/ask.ts'
import { isDivisionCode } from '../model/division-code.ts'
import { HubError } from '../model/error.ts'
import { httpStatusOf } from '../runtime/http-status.ts'
import { type Html, html } from './html.ts'
import { PICTURES_SECURITY_POLICY, page } from './layout.ts'
import { acceptForms, readForm, type UploadShelf } from './upload.ts'
import { askAboutUpload, type PageQuestion } from './verify-query.ts'
import { verificationReport } from './verify-report.ts'

export interface VerifyPorts {
  readonly ask: Ask
  readonly shelf: UploadShelf
  /** @throws HubError FORBIDDEN for what a foreign page makes a visitor's browser send. */
  readonly refuseCrossSite: (request: FastifyRequest) => void
}

/**
 * The public page on which anybody verifies a document, a seal or a signature value: a form without script whose file field also
 * takes what is dropped on it, and a report to print. Files stay on the shelf for as long as that keeps them, and nowhere else.
 */
export function verifyPages({ ask, shelf, refuseCrossSite }: VerifyPorts): (app: FastifyInstance) => void {
  return (app) => {
    app.register(async (scope) => {
      await acceptForms(scope)
      scope.get('/verify', (_request, reply) => send(reply, 200, '验证文件', form()))
      scope.post('/verify', async (request, reply) => {
        try {
          refuseCrossSite(request)
          const { files, texts } = await readForm(request, shelf)
          const file = files.get('file')
          if (!file) throw new HubError('BAD_INPUT', '请选择文件', 'choose a file')
          const content = files.get('content')?.digest ?? null
          const verified = await askAboutUpload(ask, file.digest, content, questionOf(texts))
          return send(reply, 200, '验证报告', html`${verificationReport(file.name, verified)}${again()}`)
        } catch (error) {
          if (!(error instanceof HubError)) throw error
          return send(reply, httpStatusOf(error.code), '验证文件', html`${message(error)}${form()}`)
        }
      })
    })
  }
}

function send(reply: FastifyReply, status: number, title: string, content: Html): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', PICTURES_SECURITY_POLICY)
    .header('cache-control', 'no-store')
    .send(page(title, content))
}

/** @throws HubError BAD_INPUT for a division that is none */
function questionOf(texts: ReadonlyMap<string, string>): PageQuestion {
  const reliedOnIn = texts.get('reliedOnIn') ?? null
  if (reliedOnIn !== null && !isDivisionCode(reliedOnIn))
    throw new HubError('BAD_INPUT', '区划代码须为六位数字', 'a division code is six digits')
  return { reliedOnIn, revocation: texts.get('revocation') === 'OPTIONAL' ? 'OPTIONAL' : 'REQUIRED' }
}

function message({ zh, en }: HubError): Html {
  return html`<p role="alert" class="ended">${zh}。<span class="en" lang="en">${en}.</span></p>`
}

function again(): Html {
  return html`<p class="screen"><a href="/verify">验证另一个文件 <span class="en" lang="en">Verify another file</span></a></p>`
}

function form(): Html {
  return html`<h2>验证文件 <span class="en" lang="en">Verify a document</span></h2>
<p>选择或拖入盖章的 OFD、PDF 文件，或电子印章（.esl）、签章值。文件至多 50 MiB，一小时内删除，不作他用。
<span class="en" lang="en">Choose or drop a stamped OFD or PDF file, a seal (.esl) or a signature value, 50 MiB at most. It is deleted within the hour and used for nothing else.</span></p>
<form action="/verify" method="post" enctype="multipart/form-data">
<label>文件 <span class="en" lang="en">file</span><input type="file" name="file" required accept=".ofd,.pdf,.esl,.dat,.p7s,.sig"></label>
<label>签章值的原文（仅单独的签章值需要） <span class="en" lang="en">content, for a signature value on its own</span><input type="file" name="content"></label>
<label>依赖方区划代码 <span class="en" lang="en">relying division, six digits</span><input name="reliedOnIn" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autocomplete="off"></label>
<label>吊销状态不明时 <span class="en" lang="en">when revocation is unknown</span><select name="revocation"><option value="REQUIRED">不能断定 indeterminate</option><option value="OPTIONAL">仅提示 a note</option></select></label>
<button type="submit">验证</button>
</form>`
}
