import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HubError } from '../model/error.ts'

/** Where uploaded files are kept for a while. */
export interface UploadShelf {
  /** @throws HubError TOO_LARGE over its limit for one file, RATE_LIMITED when it is full. */
  readonly put: (content: AsyncIterable<Uint8Array>) => Promise<{ readonly digest: string; readonly size: number }>
}

/** A form as sent: files by field as they lie on the shelf, texts by field. Fields left empty are not in it. */
export interface UploadedForm {
  readonly files: ReadonlyMap<string, { readonly digest: string; readonly name: string }>
  readonly texts: ReadonlyMap<string, string>
}

/** A file of 50 MiB and one byte passes the parser, for the shelf to refuse with its own word. */
const LIMITS = {
  fileSize: 50 * 1024 * 1024 + 1,
  files: 2,
  fields: 4,
  parts: 6,
  fieldSize: 64,
  fieldNameSize: 32,
  headerPairs: 32,
}

/** Lets the routes of an instance read multipart forms (RFC 7578), within bounds. */
export async function acceptForms(app: FastifyInstance): Promise<void> {
  await app.register(multipart, { limits: LIMITS, throwFileSizeLimit: false })
}

/**
 * Reads a form; its files stream to the shelf.
 * @throws HubError BAD_INPUT for what is no such form or is sent in more parts than it has, TOO_LARGE, RATE_LIMITED from the shelf.
 */
export async function readForm(request: FastifyRequest, shelf: UploadShelf): Promise<UploadedForm> {
  if (!request.isMultipart()) throw new HubError('BAD_INPUT', '请以表单上传文件', 'send the file as a form')
  const files = new Map<string, { digest: string; name: string }>()
  const texts = new Map<string, string>()
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const { digest, size } = await shelf.put(part.file)
        if (size > 0) files.set(part.fieldname, { digest, name: part.filename })
      } else if (typeof part.value === 'string' && part.value.trim() !== '' && !part.valueTruncated)
        texts.set(part.fieldname, part.value.trim())
    }
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof HubError || 'syscall' in cause) throw cause
    throw new HubError('BAD_INPUT', '上传的表单不完整或格式不符', 'the form is incomplete or malformed', { cause })
  }
  return { files, texts }
}
